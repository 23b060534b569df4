import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { HeaderList } from '../core/ports.ts';

/**
 * Removes the content codings (RFC 9110, 8.4) of a body as its chunks come: gzip, deflate and br; others stay.
 * Throws zlib's error for a body that is none of what it says, or is cut short.
 */
export async function* decodeContent(
  chunks: AsyncGenerator<Uint8Array>,
  headers: HeaderList,
): AsyncGenerator<Uint8Array> {
  const codings = headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => decoders[coding] !== undefined);
  if (codings.length === 0) {
    yield* chunks;
    return;
  }
  const first = await chunks.next();
  if (first.done === true) return; // nothing was encoded
  let source: Readable = Readable.from(prepend(first.value, chunks), { objectMode: false });
  for (const coding of codings.reverse()) {
    const decoder = decoders[coding]?.(first.value[0] ?? 0);
    // The error reaches whoever iterates `source`; the callback only keeps it from being thrown as well.
    if (decoder !== undefined) source = pipeline(source, decoder, () => {});
  }
  for await (const chunk of source) yield chunk as Uint8Array;
}

const sync = { flush: zlib.constants.Z_SYNC_FLUSH };

/** Decoders by coding; made with the body's first byte, since servers send `deflate` with and without zlib's header. */
const decoders: Readonly<Record<string, (firstByte: number) => Transform>> = {
  gzip: () => zlib.createGunzip(sync),
  'x-gzip': () => zlib.createGunzip(sync),
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? zlib.createInflate(sync) : zlib.createInflateRaw(sync)),
  br: () => zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH }),
};

async function* prepend(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
