import { decoderFor } from '../core/cbhttp/body/decodeText.ts';
import type { BodyReading } from '../core/cbhttp/resolve.ts';
import type { AnswerTo } from '../protocol/answers.ts';
import type { Run } from './run.ts';

/** Bytes of a body that the panel shows: as text, as an image, as anything else. */
const TEXT_BYTES = 5_000_000;
const IMAGE_BYTES = 20_000_000;
const BINARY_BYTES = 64 * 1024;
/** Bytes that tell text from what is none. */
const START_BYTES = 8000;
/** Bytes decoded at once where all of a body is. */
const STEP_BYTES = 256 * 1024;
/**
 * Bytes of a piece before the last: Node's decoder of gb18030 holds up to three bytes of a character, and throws where
 * that makes more characters than the piece has room for.
 */
const MIN_PIECE_BYTES = 4;

/** A body that may still grow. */
export type Body = Pick<Run, 'contentType' | 'byteLength' | 'bytes' | 'isRunning'> & {
  /** What the request says of how to show it. */
  readonly reading?: Partial<BodyReading> | undefined;
};

/** Hands a body to the panel piece by piece: text goes over once and is decoded once. */
export class BodyReader {
  readonly #body: Body;
  #decoder = new TextDecoder();
  /** Bytes the decoder has seen. */
  #at = 0;

  constructor(body: Body) {
    this.#body = body;
  }

  /**
   * What the panel shows of the body beyond its first `from` bytes; of what is no text, and of an image, all of it.
   * @returns null where the text was not read up to there: ask from 0
   */
  answer(from: number): AnswerTo<'body'> | null {
    const body = this.#body;
    const { contentType, byteLength } = body;
    const { dataType = null, responseType = null } = body.reading ?? {};
    const wantsBytes = responseType === 'arraybuffer';
    const wanted = wantsBytes ? 'binary' : dataType;
    const wantsText = !wantsBytes && (dataType !== null || responseType === 'text');
    const isImage = !wantsBytes && !wantsText && /^image\//i.test(contentType);
    const looksLikeText = !body.bytes(0, START_BYTES).includes(0) && !(isImage && !/svg/i.test(contentType));
    const isText = wantsText || (!wantsBytes && looksLikeText);
    const limit = isImage ? IMAGE_BYTES : isText ? TEXT_BYTES : BINARY_BYTES;
    const isShortened = byteLength > limit;
    const to = Math.min(byteLength, limit);
    if (isText && !isImage) {
      const text = this.#read(from, to);
      return text === null
        ? null
        : { kind: 'body', contentType, wanted, from, to: this.#at, text, bytes: null, isShortened };
    }
    const bytes = body.bytes(0, limit).slice();
    const text = isText ? decoderFor(contentType).decode(bytes) : null;
    return { kind: 'body', contentType, wanted, from: 0, to, text, bytes, isShortened };
  }

  #read(from: number, to: number): string | null {
    if (from === 0) {
      this.#decoder = decoderFor(this.#body.contentType);
      this.#at = 0;
    }
    if (from !== this.#at || from > to) return null;
    const isLast = !this.#body.isRunning && to === this.#body.byteLength;
    if (!isLast && this.#decoder.encoding !== 'utf-8' && to - from < MIN_PIECE_BYTES) return '';
    this.#at = to;
    return this.#decoder.decode(this.#body.bytes(from, to), { stream: !isLast });
  }
}

/** All of a body as text so far, in pieces. */
export function* bodyText(body: Body): Generator<string> {
  const { byteLength } = body;
  const decoder = decoderFor(body.contentType);
  for (let from = 0; from < byteLength; from += STEP_BYTES) {
    const to = Math.min(byteLength, from + STEP_BYTES);
    yield decoder.decode(body.bytes(from, to), { stream: to < byteLength });
  }
}
