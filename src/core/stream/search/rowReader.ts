import type { EventStore } from '../eventStore.ts';
import { CR, LF, lineKind, valueStart } from '../eventStreamLine.ts';
import type { RecordKind } from '../record.ts';
import { decodeUtf8, readText } from '../recordBytes.ts';

/** Bytes read from the store at once. */
const WINDOW_BYTES = 64 * 1024;
const NONE = -1;

/** Says whether the row a reader looks at matches. */
export type RowMatcher = (row: RowReader) => boolean;

/**
 * Looks at the rows of a store one by one, in any order, fastest in theirs: bytes of neighbours are read together
 * and nothing is allocated for a row until its text is asked for. It may be kept while the store grows: the bytes it has
 * in view do not change.
 */
export class RowReader {
  readonly #store: EventStore;
  readonly #maxRowBytes: number;
  #windowFrom = 0;
  #windowTo = 0;
  #row = 0;
  #dataFrom = NONE;
  #dataTo = 0;
  #hasMoreData = false;
  #idFrom = NONE;
  #idTo = 0;
  #isParsed = false;
  /** Holds the row's bytes, and others around them. */
  bytes: Uint8Array = new Uint8Array(0);
  /** `bytes` decoded if each is one UTF-16 unit, else empty; undefined before somebody asks. */
  #decoded: string | undefined;
  #hasCr = false;
  /** Where in `bytes` the row begins. */
  from = 0;
  /** Where in `bytes` the row, or the part of it that is looked at, ends. */
  to = 0;
  /** True if the row has more bytes than are looked at. */
  isCut = false;
  kind: RecordKind = 'event';
  /** True where a row's bytes are its text, without field names. */
  readonly isPlain: boolean;

  /** @param maxRowBytes how much of a row to look at, field names included; the cut falls between characters */
  constructor(store: EventStore, maxRowBytes: number) {
    this.#store = store;
    this.isPlain = store.format !== 'event-stream';
    this.#maxRowBytes = maxRowBytes;
  }

  /** Takes a row of the store into view. */
  moveTo(row: number): void {
    const store = this.#store;
    const start = store.byteOffset(row);
    const wholeEnd = store.byteEnd(row);
    const end = Math.min(wholeEnd, start + this.#maxRowBytes);
    const needed = Math.min(wholeEnd, end + 1); // the byte behind a cut tells whether it is within a character
    // An event begins before the comments within it, which are rows before it.
    if (start < this.#windowFrom || needed > this.#windowTo) {
      this.#windowFrom = start;
      this.#windowTo = Math.max(needed, Math.min(start + WINDOW_BYTES, store.byteLength));
      this.bytes = store.bytes(start, this.#windowTo);
      this.#decoded = undefined;
      this.#hasCr = this.bytes.includes(CR);
    }
    this.#row = row;
    this.#isParsed = false;
    this.kind = store.kind(row);
    // As 32-bit integers: fields that hold other numbers are boxed.
    this.from = (start - this.#windowFrom) | 0;
    this.to = (end - this.#windowFrom) | 0;
    this.isCut = end < wholeEnd;
    if (this.isCut) {
      while (this.to > this.from && ((this.bytes[this.to] ?? 0) & 0xc0) === 0x80) this.to--;
    }
  }

  /** Event type, empty for other kinds. */
  type(): string {
    return this.#store.type(this.#row);
  }

  /** An event's data, a comment, a retry's digits. */
  text(): string {
    if (this.kind === 'resumed') return this.#store.text(this.#row);
    if (this.kind === 'event' || this.kind === 'incomplete') {
      this.#parse();
      if (this.#dataFrom === NONE) return '';
      if (!this.#hasMoreData) return this.#decode(this.#dataFrom, this.#dataTo);
    }
    return readText(this.bytes.subarray(this.from, this.to), this.kind);
  }

  /** The `id` an event carries; empty for other kinds. */
  id(): string {
    if (this.kind !== 'event') return '';
    this.#parse();
    return this.#idFrom === NONE ? '' : this.#decode(this.#idFrom, this.#idTo);
  }

  /** Finds the values of an event's lines. */
  #parse(): void {
    if (this.#isParsed) return;
    this.#isParsed = true;
    this.#dataFrom = NONE;
    this.#hasMoreData = false;
    this.#idFrom = NONE;
    if (this.isPlain) {
      this.#dataFrom = this.from;
      this.#dataTo = this.to;
      return;
    }
    for (let start = this.from; start < this.to;) {
      const end = this.#lineEnd(start);
      if (end > start) this.#parseLine(start, end);
      start = end + 1;
    }
  }

  #lineEnd(from: number): number {
    const { bytes, to } = this;
    if (!this.#hasCr) {
      const end = bytes.indexOf(LF, from); // much faster than a loop
      return end < 0 || end > to ? to : end;
    }
    let end = from;
    while (end < to && bytes[end] !== LF && bytes[end] !== CR) end++;
    return end;
  }

  /** Cuts ASCII out of neighbours decoded together: a call of the decoder for each row costs more than the search. */
  #decode(from: number, to: number): string {
    if (this.#decoded === undefined) {
      const beginning = this.bytes.subarray(0, 1024);
      const isWorthATry = decodeUtf8(beginning).length === beginning.length;
      const decoded = isWorthATry ? decodeUtf8(this.bytes) : '';
      this.#decoded = decoded.length === this.bytes.length ? decoded : '';
    }
    return this.#decoded === '' ? decodeUtf8(this.bytes.subarray(from, to)) : this.#decoded.slice(from, to);
  }

  #parseLine(start: number, end: number): void {
    const { bytes } = this;
    const kind = lineKind(bytes, start, end);
    if (kind === 'data') {
      this.#hasMoreData = this.#dataFrom !== NONE;
      this.#dataFrom = valueStart(bytes, start, end, kind);
      this.#dataTo = end;
    } else if (kind === 'id') {
      const from = valueStart(bytes, start, end, kind);
      if (bytes.subarray(from, end).includes(0)) return; // HTML standard, 9.2.6: ignored
      this.#idFrom = from;
      this.#idTo = end;
    }
  }
}
