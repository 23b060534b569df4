import type { ChunkRow } from '../../protocol/answers.ts';
import { MAX_ROWS_PER_QUERY } from '../../protocol/queries.ts';

/** Well above what a window shows. */
const CAPACITY = 2000;

/** The chunks of one run that were fetched last, by index; never more than it can hold. */
export class ChunkCache {
  readonly #chunks = new Map<number, ChunkRow>();

  get size(): number {
    return this.#chunks.size;
  }

  get(index: number): ChunkRow | undefined {
    return this.#chunks.get(index);
  }

  clear(): void {
    this.#chunks.clear();
  }

  /** Forgets one chunk: the last one completes one record more when the stream ends within a record. */
  forget(index: number): void {
    this.#chunks.delete(index);
  }

  /** What to ask for so that the chunks from `from` up to `to`, not included, are here; null if they are. */
  missing(from: number, to: number): { readonly from: number; readonly count: number } | null {
    let first = -1;
    let last = -1;
    for (let index = from; index < to; index++) {
      if (this.#chunks.has(index)) continue;
      if (first < 0) first = index;
      last = index;
    }
    return first < 0 ? null : { from: first, count: Math.min(last - first + 1, MAX_ROWS_PER_QUERY) };
  }

  /** Takes chunks in and drops those that came first where there are too many. */
  accept(chunks: readonly ChunkRow[]): void {
    for (const chunk of chunks) this.#chunks.set(chunk.index, chunk);
    for (const oldest of this.#chunks.keys()) {
      if (this.#chunks.size <= CAPACITY) break;
      this.#chunks.delete(oldest);
    }
  }
}
