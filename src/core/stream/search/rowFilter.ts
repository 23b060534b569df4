import { msg, type Message } from '../../message.ts';
import type { EventStore } from '../eventStore.ts';
import { jsonPathMatcher, type JsonPathEngine } from './jsonPathMatcher.ts';
import { PackedNumbers } from '../packedNumbers.ts';
import type { RecordKind } from '../record.ts';
import { regexMatcher } from './regexMatcher.ts';
import { RowReader, type RowMatcher } from './rowReader.ts';
import { textMatcher } from './textMatcher.ts';

/** Which rows to show: those that meet all conditions. */
export interface FilterQuery {
  /** What to search for; empty for anything. */
  readonly text: string;
  /** How `text` is meant: see {@link textMatcher}, {@link regexMatcher} and {@link jsonPathMatcher}. */
  readonly mode: 'text' | 'regex' | 'jsonpath';
  /** For `text` and `regex`. */
  readonly matchCase: boolean;
  /** Only events of this type; null for any. */
  readonly type: string | null;
  /** Only these kinds; null for all. */
  readonly kinds: readonly RecordKind[] | null;
}

/** A {@link FilterQuery} ready to be used, by one {@link RowFilter} or several. */
export interface CompiledFilter {
  readonly type: string | null;
  readonly kinds: readonly RecordKind[] | null;
  /** Null where no text is searched. */
  readonly matches: RowMatcher | null;
  /** Bytes of a row that are searched. */
  readonly maxRowBytes: number;
}

const MAX_ROW_BYTES = 1024 * 1024;
/** Less for regular expressions: the time many of them take grows with the square of the length. */
const MAX_REGEX_BYTES = 64 * 1024;
/** Rows and bytes examined between two looks at the clock. */
const STEP_ROWS = 32;
const STEP_BYTES = 64 * 1024;
/** A step that takes so long is no busy machine but a bad expression: the filter gives up. */
const MAX_STEP_MS = 5000;

/**
 * Makes a query ready.
 * @param jsonPath needed for the mode `jsonpath` only
 * @returns or what is wrong with its text, and at which UTF-16 offset where known
 */
export function compileFilter(
  query: FilterQuery,
  jsonPath: JsonPathEngine | null,
): CompiledFilter | { readonly error: Message; readonly offset?: number } {
  const matches = query.text === '' ? null : compileText(query, jsonPath);
  if (matches !== null && 'error' in matches) return matches;
  const { type, kinds, mode } = query;
  return { type, kinds, matches, maxRowBytes: mode === 'regex' ? MAX_REGEX_BYTES : MAX_ROW_BYTES };
}

function compileText({ text, mode, matchCase }: FilterQuery, jsonPath: JsonPathEngine | null) {
  switch (mode) {
    case 'text':
      return textMatcher(text, matchCase);
    case 'regex':
      return regexMatcher(text, matchCase);
    case 'jsonpath':
      if (jsonPath === null) return { error: msg('JSONPath is not available.') };
      return jsonPathMatcher(text, jsonPath);
  }
}

/**
 * The rows of a store that meet a filter, found in slices of time and kept up while the store grows. Needs 4 bytes
 * for each.
 */
export class RowFilter {
  readonly #store: EventStore;
  readonly #filter: CompiledFilter;
  readonly #rows = new PackedNumbers(Uint32Array);
  #scanned = 0;
  #cutCount = 0;
  #stopped: Message | null = null;

  constructor(store: EventStore, filter: CompiledFilter) {
    this.#store = store;
    this.#filter = filter;
  }

  /** Matching rows found so far. */
  get length(): number {
    return this.#rows.length;
  }

  /** Rows of the store examined so far. */
  get scanned(): number {
    return this.#scanned;
  }

  /** Rows not found that are too long to be examined as a whole: 64 KB by a regular expression, else 1 MB. */
  get cutCount(): number {
    return this.#cutCount;
  }

  /** Bytes of a row that are searched. */
  get maxRowBytes(): number {
    return this.#filter.maxRowBytes;
  }

  /** Why no more rows are examined: the expression takes too long. Null if all is well. */
  get stopped(): Message | null {
    return this.#stopped;
  }

  /**
   * Examines new rows. A regular expression cannot be interrupted within a row: one that needs exponential time
   * there takes it, and is the last.
   * @param budgetMs for how long at most, plus at most a step of 32 rows or 64 KB or one row
   * @param now a monotonic clock in ms
   * @returns true if all rows the store has by now are examined, or no more will be
   */
  advance(budgetMs: number, now: () => number): boolean {
    const reader = new RowReader(this.#store, this.#filter.maxRowBytes);
    const startMs = now();
    let stepMs = startMs;
    while (this.#scanned < this.#store.length && this.#stopped === null) {
      if (stepMs - startMs >= budgetMs) return false;
      this.#step(reader);
      const atMs = now();
      if (atMs - stepMs > MAX_STEP_MS) {
        this.#stopped = msg('The search was stopped: this expression takes too long. Make it simpler.');
      }
      stepMs = atMs;
    }
    return true;
  }

  /** The row of the store that is the `index`-th found, 0-based and below {@link RowFilter.length}. */
  row(index: number): number {
    return this.#rows.at(index);
  }

  #step(reader: RowReader): void {
    const end = Math.min(this.#store.length, this.#scanned + STEP_ROWS);
    for (let bytes = 0; this.#scanned < end && bytes < STEP_BYTES; this.#scanned++) {
      const row = this.#scanned;
      const { type, kinds, matches } = this.#filter;
      if (kinds !== null && !kinds.includes(this.#store.kind(row))) continue;
      if (type !== null && (this.#store.kind(row) !== 'event' || this.#store.type(row) !== type)) continue;
      if (matches !== null) {
        reader.moveTo(row);
        bytes += reader.to - reader.from;
        if (!matches(reader)) {
          if (reader.isCut) this.#cutCount++;
          continue;
        }
      }
      this.#rows.push(row);
    }
  }
}
