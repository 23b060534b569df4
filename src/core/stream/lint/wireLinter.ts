import { msg, type Message } from '../../message.ts';
import type { EventStore } from '../eventStore.ts';
import { CR, isDigits, LF, lineKind, valueStart } from '../eventStreamLine.ts';
import { explainFieldName } from './lintFieldName.ts';
import { LintList, type LintCode, type LintItem, type LintSeverity } from './lintItem.ts';
import { decodeUtf8 } from '../recordBytes.ts';
import { Utf8Check } from './utf8Check.ts';

/** Bytes of a line that are looked at: names, ids and numbers are shorter, and data may be endless. */
const HEAD_BYTES = 4096;
const SLICE_BYTES = 256 * 1024;
const COLON = 0x3a;
const NONE = -1;

type LineEnd = 'LF' | 'CRLF' | 'CR';
type OpenItem = { -readonly [K in keyof LintItem]: LintItem[K] };

/**
 * Looks at the bytes of an event stream for what readers drop, misread or will not expect. It trails behind the
 * stream in slices; neither they nor the chunks change what it finds.
 */
export class WireLinter {
  /** What was found; findings of others about the same stream may be added. */
  readonly list: LintList;
  readonly #store: EventStore;
  readonly #utf8 = new Utf8Check();
  /** Bytes whose lines were looked at. */
  #position = 0;
  /** Where the stream, or what was resumed of it, begins. */
  #segmentStart = 0;
  /** Breaks that were passed. */
  #resumed = 0;
  #isFinished = false;
  #lineStart = 0;
  #isAfterCr = false;
  #lineEnd: LineEnd | null = null;
  #hasMixedLineEnds = false;
  #blockStart = NONE;
  #hasData = false;
  #hasType = false;
  #hasId = false;
  /** Items of the open block, whose record is not known yet. */
  #open: OpenItem[] = [];
  /** The last field name that is none, and why. */
  #unknown: { name: string; hasColon: boolean; code: LintCode; message: Message } | null = null;
  #events = 0;
  #rows = 0;

  constructor(store: EventStore, list = new LintList()) {
    this.#store = store;
    this.list = list;
  }

  /**
   * Looks at the next bytes, at most so many.
   * @returns true when all that has been received was looked at
   */
  advance(maxBytes = SLICE_BYTES): boolean {
    const { resumes } = this.#store;
    while (resumes[this.#resumed]?.byteOffset === this.#position) this.#startSegment();
    const segmentEnd = resumes[this.#resumed]?.byteOffset ?? Infinity;
    const to = Math.min(this.#store.byteLength, segmentEnd, this.#position + Math.max(1, maxBytes));
    if (to > this.#position) {
      const base = this.#utf8.checkedTo;
      const bytes = this.#store.bytes(base, to);
      const code = 'invalid-utf8';
      const surplus = this.#utf8.feed(bytes, this.list.room(code));
      if (surplus > 0) this.list.count(code, surplus);
      this.#lines(bytes, base);
      this.#position = to;
    }
    return to === this.#store.byteLength && this.#resumed === resumes.length;
  }

  /**
   * The stream has ended: looks at what is left, and at its end.
   * @param wasCut true where the end was not the server's wish: then an unfinished tail is no finding
   */
  finish(wasCut = false): void {
    while (!this.advance());
    this.#endSegment(wasCut);
    this.#isFinished = true;
  }

  /** The stream goes on after a break, as another one does: with a row of its own between. */
  #startSegment(): void {
    if (!this.#isFinished) this.#endSegment(true);
    this.#isFinished = false;
    this.#segmentStart = this.#position;
    this.#lineStart = this.#position;
    this.#rows++;
    this.#resumed++;
  }

  #endSegment(wasCut: boolean): void {
    const end = this.#position;
    this.#settleCr(false);
    this.#utf8.end(end, wasCut);
    const hasTail = this.#lineStart < end && this.#tail(end);
    if (!wasCut && (this.#hasData || hasTail)) {
      const message = msg('No blank line ends the last event: readers after the standard drop it.');
      this.#report('no-blank-line', 'warning', this.#blockStart, message);
    }
    this.#closeBlock(this.#hasData);
  }

  #lines(bytes: Uint8Array, base: number): void {
    let at = this.#position - base;
    if (this.#isAfterCr) {
      const isCrLf = bytes[at] === LF;
      this.#settleCr(isCrLf);
      if (isCrLf) at++;
    }
    let lf = at - 1;
    let cr = at - 1;
    for (;;) {
      if (lf < at) lf = bytes[at] === LF ? at : find(bytes, LF, at);
      if (cr < at) cr = find(bytes, CR, at);
      const end = Math.min(lf, cr);
      if (end === Infinity) return;
      this.#line(base + end, bytes, base);
      at = end + 1;
      if (end === lf) {
        this.#endLine('LF', at + base);
      } else if (at === bytes.length) {
        this.#isAfterCr = true;
        this.#lineStart = base + at;
      } else {
        const isCrLf = bytes[at] === LF;
        if (isCrLf) at++;
        this.#endLine(isCrLf ? 'CRLF' : 'CR', at + base);
      }
    }
  }

  /** A CR was the last byte so far; now it is known what follows. */
  #settleCr(isCrLf: boolean): void {
    if (!this.#isAfterCr) return;
    this.#isAfterCr = false;
    this.#endLine(isCrLf ? 'CRLF' : 'CR', this.#lineStart + (isCrLf ? 1 : 0));
  }

  #endLine(lineEnd: LineEnd, nextLine: number): void {
    this.#lineStart = nextLine;
    if (lineEnd === this.#lineEnd) return;
    if (this.#lineEnd === null) {
      this.#lineEnd = lineEnd;
    } else if (!this.#hasMixedLineEnds) {
      this.#hasMixedLineEnds = true;
      const message = msg('This line ends in {0}, those before in {1}.', lineEnd, this.#lineEnd);
      this.#add('mixed-line-ends', 'info', nextLine - (lineEnd === 'CRLF' ? 2 : 1), message, null);
    }
  }

  /** Looks at the line from `#lineStart` to `end`; one that began in an earlier slice is read again. */
  #line(end: number, bytes: Uint8Array, base: number): void {
    const start = this.#lineStart;
    if (start === end) this.#endBlock();
    else if (start > this.#segmentStart && start >= base) {
      const from = start - base;
      this.#field(bytes, from, Math.min(end - base, from + HEAD_BYTES), start, end);
    } else {
      const head = this.#store.bytes(start, Math.min(end, start + HEAD_BYTES));
      const from = this.#skipBom(head, start);
      if (start + from === end) this.#endBlock();
      else this.#field(head, from, head.length, start + from, end);
    }
  }

  #skipBom(head: Uint8Array, start: number): number {
    if (start > this.#segmentStart || head[0] !== 0xef || head[1] !== 0xbb || head[2] !== 0xbf) return 0;
    this.#add('bom', 'info', 0, msg('The stream begins with a BOM: it is skipped.'), null);
    return 3;
  }

  /** A line that is not blank: it stands at `start` to `end`, its head at `bytes[from, to)`. */
  #field(bytes: Uint8Array, from: number, to: number, start: number, end: number): void {
    const kind = lineKind(bytes, from, to);
    if (kind === 'comment') {
      this.#reportInvalid(end, true);
      this.#rows++;
      return;
    }
    if (this.#blockStart === NONE) this.#blockStart = start;
    this.#reportInvalid(end, false);
    const isWhole = to - from === end - start;
    switch (kind) {
      case 'data':
        this.#hasData = true;
        if (!isWhole || bytes[to - 1] === 0x6e) this.#escapedLineBreak(start, end);
        return;
      case 'event':
        this.#hasType = true;
        return;
      case 'id':
        if (!bytes.subarray(from, to).includes(0)) this.#hasId = true;
        else this.#report('nul-in-id', 'warning', start, msg('An id with a NUL character is ignored.'));
        return;
      case 'retry':
        if (isRetry(isWhole ? bytes.subarray(from, to) : this.#store.bytes(start, end))) this.#rows++;
        else this.#report('retry', 'warning', start, msg('A retry that is not all digits is ignored.'));
        return;
      case 'other':
        this.#unknownField(bytes.subarray(from, to), start);
    }
  }

  #unknownField(line: Uint8Array, start: number): void {
    const colon = line.indexOf(COLON);
    const name = decodeUtf8(colon < 0 ? line : line.subarray(0, colon));
    // The same name over and over is the commonest case, and the dearest.
    if (this.#unknown?.name !== name || this.#unknown.hasColon !== colon >= 0) {
      this.#unknown = { name, hasColon: colon >= 0, ...explainFieldName(name, colon >= 0) };
    }
    this.#report(this.#unknown.code, 'warning', start, this.#unknown.message);
  }

  /** A backslash and an n, twice, at the end of data: most often meant to end the event. */
  #escapedLineBreak(start: number, end: number): void {
    if (!/(?:\\n|\\r\\n){2}$/.test(decodeUtf8(this.#store.bytes(Math.max(start, end - 8), end)))) return;
    const message = msg('The data ends in line breaks written as a backslash and n: were real ones meant?');
    this.#report('escaped-line-break', 'warning', start, message);
  }

  #endBlock(): void {
    if (!this.#hasData && this.#hasType) {
      const message = msg('An event without data is dropped by the standard.');
      this.#report('no-data', 'warning', this.#blockStart, message);
    } else if (!this.#hasData && this.#hasId) {
      const message = msg('An id without data: it becomes the last event ID, but there is no event.');
      this.#report('no-data', 'info', this.#blockStart, message);
    }
    if (this.#hasData) this.#events++;
    this.#closeBlock(this.#hasData);
  }

  #closeBlock(isRecord: boolean): void {
    if (isRecord) {
      for (const item of this.#open) item.row = this.#rows;
      this.#rows++;
    }
    if (this.#open.length > 0) this.#open = [];
    this.#blockStart = NONE;
    this.#hasData = false;
    this.#hasType = false;
    this.#hasId = false;
  }

  /**
   * The last line, which no line end closes. It may have been cut anywhere, so its name and value say nothing.
   * @returns true if it belongs to an event
   */
  #tail(end: number): boolean {
    const start = this.#lineStart;
    const head = this.#store.bytes(start, Math.min(end, start + HEAD_BYTES));
    const from = this.#skipBom(head, start);
    if (start + from === end) return false;
    const kind = lineKind(head, from, head.length);
    this.#reportInvalid(end, kind === 'comment');
    if (kind === 'comment') {
      this.#rows++;
      return false;
    }
    if (this.#blockStart === NONE) this.#blockStart = start + from;
    if (kind === 'data') this.#hasData = true;
    return true;
  }

  #reportInvalid(lineEnd: number, isComment: boolean): void {
    let at: number | undefined;
    while ((at = this.#utf8.take(lineEnd)) !== undefined) {
      const byte = (this.#store.bytes(at, at + 1)[0] ?? 0).toString(16).toUpperCase();
      const message = msg('Not UTF-8 from the byte 0x{0} on: readers show U+FFFD instead.', byte);
      if (isComment) this.#add('invalid-utf8', 'error', at, message, this.#rows);
      else this.#report('invalid-utf8', 'error', at, message);
    }
  }

  /** Adds an item of the open block; its row is filled in when the block ends. */
  #report(code: LintCode, severity: LintSeverity, byteOffset: number, message: Message): void {
    const item = this.#add(code, severity, byteOffset, message, null);
    if (item !== null) this.#open.push(item);
  }

  #add(
    code: LintCode,
    severity: LintSeverity,
    byteOffset: number,
    message: Message,
    row: number | null,
  ): OpenItem | null {
    const isKept = this.list.room(code) > 0;
    const item = { code, severity, byteOffset, eventIndex: this.#events, row, message };
    this.list.add(item);
    return isKept ? item : null;
  }
}

/** True for a retry line whose value counts. */
function isRetry(line: Uint8Array): boolean {
  return isDigits(line, valueStart(line, 0, line.length, 'retry'), line.length);
}

/** `indexOf` with Infinity for none. */
function find(bytes: Uint8Array, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index < 0 ? Infinity : index;
}
