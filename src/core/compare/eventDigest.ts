import type { EventStore } from '../stream/eventStore.ts';
import { PackedNumbers } from '../stream/packedNumbers.ts';

/** Events of one side that are compared; what comes after them is only counted. */
export const MAX_COMPARED = 200_000;

/** Rows between two looks at the clock. */
const ROWS_AT_ONCE = 64;
/** A word that may be an id: so long, with a digit; or a number of so many digits. A longer word is content. */
const MIN_ID_LENGTH = 12;
const MAX_ID_LENGTH = 64;
const MIN_NUMBER_LENGTH = 9;

/** What tells events apart, in a few bytes for each: see {@link digestText}. */
export interface EventDigests {
  /** Of type and data. */
  readonly exact: ArrayLike<number>;
  /** The same for events that differ in nothing but ids, times and long numbers. */
  readonly alike: ArrayLike<number>;
  /** Of the type. */
  readonly type: ArrayLike<number>;
  /** Of the id that the event carries; 0 for none. */
  readonly id: ArrayLike<number>;
}

/** Digests the events of one stream as they come. */
export class EventDigester {
  readonly #store: EventStore;
  readonly #exact = new PackedNumbers(Float64Array);
  readonly #alike = new PackedNumbers(Float64Array);
  readonly #type = new PackedNumbers(Float64Array);
  readonly #id = new PackedNumbers(Float64Array);
  #row = 0;

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Events digested so far. */
  get length(): number {
    return this.#exact.length;
  }

  /** True when it has caught up with the store, or has all it will look at. */
  get isDone(): boolean {
    return this.#row >= this.#store.length || this.length >= MAX_COMPARED;
  }

  /** Goes on for about so long. @returns true when it has caught up */
  advance(budgetMs: number, now: () => number): boolean {
    const stopAtMs = now() + budgetMs;
    while (!this.isDone) {
      const to = Math.min(this.#store.length, this.#row + ROWS_AT_ONCE);
      for (; this.#row < to && this.length < MAX_COMPARED; this.#row++) {
        if (this.#store.kind(this.#row) === 'event') this.#add(this.#row);
      }
      if (now() >= stopAtMs) break;
    }
    return this.isDone;
  }

  /** What was digested so far. */
  digests(): EventDigests {
    return {
      exact: unpacked(this.#exact),
      alike: unpacked(this.#alike),
      type: unpacked(this.#type),
      id: unpacked(this.#id),
    };
  }

  #add(row: number): void {
    const type = this.#store.type(row);
    const data = this.#store.text(row);
    const { exact, alike } = digestText(`${type}\n${data}`);
    const id = this.#store.id(row);
    this.#exact.push(exact);
    this.#alike.push(alike);
    this.#type.push(digestText(type).exact);
    this.#id.push(id === '' ? 0 : digestText(id).exact);
  }
}

function unpacked(numbers: PackedNumbers): Float64Array {
  return Float64Array.from({ length: numbers.length }, (_, index) => numbers.at(index));
}

/**
 * Two numbers of 53 bits for a text: one that is another for any other text, as good as certainly, and one that is the
 * same where texts differ only in what looks like an id, a time or a long number. Linear in the text.
 */
export function digestText(text: string): { readonly exact: number; readonly alike: number } {
  const exact = new Hash();
  const alike = new Hash();
  let at = 0;
  while (at < text.length) {
    const end = wordEnd(text, at);
    if (end === at) {
      exact.add(text.charCodeAt(at));
      alike.add(text.charCodeAt(at));
      at++;
      continue;
    }
    const isVolatile = looksLikeId(text, at, end);
    if (isVolatile) alike.add(0);
    for (; at < end; at++) {
      exact.add(text.charCodeAt(at));
      if (!isVolatile) alike.add(text.charCodeAt(at));
    }
    // The rest of a time: `:22:33.123Z`.
    for (; isVolatile && isTimeRest(text.charCodeAt(at)); at++) exact.add(text.charCodeAt(at));
  }
  return { exact: exact.value, alike: alike.value };
}

/** Two 32-bit hashes in one number (FNV-1a, with two primes). */
class Hash {
  #high = 0x811c9dc5;
  #low = 0x01000193;

  add(code: number): void {
    this.#high = Math.imul(this.#high ^ code, 0x01000193);
    this.#low = Math.imul(this.#low ^ code, 0x85ebca6b);
    this.#low ^= this.#low >>> 15;
  }

  get value(): number {
    // 0 stands for none.
    return (this.#high >>> 0) * 0x200000 + ((this.#low >>> 0) & 0x1fffff) + 1;
  }
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isWord(text.charCodeAt(at))) at++;
  return at;
}

function looksLikeId(text: string, from: number, to: number): boolean {
  const length = to - from;
  if (length < MIN_NUMBER_LENGTH || length > MAX_ID_LENGTH) return false;
  let digits = 0;
  for (let at = from; at < to; at++) if (isDigit(text.charCodeAt(at))) digits++;
  return digits === length || (digits > 0 && length >= MIN_ID_LENGTH);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letters, digits, `-` and `_`. */
function isWord(code: number): boolean {
  return (
    isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 45 || code === 95
  );
}

/** Digits, `.`, `:`, `+`, `-` and `Z`; false past the end. */
function isTimeRest(code: number): boolean {
  return isDigit(code) || code === 46 || code === 58 || code === 43 || code === 45 || code === 90;
}
