import type { AnswerTo } from '../protocol/answers.ts';
import type { Run } from './run.ts';

/** Bytes of a body that the panel shows: as text, as an image, as anything else. */
const TEXT_BYTES = 5_000_000;
const IMAGE_BYTES = 20_000_000;
const BINARY_BYTES = 64 * 1024;
/** Bytes that tell text from what is none. */
const START_BYTES = 8000;

/** The beginning of a body, as text where it is some. */
export function bodyAnswer(run: Run): AnswerTo<'body'> {
  const { contentType, byteLength } = run;
  const isImage = /^image\//i.test(contentType);
  const isText = !run.bytes(0, START_BYTES).includes(0) && !(isImage && !/svg/i.test(contentType));
  const limit = isImage ? IMAGE_BYTES : isText ? TEXT_BYTES : BINARY_BYTES;
  const bytes = run.bytes(0, limit);
  return {
    kind: 'body',
    contentType,
    text: isText ? decodeBody(bytes, contentType) : null,
    bytes: isText && !isImage ? null : bytes.slice(),
    isShortened: byteLength > limit,
  };
}

/** A body's text by the charset of its Content-Type, UTF-8 without one. */
export function decodeBody(bytes: Uint8Array, contentType: string): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // a charset nobody knows
  }
}
