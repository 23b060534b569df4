import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { HeaderList } from '../core/ports.ts';

/** Of Node 22.15 and up. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

/** The content codings that responses may come in: the value of `Accept-Encoding`. */
export const acceptEncoding = `gzip, deflate, br${createZstdDecompress === undefined ? '' : ', zstd'}`;

/**
 * Removes the content codings (RFC 9110, 8.4) of a body as its chunks come: gzip, deflate, br, and zstd where the
 * runtime has it; others stay. Throws zlib's error for a body that is none of what it says, or is cut short.
 */
export function decodeContent(
  chunks: AsyncIterableIterator<Uint8Array>,
  headers: HeaderList,
): AsyncIterableIterator<Uint8Array> {
  return codingsOf(headers).reduceRight<AsyncIterableIterator<Uint8Array>>(
    (source, makeDecoder) => (makeDecoder === undefined ? source : decode(source, makeDecoder)),
    chunks,
  );
}

/** Whether a body is in a content coding that {@link decodeContent} removes. */
export function isContentCoded(headers: HeaderList): boolean {
  return codingsOf(headers).some((makeDecoder) => makeDecoder !== undefined);
}

function codingsOf(headers: HeaderList): (MakeDecoder | undefined)[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((coding) => decoders[coding.trim().toLowerCase()]);
}

type MakeDecoder = (firstByte: number) => Transform;

const sync = { flush: zlib.constants.Z_SYNC_FLUSH };
const gunzip = (): Transform => zlib.createGunzip(sync);

/** Decoders by coding; made with the body's first byte, since servers send `deflate` with and without zlib's header. */
const decoders: Readonly<Record<string, MakeDecoder | undefined>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? zlib.createInflate(sync) : zlib.createInflateRaw(sync)),
  br: () => zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  zstd: createZstdDecompress,
};

async function* decode(
  chunks: AsyncIterableIterator<Uint8Array>,
  makeDecoder: MakeDecoder,
): AsyncGenerator<Uint8Array> {
  const first = await chunks.next();
  if (first.done === true) return; // nothing was encoded
  const encoded = Readable.from(prepend(first.value, chunks), { objectMode: false });
  // The error reaches whoever iterates; the callback only keeps it from being thrown as well.
  const decoded = pipeline(encoded, makeDecoder(first.value[0] ?? 0), () => {});
  for await (const chunk of decoded) yield chunk as Uint8Array;
}

async function* prepend(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
