import type { Row } from '../../protocol/messages.ts';
import { MAX_ROWS_PER_QUERY } from '../../protocol/queries.ts';

/** Rows to ask for: `count` from the 0-based row `from`. */
export interface RowRange {
  readonly from: number;
  readonly count: number;
}

const MAX_PENDING = 2;

/**
 * The rows of one list, such as a filter's, that were fetched last, by position; never more than its capacity. Rows do
 * not change, so one that is here is right.
 */
export class RowCache<Item = Row> {
  readonly #capacity: number;
  readonly #rows = new Map<number, Item>();
  readonly #pending = new Map<number, RowRange>();
  #lastTicket = 0;

  /** @param capacity well above the rows a window shows */
  constructor(capacity = 2000) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(row: number): Item | undefined {
    return this.#rows.get(row);
  }

  /** Forgets everything, pending requests too: their answers will be ignored. */
  clear(): void {
    this.#rows.clear();
    this.#pending.clear();
  }

  /** Forgets one row: it has changed after all. */
  forget(row: number): void {
    this.#rows.delete(row);
  }

  /**
   * What to ask for so that the rows from `from` up to `to` (not included) are here; null if nothing is missing
   * or enough is on its way: the answers are the moment to look again, with the window as it is then.
   */
  missing(from: number, to: number): RowRange | null {
    if (this.#pending.size >= MAX_PENDING) return null;
    let first = -1;
    let last = -1;
    for (let row = from; row < to; row++) {
      if (this.#rows.has(row) || this.#isPending(row)) continue;
      if (first < 0) first = row;
      last = row;
    }
    return first < 0 ? null : { from: first, count: Math.min(last - first + 1, MAX_ROWS_PER_QUERY) };
  }

  /** Notes that a range was asked for; the ticket goes with its answer. */
  asked(range: RowRange): number {
    this.#pending.set(++this.#lastTicket, range);
    return this.#lastTicket;
  }

  /** Takes an answer in, empty if there was none; false if it was not waited for or brought nothing new. */
  accept(ticket: number, rows: readonly Item[]): boolean {
    const range = this.#pending.get(ticket);
    if (range === undefined) return false;
    this.#pending.delete(ticket);
    return this.put(range.from, rows);
  }

  /** Takes rows in that were not asked for; false if none is new. */
  put(from: number, rows: readonly Item[]): boolean {
    const news = rows.filter((_, index) => !this.#rows.has(from + index)).length;
    rows.forEach((row, index) => this.#rows.set(from + index, row));
    for (const oldest of this.#rows.keys()) {
      if (this.#rows.size <= this.#capacity) break;
      this.#rows.delete(oldest);
    }
    return news > 0;
  }

  #isPending(row: number): boolean {
    for (const { from, count } of this.#pending.values()) {
      if (row >= from && row < from + count) return true;
    }
    return false;
  }
}
