import type { EventStore } from '../eventStore.ts';

/** The most bins and the most exact marks a picture of a stream gets. */
const MAX_BINS = 2000;
const MAX_MARKS = 1000;

/** How much came when: counts in bins of equal width from sending to `endMs`. */
export interface TimelineBins {
  /** Width of a bin in ms. */
  readonly binMs: number;
  readonly events: readonly number[];
  readonly comments: readonly number[];
  readonly bytes: readonly number[];
  readonly chunks: readonly number[];
  /** When chunks came, in ms since sending: all of them up to a thousand, else the first and the last five hundred. */
  readonly chunkAtMs: readonly number[];
}

/** Counts what a store holds into `count` bins up to `endMs`, in ms since sending. Linear in its chunks, and in its records that are no events. */
export function countTimelineBins(store: EventStore, endMs: number, count: number): TimelineBins {
  const bins = Math.max(1, Math.min(count, MAX_BINS));
  const binMs = Math.max(endMs, 1) / bins;
  const zeros = (): number[] => new Array<number>(bins).fill(0);
  const counted = { events: zeros(), comments: zeros(), bytes: zeros(), chunks: zeros() };
  const binOf = (atMs: number): number => Math.max(0, Math.min(bins - 1, Math.floor(atMs / binMs)));
  const add = (counts: number[], bin: number, amount: number): void => {
    counts[bin] = (counts[bin] ?? 0) + amount;
  };
  const { chunkCount } = store;
  for (let index = 0; index < chunkCount; index++) {
    const { atMs, byteLength, rowsBefore } = store.chunk(index);
    const rowsAfter = index + 1 < chunkCount ? store.chunk(index + 1).rowsBefore : store.length;
    add(counted.bytes, binOf(atMs), byteLength);
    add(counted.chunks, binOf(atMs), 1);
    add(counted.events, binOf(atMs), rowsAfter - rowsBefore);
  }
  for (let index = 0; index < store.otherRowCount; index++) {
    const row = store.otherRow(index);
    // The mark of a break counts with the chunk before it.
    const isResumed = store.kind(row) === 'resumed';
    if (isResumed && chunkCount === 0) continue;
    const bin = binOf(isResumed ? store.chunk(store.chunkOf(row)).atMs : store.atMs(row));
    add(counted.events, bin, -1);
    if (store.kind(row) === 'comment') add(counted.comments, bin, 1);
  }
  const marked = (index: number): number => (index < MAX_MARKS / 2 ? index : chunkCount - MAX_MARKS + index);
  const chunkAtMs = Array.from({ length: Math.min(chunkCount, MAX_MARKS) }, (_, index) =>
    store.chunk(chunkCount <= MAX_MARKS ? index : marked(index)),
  ).map(({ atMs }) => atMs);
  return { binMs, ...counted, chunkAtMs };
}
