import type { EventStore } from '../../stream/eventStore.ts';

/** UTF-16 units (bytes, where they come from a store) kept of a stream's events, at its beginning and at its end. */
const MAX_LENGTH = 2_000_000;

/** The data of a stream's first and last events: all of them, unless the stream is large. */
export interface KeptEvents {
  /** Of the whole stream. */
  readonly count: number;
  readonly first: readonly string[];
  /** None of which is also in `first`. */
  readonly last: readonly string[];
}

/** Data of an event by its 0-based index, from the end where it is negative; undefined where it is not kept. */
export function keptEvent({ count, first, last }: KeptEvents, index: number): string | undefined {
  const at = index < 0 ? count + index : index;
  return at < first.length ? first[at] : last[at - (count - last.length)];
}

/** Of a stream that has ended, from its store. */
export function keptEventsOf(store: EventStore): KeptEvents {
  const first: string[] = [];
  let row = 0;
  for (let left = MAX_LENGTH; row < store.length; row++) {
    if (store.kind(row) !== 'event') continue;
    left -= store.byteEnd(row) - store.byteOffset(row);
    if (left < 0) break;
    first.push(store.text(row));
  }
  const last: string[] = [];
  for (let at = store.length - 1, left = MAX_LENGTH; at >= row; at--) {
    if (store.kind(at) !== 'event') continue;
    left -= store.byteEnd(at) - store.byteOffset(at);
    if (left < 0) break;
    last.push(store.text(at));
  }
  return { count: store.eventCount, first, last: last.reverse() };
}

/** Keeps events as they come. */
export function keepEvents(): { add(data: string): void; kept(): KeptEvents } {
  const first: string[] = [];
  let last: string[] = [];
  let firstLength = 0;
  let lastLength = 0;
  let oldest = 0;
  let count = 0;
  return {
    add(data) {
      count++;
      if (last.length === 0 && firstLength + data.length <= MAX_LENGTH) {
        first.push(data);
        firstLength += data.length;
        return;
      }
      last.push(data);
      lastLength += data.length;
      while (lastLength > MAX_LENGTH && oldest < last.length - 1) lastLength -= last[oldest++]?.length ?? 0;
      if (oldest > 1000 && oldest * 2 > last.length) {
        last = last.slice(oldest);
        oldest = 0;
      }
    },
    kept: () => ({ count, first, last: last.slice(oldest) }),
  };
}
