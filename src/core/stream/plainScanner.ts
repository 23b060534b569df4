import { CR, LF } from './eventStreamLine.ts';
import { decodeUtf8 } from './recordBytes.ts';
import type { ScanSink } from './sseScanner.ts';
import type { StreamFormat } from './streamFormat.ts';

/** Finds the records of a stream in its bytes, however they are split into chunks, in one pass. */
export interface Scanner {
  /** Where what is unfinished begins: bytes before it are never read again. */
  readonly pendingFrom: number;
  /** Takes the stream's next bytes. */
  scan(chunk: Uint8Array): void;
  /** The stream has ended: tells what it left unfinished. What is scanned after that is another stream. */
  end(): void;
}

const RECORD_SEPARATOR = 0x1e;
/** Bytes of an unfinished last line that are tried as JSON. */
const MAX_TRIED = 1024 * 1024;
/** A line of more blanks is shown. */
const MAX_BLANK = 1024;

/** A scanner of a format whose records are the bytes themselves, without field names. */
export function plainScanner(
  format: Exclude<StreamFormat, 'event-stream'>,
  sink: ScanSink,
  read: (from: number, to: number) => Uint8Array,
): Scanner {
  switch (format) {
    case 'json-lines':
      return new JsonLinesScanner(sink, read);
    case 'json-seq':
      return new JsonSeqScanner(sink, read);
    case 'chunks':
      return new ChunkScanner(sink, read);
  }
}

/** One JSON text a line; blank lines are nothing. */
class JsonLinesScanner implements Scanner {
  readonly #sink: ScanSink;
  readonly #read: (from: number, to: number) => Uint8Array;
  #position = 0;
  #lineStart = 0;

  constructor(sink: ScanSink, read: (from: number, to: number) => Uint8Array) {
    this.#sink = sink;
    this.#read = read;
  }

  get pendingFrom(): number {
    return this.#lineStart;
  }

  scan(chunk: Uint8Array): void {
    const base = this.#position;
    this.#position += chunk.length;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) {
      const end = base + at;
      if (end > this.#lineStart && !this.#isBlank(this.#lineStart, end)) {
        const isCrLf = this.#read(end - 1, end)[0] === CR;
        tell(this.#sink, 'event', this.#lineStart, isCrLf ? end - 1 : end);
      }
      this.#lineStart = end + 1;
    }
  }

  end(): void {
    const [start, end] = [this.#lineStart, this.#position];
    if (start < end && !this.#isBlank(start, end)) tellTail(this.#sink, this.#read, start, end);
    this.#lineStart = end;
  }

  #isBlank(start: number, end: number): boolean {
    return end - start <= MAX_BLANK && this.#read(start, end).every((byte) => byte <= 0x20);
  }
}

/** JSON texts that each follow a record separator (RFC 7464); each may stand on several lines. */
class JsonSeqScanner implements Scanner {
  readonly #sink: ScanSink;
  readonly #read: (from: number, to: number) => Uint8Array;
  #position = 0;
  /** Where the text begins; -1 between texts. */
  #start = -1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  constructor(sink: ScanSink, read: (from: number, to: number) => Uint8Array) {
    this.#sink = sink;
    this.#read = read;
  }

  get pendingFrom(): number {
    return this.#start < 0 ? this.#position : this.#start;
  }

  scan(chunk: Uint8Array): void {
    const base = this.#position;
    this.#position += chunk.length;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === RECORD_SEPARATOR) this.#cut(base + at);
      else if (this.#start >= 0) this.#look(byte, base + at);
      else if (byte > 0x20) this.#begin(byte, base + at);
    }
  }

  end(): void {
    if (this.#start >= 0) tellTail(this.#sink, this.#read, this.#start, this.#position);
    this.#start = -1;
  }

  /** The next text begins, so the one before is over, whether complete or not. */
  #cut(end: number): void {
    if (this.#start >= 0) tellTail(this.#sink, this.#read, this.#start, end);
    this.#start = -1;
  }

  #begin(byte: number, at: number): void {
    this.#start = at;
    this.#depth = 0;
    this.#isInString = false;
    this.#isEscaped = false;
    this.#look(byte, at);
  }

  /** A line end outside of all brackets ends a text: it need not wait for the separator of the next one. */
  #look(byte: number, at: number): void {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === 0x5c) this.#isEscaped = true;
      else if (byte === 0x22) this.#isInString = false;
      return;
    }
    if (byte === 0x22) this.#isInString = true;
    else if (byte === 0x7b || byte === 0x5b) this.#depth++;
    else if (byte === 0x7d || byte === 0x5d) this.#depth--;
    else if (byte === LF && this.#depth <= 0) {
      tell(this.#sink, 'event', this.#start, trimmedEnd(this.#read, this.#start, at));
      this.#start = -1;
    }
  }
}

/** Each chunk is a record; a character that two of them share goes with the second. */
class ChunkScanner implements Scanner {
  readonly #sink: ScanSink;
  readonly #read: (from: number, to: number) => Uint8Array;
  #position = 0;
  #start = 0;

  constructor(sink: ScanSink, read: (from: number, to: number) => Uint8Array) {
    this.#sink = sink;
    this.#read = read;
  }

  get pendingFrom(): number {
    return this.#start;
  }

  scan(chunk: Uint8Array): void {
    this.#position += chunk.length;
    const end =
      this.#position - openBytes(this.#read(Math.max(this.#start, this.#position - 4), this.#position));
    if (end <= this.#start) return;
    tell(this.#sink, 'event', this.#start, end);
    this.#start = end;
  }

  end(): void {
    if (this.#start < this.#position) tell(this.#sink, 'event', this.#start, this.#position);
    this.#start = this.#position;
  }
}

function tell(sink: ScanSink, kind: 'event' | 'incomplete', from: number, to: number): void {
  sink.onRecord(kind, from, to, 0, 0);
}

/** A text without its end is complete where it is a whole object or array: nothing can follow it. */
function tellTail(
  sink: ScanSink,
  read: (from: number, to: number) => Uint8Array,
  from: number,
  to: number,
): void {
  const end = trimmedEnd(read, from, to);
  const last = read(end - 1, end)[0];
  const isClosed = (last === 0x7d || last === 0x5d) && end - from <= MAX_TRIED;
  tell(sink, isClosed && isJson(decodeUtf8(read(from, end))) ? 'event' : 'incomplete', from, end);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

function trimmedEnd(read: (from: number, to: number) => Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from + 1 && (read(end - 1, end)[0] ?? 0) <= 0x20) end--;
  return end;
}

/** Bytes at the end that begin a character of UTF-8 without ending it. */
function openBytes(tail: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, tail.length); back++) {
    const byte = tail[tail.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}
