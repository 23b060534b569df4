import { CR, isDigits, LF, lineKind, valueStart } from './eventStreamLine.ts';
import { EitherByte } from './eitherByte.ts';
import type { Scanner } from './plainScanner.ts';
import type { RecordKind } from './record.ts';

/** Where the scanner reports to. Offsets count bytes from the stream's beginning; ranges exclude their end. */
export interface ScanSink {
  /**
   * A record is complete. An event's range holds its lines up to, and without, the blank line; that of a comment
   * or retry its line without the line end. `typeFrom` and `typeTo` are the range of the event type's value, equal
   * where the stream names none.
   */
  onRecord(kind: RecordKind, from: number, to: number, typeFrom: number, typeTo: number): void;
  /** The last event ID is now the value at this range; told before the event that carries it. */
  onLastEventId(from: number, to: number): void;
}

const NONE = -1;

/**
 * Finds the records of an event stream in its bytes (HTML standard, 9.2.5 and 9.2.6) without decoding any text:
 * line ends, colons and field names are ASCII, which UTF-8 never uses for anything else. So it takes one pass over
 * the bytes, however they are split into chunks.
 */
export class SseScanner implements Scanner {
  readonly #sink: ScanSink;
  readonly #read: (from: number, to: number) => Uint8Array;
  /** Bytes scanned so far. */
  #position = 0;
  /** Where the stream begins: behind the one before, where it was resumed. */
  #streamStart = 0;
  #lineStart = 0;
  #isAfterCr = false;
  #blockStart = NONE;
  #hasData = false;
  #typeFrom = 0;
  #typeTo = 0;
  #idFrom = NONE;
  #idTo = 0;

  /** @param read gives bytes again that were scanned and lie at or behind {@link SseScanner.pendingFrom} */
  constructor(sink: ScanSink, read: (from: number, to: number) => Uint8Array) {
    this.#sink = sink;
    this.#read = read;
  }

  /** Where the unfinished block, or else the unfinished line, begins: bytes before it are never read again. */
  get pendingFrom(): number {
    return this.#blockStart === NONE ? this.#lineStart : this.#blockStart;
  }

  /** Takes the stream's next bytes, which `read` can give by now. */
  scan(chunk: Uint8Array): void {
    const base = this.#position;
    const length = chunk.length;
    this.#position = base + length;
    let at = 0;
    if (this.#isAfterCr && length > 0) {
      this.#isAfterCr = false;
      if (chunk[0] === LF) this.#lineStart = base + ++at;
    }
    const lineEnds = new EitherByte(chunk, LF, CR);
    for (at = lineEnds.next(at); at < length; at = lineEnds.next(at + 1)) {
      const end = base + at;
      const start = this.#lineStart;
      if (start === end) this.#endBlock(end);
      else if (start >= base && start > this.#streamStart) this.#line(chunk, base, start, end);
      else this.#lineOfSeveralChunks(start, end);
      if (chunk[at] === CR) {
        if (at + 1 === length) this.#isAfterCr = true;
        else if (chunk[at + 1] === LF) at++;
      }
      this.#lineStart = base + at + 1;
    }
  }

  /** The stream has ended: a block with data that no blank line closed is reported as incomplete. */
  end(): void {
    const end = this.#position;
    if (this.#lineStart < end) this.#lineOfSeveralChunks(this.#lineStart, end, true);
    if (this.#hasData) {
      this.#sink.onRecord('incomplete', this.#blockStart, end, this.#typeFrom, this.#typeTo);
    }
    this.#startBlock();
    this.#lineStart = end;
    this.#streamStart = end;
    this.#isAfterCr = false;
  }

  /** A line that is not blank, as `chunk` holds it; `base` is the chunk's offset. */
  #line(chunk: Uint8Array, base: number, start: number, end: number, isTail = false): void {
    const from = start - base;
    const to = end - base;
    const kind = lineKind(chunk, from, to);
    if (kind === 'comment') {
      this.#sink.onRecord('comment', start, end, 0, 0);
      return;
    }
    if (this.#blockStart === NONE) this.#blockStart = start;
    switch (kind) {
      case 'data':
        this.#hasData = true;
        return;
      case 'event':
        this.#typeFrom = base + valueStart(chunk, from, to, kind);
        this.#typeTo = end;
        return;
      case 'id': {
        const value = valueStart(chunk, from, to, kind);
        if (chunk.subarray(value, to).includes(0)) return;
        this.#idFrom = base + value;
        this.#idTo = end;
        return;
      }
      case 'retry':
        if (!isTail && isDigits(chunk, valueStart(chunk, from, to, kind), to)) {
          this.#sink.onRecord('retry', start, end, 0, 0);
        }
        return;
      case 'other':
        return;
    }
  }

  /** A line that began in an earlier chunk, or at the stream's beginning, where a BOM does not count. */
  #lineOfSeveralChunks(start: number, end: number, isTail = false): void {
    // An endless data line need not be read again to be known as one.
    const head = this.#read(start, Math.min(end, start + 16));
    const hasBom = start === this.#streamStart && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    const from = hasBom ? start + 3 : start;
    if (from === end) {
      if (!isTail) this.#endBlock(end);
      return;
    }
    const kind = lineKind(head, from - start, head.length);
    const isWholeLineNeeded = kind === 'id' || kind === 'retry' || head.length === end - start;
    if (isWholeLineNeeded) this.#line(this.#read(start, end), start, from, end, isTail);
    else this.#line(head, start, from, end, isTail);
  }

  #endBlock(end: number): void {
    if (this.#idFrom !== NONE) this.#sink.onLastEventId(this.#idFrom, this.#idTo);
    if (this.#hasData) {
      this.#sink.onRecord('event', this.#blockStart, end, this.#typeFrom, this.#typeTo);
    }
    this.#startBlock();
  }

  #startBlock(): void {
    this.#blockStart = NONE;
    this.#hasData = false;
    this.#typeFrom = 0;
    this.#typeTo = 0;
    this.#idFrom = NONE;
  }
}
