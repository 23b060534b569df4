import { setImmediate } from 'node:timers/promises';

/** ms of work after which the extension host is left to others. */
const SLICE_MS = 5;
/** UTF-16 units, pieces and bytes that are handled as one. */
const BLOCK_LENGTH = 64 * 1024;
const BLOCK_PIECES = 100;
const COPY_BYTES = 1024 * 1024;

/**
 * Goes through what takes long to make, piece by piece, and rests after every 5 ms of it.
 * @param now ms on a monotonic clock
 */
export async function* inSlices<T>(pieces: Iterable<T>, now = () => performance.now()): AsyncGenerator<T> {
  let stopAtMs = now() + SLICE_MS;
  for (const piece of pieces) {
    yield piece;
    if (now() < stopAtMs) continue;
    await setImmediate();
    stopAtMs = now() + SLICE_MS;
  }
}

/** The same text in fewer pieces; an empty one, which may have taken long to make, ends a block. */
export function* inBlocks(pieces: Iterable<string>): Generator<string> {
  let block: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    block.push(piece);
    length += piece.length;
    if (piece !== '' && length < BLOCK_LENGTH && block.length < BLOCK_PIECES) continue;
    yield block.join('');
    block = [];
    length = 0;
  }
  yield block.join('');
}

/** Puts a text together in slices; null as soon as it is longer than `maxLength` UTF-16 units. */
export async function joinText(pieces: Iterable<string>, maxLength: number): Promise<string | null> {
  let text = '';
  for await (const block of inSlices(inBlocks(pieces))) {
    if (text.length + block.length > maxLength) return null;
    text += block;
  }
  return text;
}

/** Puts bytes together in slices: in the end they are held once, and on the way no more than twice. */
export async function joinBytes(pieces: Iterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of inSlices(pieces)) {
    parts.push(piece);
    length += piece.length;
  }
  const joined = new Uint8Array(length);
  for await (const from of inSlices(placesOf(parts))) joined.set(from.part, from.at);
  return joined;
}

/** Hands out parts, cut to what is copied in a moment, with the places they belong to, and lets go of them. */
function* placesOf(parts: Uint8Array[]): Generator<{ readonly part: Uint8Array; readonly at: number }> {
  let at = 0;
  for (const [index, part] of parts.entries()) {
    for (let from = 0; from < part.length; from += COPY_BYTES) {
      yield { part: part.subarray(from, from + COPY_BYTES), at: at + from };
    }
    at += part.length;
    parts[index] = new Uint8Array(0);
  }
}
