import { ByteLog, type ByteLogOptions } from './byteLog.ts';
import { PackedNumbers } from './packedNumbers.ts';
import { RecordTable } from './recordTable.ts';
import type { RecordKind, StreamRecord } from './record.ts';
import { plainScanner, type Scanner } from './plainScanner.ts';
import { decodeUtf8, readPlain, readText, readType } from './recordBytes.ts';
import { SseScanner, type ScanSink } from './sseScanner.ts';
import { rowType, type StreamFormat } from './streamFormat.ts';

const KINDS: readonly RecordKind[] = ['event', 'comment', 'retry', 'incomplete', 'resumed'];
const RESUMED = KINDS.indexOf('resumed');
/** Bytes of a type that is numbered: a longer one is none. */
const MAX_TYPE_BYTES = 200;
/** Different event types that are numbered; the type of an event beyond them is read from its bytes. */
const MAX_TYPES = 1000;
const UNNUMBERED = MAX_TYPES;
/** Bytes read at first where only the beginning of a long record is wanted: its field names stand there. */
const NAME_BYTES = 1024;

/** A record as kept: when it came and which event it was. */
export interface StoredRecord {
  /** ms since the request was sent. */
  readonly atMs: number;
  /** 0-based among the events; -1 for any other kind. */
  readonly eventIndex: number;
  readonly record: StreamRecord;
}

/** One chunk of the body as it came off the connection. */
export interface StoredChunk {
  /** ms since the request was sent. */
  readonly atMs: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Records that were complete before it came. */
  readonly rowsBefore: number;
}

/** Where a stream goes on after a break. */
export interface ResumePoint {
  /** The row that stands for it. */
  readonly row: number;
  /** When the request was sent again, in ms since it was sent first. */
  readonly atMs: number;
  readonly byteOffset: number;
  /** What was sent as Last-Event-ID; empty for none. */
  readonly lastEventId: string;
  /** Ids that had been seen: {@link EventStore.seenId} gives them. */
  readonly idCount: number;
}

/**
 * One stream, append-only, nothing lost: its bytes as they came, and for each record ("row") 19 bytes that say
 * where in them it stands. Texts are decoded when somebody looks. Owns the spill of its bytes: dispose it.
 */
export class EventStore {
  readonly #log: ByteLog;
  /** How its bytes are read. */
  readonly format: StreamFormat;
  readonly #scanner: Scanner;
  readonly #records = new RecordTable();
  readonly #chunkAtMs = new PackedNumbers(Float64Array);
  readonly #chunkFrom = new PackedNumbers(Float64Array);
  readonly #chunkRowsBefore = new PackedNumbers(Uint32Array);
  /** Rows that are no events, ascending. */
  readonly #otherRows = new PackedNumbers(Uint32Array);
  /** Where the values of the last event ID stand, ascending. */
  readonly #idFrom = new PackedNumbers(Float64Array);
  readonly #idLengths = new PackedNumbers(Uint32Array);
  readonly #typeNames: string[];
  readonly #typeBytes: Uint8Array[] = [new Uint8Array(0)];
  readonly #typeCounts = [0];
  readonly #typeNumbers: Map<string, number>;
  #unnumberedCount = 0;
  /** The type of the event before: the next one is most often of the same. */
  #lastType = 0;
  #hasEnded = false;
  #lastChunk = -1;
  #lastRetryRow = -1;
  readonly #resumes: ResumePoint[] = [];

  constructor({
    format = 'event-stream',
    ...options
  }: ByteLogOptions & { readonly format?: StreamFormat } = {}) {
    this.format = format;
    this.#typeNames = [rowType(format)];
    this.#typeNumbers = new Map([[rowType(format), 0]]);
    this.#log = new ByteLog(options);
    const sink: ScanSink = {
      onRecord: (kind, from, to, typeFrom, typeTo) => this.#addRow(kind, from, to, typeFrom, typeTo),
      onLastEventId: (from, to) => {
        this.#idFrom.push(from);
        this.#idLengths.push(to - from);
      },
    };
    const read = (from: number, to: number): Uint8Array => this.#log.read(from, to);
    this.#scanner = format === 'event-stream' ? new SseScanner(sink, read) : plainScanner(format, sink, read);
  }

  /** Number of records of all kinds. */
  get length(): number {
    return this.#records.length;
  }

  /** Number of complete events. */
  get eventCount(): number {
    return this.#records.length - this.#otherRows.length;
  }

  /** Records that are no events. */
  get otherRowCount(): number {
    return this.#otherRows.length;
  }

  /** The row of the `index`-th record that is no event. */
  otherRow(index: number): number {
    return this.#otherRows.at(index);
  }

  /** Bytes received. */
  get byteLength(): number {
    return this.#log.length;
  }

  get chunkCount(): number {
    return this.#chunkAtMs.length;
  }

  /** True after {@link EventStore.end}. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Bytes that are kept outside memory. */
  get spilledBytes(): number {
    return this.#log.spilledBytes;
  }

  /** Why older bytes stay in memory although they should have left it; undefined if all is well. */
  get spillError(): unknown {
    return this.#log.spillError;
  }

  /** Takes a chunk of the body, received `atMs` after sending; empty ones are nothing. */
  append(atMs: number, chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#lastChunk++;
    this.#chunkAtMs.push(atMs);
    this.#chunkFrom.push(this.#log.length);
    this.#chunkRowsBefore.push(this.length);
    this.#log.append(chunk);
    this.#scanner.scan(chunk);
  }

  /** The stream has ended: what it left unfinished becomes an `incomplete` record. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#scanner.end();
  }

  /** The stream goes on after its end: the request was sent again, at `atMs`. What was unfinished stays so. */
  resume(atMs: number, lastEventId: string): void {
    this.end();
    this.#hasEnded = false;
    const { length: row, byteLength: byteOffset } = this;
    this.#resumes.push({ row, atMs, byteOffset, lastEventId, idCount: this.#idFrom.length });
    this.#otherRows.push(row);
    this.#records.push(RESUMED, 0, Math.max(0, this.#lastChunk), byteOffset, 0);
  }

  /** Where it went on after breaks, in order. */
  get resumes(): readonly ResumePoint[] {
    return this.#resumes;
  }

  /** The last event ID as the standard keeps it, for the next connection too; empty for none. */
  get lastEventId(): string {
    return this.#idFrom.length === 0 ? '' : this.#readId(this.#idFrom.length - 1);
  }

  /** The reconnection time in ms that the stream named last; null where it named none. */
  get retryMs(): number | null {
    return this.#lastRetryRow < 0 ? null : Number(this.text(this.#lastRetryRow));
  }

  /** Values of the last event ID so far, repeated ones too. */
  get seenIdCount(): number {
    return this.#idFrom.length;
  }

  /** The `index`-th value of the last event ID, 0-based and below {@link EventStore.seenIdCount}. */
  seenId(index: number): string {
    return this.#readId(index);
  }

  dispose(): void {
    this.#log.dispose();
  }

  kind(row: number): RecordKind {
    return KINDS[this.#records.kind(row)] ?? 'event';
  }

  /** When the chunk that completed the record came, in ms since the request was sent. */
  atMs(row: number): number {
    if (this.#resumes.length > 0 && this.#records.kind(row) === RESUMED)
      return this.#resumeAt(row)?.atMs ?? 0;
    return this.#chunkAtMs.at(this.#records.chunk(row));
  }

  /** ms since the event before it, or since sending. */
  gapMs(row: number): number {
    const before = this.#eventRowBefore(row);
    return this.atMs(row) - (before < 0 ? 0 : this.atMs(before));
  }

  /** 0-based among the events; -1 for any other kind. */
  eventIndex(row: number): number {
    return this.#records.kind(row) === 0 ? row - this.#otherRows.countBelow(row) : -1;
  }

  /** The row of an event, by its 0-based number below {@link EventStore.eventCount}. */
  eventRow(eventIndex: number): number {
    let low = 0;
    let high = this.#otherRows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // So many events stand before the record there.
      if (this.#otherRows.at(middle) - middle <= eventIndex) low = middle + 1;
      else high = middle;
    }
    return eventIndex + low;
  }

  /** Event type, `message` where the stream names none; empty for other kinds. */
  type(row: number): string {
    if (this.#records.kind(row) !== 0) return '';
    const number = this.#records.type(row);
    return number === UNNUMBERED ? this.#readType(row) : (this.#typeNames[number] ?? '');
  }

  /** The event types seen so far, in order of appearance, and how often; at most a thousand are told apart. */
  typeCounts(): readonly (readonly [type: string, count: number])[] {
    return this.#typeNames.map((name, number) => [name, this.#typeCounts[number] ?? 0] as const);
  }

  /** Events whose type is not among {@link EventStore.typeCounts}. */
  get unnumberedTypeCount(): number {
    return this.#unnumberedCount;
  }

  /**
   * A record's own text: an event's data, a comment, a retry's digits.
   * @param maxBytes how much of it to decode; the cut falls between characters
   */
  text(row: number, maxBytes = Infinity): string {
    const from = this.byteOffset(row);
    const to = this.byteEnd(row);
    const kind = this.kind(row);
    if (kind === 'resumed') return this.#resumeAt(row)?.lastEventId ?? '';
    if (this.format !== 'event-stream')
      return readPlain(this.#log.read(from, Math.min(to, from + maxBytes + 1)), maxBytes);
    const enough = maxBytes + NAME_BYTES;
    if (to - from <= enough) return readText(this.#log.read(from, to), kind, maxBytes);
    const text = readText(this.#log.read(from, from + enough), kind, maxBytes);
    // Other fields may fill the beginning.
    return text === '' ? readText(this.#log.read(from, to), kind, maxBytes) : text;
  }

  /** Where the record's lines begin, in bytes from the beginning of the stream. */
  byteOffset(row: number): number {
    return this.#records.offset(row);
  }

  /** Where they end, a blank line not included. */
  byteEnd(row: number): number {
    return this.#records.offset(row) + this.#records.byteLength(row);
  }

  /** Index of the chunk that completed the record. */
  chunkOf(row: number): number {
    return this.#records.chunk(row);
  }

  /** A chunk by its 0-based index, below {@link EventStore.chunkCount}. */
  chunk(index: number): StoredChunk {
    const byteOffset = this.#chunkFrom.at(index);
    const end = index + 1 < this.chunkCount ? this.#chunkFrom.at(index + 1) : this.byteLength;
    return {
      atMs: this.#chunkAtMs.at(index),
      byteOffset,
      byteLength: end - byteOffset,
      rowsBefore: this.#chunkRowsBefore.at(index),
    };
  }

  /** The stream's bytes from `from` up to `to`, not included: perhaps a view, so neither change nor keep it. */
  bytes(from: number, to: number): Uint8Array {
    return this.#log.read(from, to);
  }

  /** The record at a row, or undefined past the end; `maxBytes` as in {@link EventStore.text}. */
  get(row: number, maxBytes = Infinity): StoredRecord | undefined {
    if (!(row >= 0 && row < this.length)) return undefined;
    return { atMs: this.atMs(row), eventIndex: this.eventIndex(row), record: this.#record(row, maxBytes) };
  }

  #record(row: number, maxBytes: number): StreamRecord {
    const text = this.text(row, maxBytes);
    switch (this.kind(row)) {
      case 'comment':
        return { kind: 'comment', text };
      case 'retry':
        return { kind: 'retry', ms: Number(text) };
      case 'incomplete':
        return { kind: 'incomplete', data: text };
      case 'resumed':
        return { kind: 'resumed', lastEventId: text };
      case 'event': {
        const lastId = this.#lastId(row);
        const lastEventId = lastId < 0 ? '' : this.#readId(lastId);
        return { kind: 'event', type: this.type(row), id: this.id(row), lastEventId, data: text };
      }
    }
  }

  /** The `id` an event carries, its first `maxBytes`; empty for none and for other kinds. */
  id(row: number, maxBytes = Infinity): string {
    const index = this.#lastId(row);
    const isOwn =
      index >= 0 && this.#records.kind(row) === 0 && this.#idFrom.at(index) >= this.byteOffset(row);
    return isOwn ? this.#readId(index, maxBytes) : '';
  }

  /** Index of the last event ID that counts for a row; -1 if there is none. */
  #lastId(row: number): number {
    return this.#idFrom.countBelow(this.byteEnd(row)) - 1;
  }

  #readId(index: number, maxBytes = Infinity): string {
    const from = this.#idFrom.at(index);
    return decodeUtf8(this.#log.read(from, from + Math.min(maxBytes, this.#idLengths.at(index))));
  }

  #addRow(kind: RecordKind, from: number, to: number, typeFrom: number, typeTo: number): void {
    if (kind !== 'event') this.#otherRows.push(this.#records.length);
    const type = kind === 'event' ? this.#typeNumber(typeFrom, typeTo) : 0;
    if (kind === 'retry') this.#lastRetryRow = this.#records.length;
    this.#records.push(KINDS.indexOf(kind), type, this.#lastChunk, from, to - from);
  }

  #resumeAt(row: number): ResumePoint | undefined {
    return this.#resumes.find((point) => point.row === row);
  }

  #typeNumber(from: number, to: number): number {
    let number = this.#lastType;
    if (from === to) {
      number = 0;
    } else {
      const isNumbered = to - from <= MAX_TYPE_BYTES;
      const bytes = this.#log.read(from, isNumbered ? to : from);
      if (!isNumbered) number = UNNUMBERED;
      else if (!isEqual(bytes, this.#typeBytes[number])) number = this.#numberOf(bytes);
    }
    this.#lastType = number;
    if (number === UNNUMBERED) this.#unnumberedCount++;
    else this.#typeCounts[number] = (this.#typeCounts[number] ?? 0) + 1;
    return number;
  }

  #numberOf(bytes: Uint8Array): number {
    const name = decodeUtf8(bytes);
    const known = this.#typeNumbers.get(name);
    if (known !== undefined) return known;
    if (this.#typeNames.length === MAX_TYPES) return UNNUMBERED;
    const number = this.#typeNames.push(name) - 1;
    this.#typeBytes.push(bytes.slice());
    this.#typeCounts.push(0);
    this.#typeNumbers.set(name, number);
    return number;
  }

  /** The last `event` line's value, from the bytes. */
  #readType(row: number): string {
    return readType(this.#log.read(this.byteOffset(row), this.byteEnd(row)));
  }

  /** -1 if there is none. */
  #eventRowBefore(row: number): number {
    const others = this.#otherRows;
    const last = others.countBelow(row) - 1;
    if (last < 0 || others.at(last) !== row - 1) return row - 1;
    // Rows less their place in the list stay the same only where no event stands between them.
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (others.at(middle) - middle < others.at(last) - last) low = middle + 1;
      else high = middle;
    }
    return others.at(low) - 1;
  }
}

function isEqual(left: Uint8Array, right: Uint8Array | undefined): boolean {
  if (left.length !== right?.length) return false;
  for (let at = 0; at < left.length; at++) {
    if (left[at] !== right[at]) return false;
  }
  return true;
}
