import type { EventStore } from '../eventStore.ts';

/** Chunks that are looked at, from the first. */
const CHUNKS = 64;
const MIN_CHUNKS = 4;
/** Chunks closer than this may be pieces of one write. */
const MIN_PAUSE_MS = 50;

/**
 * The size of the buffer that a stream seems to have passed: most of its chunks are of one size, whole kilobytes, with
 * pauses between them and several events in each, since a proxy passes on what it has when its buffer is full.
 * @returns bytes, or null where it does not look like that
 */
export function bufferBlockBytes(store: EventStore): number | null {
  // The last one holds what was left.
  const count = Math.min(CHUNKS, store.chunkCount - 1);
  if (count < MIN_CHUNKS - 1) return null;
  // The first one is smaller where the response's headers were in the buffer, too (nginx).
  const from = store.chunk(0).byteLength % 1024 === 0 ? 0 : 1;
  const counts = new Map<number, number>();
  let pauses = 0;
  for (let index = 0; index < count; index++) {
    const { atMs, byteLength } = store.chunk(index);
    if (index >= from && byteLength % 1024 === 0) counts.set(byteLength, (counts.get(byteLength) ?? 0) + 1);
    if (store.chunk(index + 1).atMs - atMs >= MIN_PAUSE_MS) pauses++;
  }
  const [blockBytes, blocks] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0]);
  const isMost = blocks >= 0.8 * (count - from) && pauses >= 0.8 * count;
  return isMost && store.chunk(count).rowsBefore >= 2 * count ? blockBytes : null;
}
