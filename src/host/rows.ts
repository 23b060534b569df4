import type { EventStore, StoredRecord } from '../core/stream/eventStore.ts';
import { prettyJson } from '../core/stream/prettyJson.ts';
import { MAX_ROWS_PER_REQUEST, type RecordDetail, type Row } from '../protocol/messages.ts';

/** Bytes of data a row shows, and the detail of one record. */
const PREVIEW_BYTES = 300;
const DETAIL_BYTES = 1_000_000;

/** The rows a webview asked for, as many as there are. */
export function readRows(store: EventStore, from: number, count: number): Row[] {
  const start = Math.max(0, from);
  const end = Math.min(store.length, start + Math.min(count, MAX_ROWS_PER_REQUEST));
  const rows: Row[] = [];
  for (let row = start; row < end; row++) {
    const stored = store.get(row, PREVIEW_BYTES);
    if (stored !== undefined) rows.push(toRow(row, stored));
  }
  return rows;
}

/** A record, its first megabyte of data, or null past the end. */
export function readRecord(store: EventStore, row: number): RecordDetail | null {
  const stored = store.get(row, DETAIL_BYTES);
  if (stored === undefined) return null;
  const data = textOf(stored);
  const lastEventId = stored.record.kind === 'event' ? stored.record.lastEventId : '';
  const isShortened = store.textBytes(row) > DETAIL_BYTES;
  const prettyData = isShortened ? null : prettyJson(data);
  return { ...toRow(row, stored), lastEventId, data, isShortened, prettyData };
}

/** A record's whole text, or undefined past the end. */
export function readText(store: EventStore, row: number): string | undefined {
  const stored = store.get(row);
  return stored && textOf(stored);
}

function toRow(row: number, stored: StoredRecord): Row {
  const { record, eventIndex, atMs } = stored;
  return {
    row,
    kind: record.kind,
    eventIndex,
    atMs,
    eventType: record.kind === 'event' ? record.type : '',
    id: record.kind === 'event' ? record.id : '',
    preview: textOf(stored).slice(0, PREVIEW_BYTES).replace(/\s+/g, ' '),
  };
}

function textOf({ record }: StoredRecord): string {
  switch (record.kind) {
    case 'comment':
      return record.text;
    case 'retry':
      return `${record.ms} ms`;
    case 'event':
    case 'incomplete':
      return record.data;
  }
}
