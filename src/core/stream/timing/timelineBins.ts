import type { EventStore } from '../eventStore.ts';

/** The most bins and the most exact marks a picture of a stream gets. */
const MAX_BINS = 2000;
const MAX_MARKS = 1000;
/** Types of events that say nothing but that the stream is alive. */
const HEARTBEAT_TYPE = /^(?:ping|pong|heart-?beat|keep-?alive)$/i;

/** A range of time in ms since sending; `toMs` is the end of the last bin. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How much came when: counts in bins of equal width over a range of time. */
export interface TimelineBins {
  readonly fromMs: number;
  /** Width of a bin in ms. */
  readonly binMs: number;
  readonly events: readonly number[];
  /** Comments, and events whose type says that they are one. */
  readonly heartbeats: readonly number[];
  readonly bytes: readonly number[];
  readonly chunks: readonly number[];
  /** Of the whole stream. */
  readonly totals: { readonly heartbeats: number; readonly chunks: number };
  /** When chunks in the range came: all of them up to a thousand, else the first and the last five hundred. */
  readonly chunkAtMs: readonly number[];
}

/**
 * Counts what came within a range, its end included, into `count` bins. Linear in the range's chunks and in the records
 * that are no events; where events are heartbeats, in all records.
 */
export function countTimelineBins(
  store: EventStore,
  { fromMs, toMs }: TimeRange,
  count: number,
): TimelineBins {
  const bins = Math.max(1, Math.min(count, MAX_BINS));
  const binMs = Math.max(toMs - fromMs, fromMs === 0 ? 1 : 0.001) / bins;
  const zeros = (): number[] => new Array<number>(bins).fill(0);
  const counted = { events: zeros(), heartbeats: zeros(), bytes: zeros(), chunks: zeros() };
  const add = (counts: number[], atMs: number, amount: number): void => {
    if (atMs < fromMs || atMs > toMs) return;
    const bin = Math.min(bins - 1, Math.floor((atMs - fromMs) / binMs));
    counts[bin] = (counts[bin] ?? 0) + amount;
  };
  const { chunkCount } = store;
  const firstChunk = firstChunkAt(store, fromMs);
  let chunkEnd = firstChunk;
  for (; chunkEnd < chunkCount; chunkEnd++) {
    const { atMs, byteLength, rowsBefore } = store.chunk(chunkEnd);
    if (atMs > toMs) break;
    const rowsAfter = chunkEnd + 1 < chunkCount ? store.chunk(chunkEnd + 1).rowsBefore : store.length;
    add(counted.bytes, atMs, byteLength);
    add(counted.chunks, atMs, 1);
    add(counted.events, atMs, rowsAfter - rowsBefore);
  }
  let heartbeats = 0;
  for (let index = 0; index < store.otherRowCount; index++) {
    const row = store.otherRow(index);
    // The mark of a break counts with the chunk before it.
    const isResumed = store.kind(row) === 'resumed';
    if (isResumed && chunkCount === 0) continue;
    const atMs = isResumed ? store.chunk(store.chunkOf(row)).atMs : store.atMs(row);
    add(counted.events, atMs, -1);
    if (store.kind(row) !== 'comment') continue;
    heartbeats++;
    add(counted.heartbeats, atMs, 1);
  }
  if (store.typeCounts().some(([type, often]) => often > 0 && HEARTBEAT_TYPE.test(type))) {
    for (let row = 0; row < store.length; row++) {
      if (!HEARTBEAT_TYPE.test(store.type(row))) continue;
      heartbeats++;
      add(counted.heartbeats, store.atMs(row), 1);
    }
  }
  const marks = chunkEnd - firstChunk;
  const marked = (index: number): number =>
    index < MAX_MARKS / 2 || marks <= MAX_MARKS ? firstChunk + index : chunkEnd - MAX_MARKS + index;
  const chunkAtMs = Array.from(
    { length: Math.min(marks, MAX_MARKS) },
    (_, index) => store.chunk(marked(index)).atMs,
  );
  return { fromMs, binMs, ...counted, totals: { heartbeats, chunks: chunkCount }, chunkAtMs };
}

/** The first record at or after a moment; null where there is none. */
export function rowAt(store: EventStore, atMs: number): number | null {
  const index = firstChunkAt(store, atMs);
  const row = index < store.chunkCount ? store.chunk(index).rowsBefore : store.length;
  return row < store.length ? row : null;
}

/** The first chunk at or after a moment; the number of chunks where there is none. */
function firstChunkAt(store: EventStore, atMs: number): number {
  let low = 0;
  let high = store.chunkCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (store.chunk(middle).atMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
