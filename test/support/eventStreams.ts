import { EventStore } from '../../src/core/stream/eventStore.ts';

const encoder = new TextEncoder();

/** A text's UTF-8 bytes. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Bytes cut at these offsets, in any order; offsets beyond the end count as the end. */
export function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

/** The store of an ended stream that came in chunks cut at these offsets, one every ms. */
export function storeOf(bytes: Uint8Array, cuts: readonly number[] = []): EventStore {
  const store = new EventStore();
  cutAt(bytes, cuts).forEach((chunk, atMs) => store.append(atMs, chunk));
  store.end();
  return store;
}
