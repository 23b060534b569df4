import type { StreamRecord } from './record.ts';

const PAGE_BYTES = 1024 * 1024;
const KINDS = ['event', 'comment', 'retry', 'incomplete'] as const;

/** A record as kept: when it came and which event it was. */
export interface StoredRecord {
  /** ms since the request was sent. */
  readonly atMs: number;
  /** 0-based among the events; -1 for any other kind. */
  readonly eventIndex: number;
  readonly record: StreamRecord;
}

/**
 * The records of one stream, append-only, packed: texts as UTF-8 in pages, numbers in typed arrays, so that a
 * million events cost their bytes and about 40 each, not an object each.
 */
export class EventStore {
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #pages: Uint8Array[] = [];
  #pageUsed = 0;
  readonly #types: string[] = [];
  readonly #typeNumbers = new Map<string, number>();
  #columns = makeColumns(1024);
  #length = 0;
  #eventCount = 0;
  /** Index of the record whose text is the last event ID, +1; 0 for none. */
  #lastIdRow = 0;
  #lastEventId = '';

  /** Number of records of all kinds. */
  get length(): number {
    return this.#length;
  }

  /** Number of complete events. */
  get eventCount(): number {
    return this.#eventCount;
  }

  append(atMs: number, record: StreamRecord): void {
    const row = this.#length;
    if (row === this.#columns.atMs.length) this.#columns = growColumns(this.#columns);
    const columns = this.#columns;
    columns.atMs[row] = atMs;
    columns.kind[row] = KINDS.indexOf(record.kind);
    columns.eventIndex[row] = record.kind === 'event' ? this.#eventCount++ : -1;
    switch (record.kind) {
      case 'event': {
        columns.type[row] = this.#typeNumber(record.type);
        this.#write(row, record.id, record.data, record.lastEventId);
        break;
      }
      case 'comment':
        this.#write(row, '', record.text, '');
        break;
      case 'retry':
        this.#write(row, '', String(record.ms), '');
        break;
      case 'incomplete':
        this.#write(row, '', record.data, '');
        break;
    }
    this.#length++;
  }

  /**
   * The record at a row, or undefined past the end.
   * @param maxBytes how much of its text to decode; the cut falls between characters
   */
  get(row: number, maxBytes = Infinity): StoredRecord | undefined {
    if (!(row >= 0 && row < this.#length)) return undefined;
    const columns = this.#columns;
    const base = { atMs: columns.atMs[row] ?? 0, eventIndex: columns.eventIndex[row] ?? -1 };
    const text = this.#read(row, 'text', maxBytes);
    switch (KINDS[columns.kind[row] ?? 0]) {
      case 'comment':
        return { ...base, record: { kind: 'comment', text } };
      case 'retry':
        return { ...base, record: { kind: 'retry', ms: Number(text) } };
      case 'incomplete':
        return { ...base, record: { kind: 'incomplete', data: text } };
      default: {
        const type = this.#types[columns.type[row] ?? 0] ?? '';
        const idRow = (columns.lastIdRow[row] ?? 0) - 1;
        const lastEventId = idRow < 0 ? '' : this.#read(idRow, 'lastId');
        return {
          ...base,
          record: { kind: 'event', type, id: this.#read(row, 'id'), lastEventId, data: text },
        };
      }
    }
  }

  #typeNumber(type: string): number {
    let number = this.#typeNumbers.get(type);
    if (number === undefined) {
      number = this.#types.push(type) - 1;
      this.#typeNumbers.set(type, number);
    }
    return number;
  }

  /** Packs `id`, `text` and, where it has changed and is not the event's own id, the last event ID. */
  #write(row: number, id: string, text: string, lastEventId: string): void {
    const columns = this.#columns;
    const hasNewLastId = lastEventId !== this.#lastEventId && columns.eventIndex[row] !== -1;
    const packedLastId = hasNewLastId ? lastEventId : '';
    const page = this.#pageFor(3 * (id.length + text.length + packedLastId.length));
    columns.page[row] = this.#pages.length - 1;
    columns.offset[row] = this.#pageUsed;
    let used = this.#pageUsed;
    const put = (value: string): number => {
      if (value === '') return 0;
      const { written } = this.#encoder.encodeInto(value, page.subarray(used));
      used += written;
      return written;
    };
    columns.idLength[row] = put(id);
    columns.textLength[row] = put(text);
    columns.lastIdLength[row] = put(packedLastId);
    this.#pageUsed = used;
    if (hasNewLastId) {
      this.#lastEventId = lastEventId;
      this.#lastIdRow = row + 1;
    }
    columns.lastIdRow[row] = this.#lastIdRow;
  }

  /** Bytes of a record's text. */
  textBytes(row: number): number {
    return this.#columns.textLength[row] ?? 0;
  }

  #read(row: number, part: 'id' | 'text' | 'lastId', maxBytes = Infinity): string {
    const columns = this.#columns;
    const page = this.#pages[columns.page[row] ?? 0];
    const idLength = columns.idLength[row] ?? 0;
    const textLength = columns.textLength[row] ?? 0;
    const start = columns.offset[row] ?? 0;
    const from = part === 'id' ? start : part === 'text' ? start + idLength : start + idLength + textLength;
    const length = part === 'id' ? idLength : part === 'text' ? textLength : (columns.lastIdLength[row] ?? 0);
    if (length === 0 || page === undefined) return '';
    let end = from + Math.min(length, maxBytes);
    while (end < from + length && ((page[end] ?? 0) & 0xc0) === 0x80) end--; // not inside a character
    return this.#decoder.decode(page.subarray(from, end));
  }

  /** The current page if it has room for so many bytes, else a new one. */
  #pageFor(bytes: number): Uint8Array {
    const current = this.#pages.at(-1);
    if (current !== undefined && current.length - this.#pageUsed >= bytes) return current;
    const page = new Uint8Array(Math.max(PAGE_BYTES, bytes));
    this.#pages.push(page);
    this.#pageUsed = 0;
    return page;
  }
}

function makeColumns(capacity: number) {
  return {
    atMs: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    type: new Uint32Array(capacity),
    eventIndex: new Int32Array(capacity),
    page: new Uint32Array(capacity),
    offset: new Uint32Array(capacity),
    idLength: new Uint32Array(capacity),
    textLength: new Uint32Array(capacity),
    lastIdLength: new Uint32Array(capacity),
    lastIdRow: new Uint32Array(capacity),
  };
}

function growColumns(columns: ReturnType<typeof makeColumns>): ReturnType<typeof makeColumns> {
  const grown = makeColumns(columns.atMs.length * 2);
  grown.atMs.set(columns.atMs);
  grown.kind.set(columns.kind);
  grown.type.set(columns.type);
  grown.eventIndex.set(columns.eventIndex);
  grown.page.set(columns.page);
  grown.offset.set(columns.offset);
  grown.idLength.set(columns.idLength);
  grown.textLength.set(columns.textLength);
  grown.lastIdLength.set(columns.lastIdLength);
  grown.lastIdRow.set(columns.lastIdRow);
  return grown;
}
