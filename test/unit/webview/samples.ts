import type { Row, RunSnapshot } from '../../../src/protocol/messages.ts';

/** A run in the middle of its stream, with whatever a test wants different. */
export function sampleRun(changes: Partial<RunSnapshot> = {}): RunSnapshot {
  return {
    runId: 1,
    method: 'POST',
    url: 'http://127.0.0.1:9000/chat',
    requestHeaders: [],
    profile: 'local',
    isProtected: false,
    phase: 'streaming',
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: '1.1',
      headers: [],
      isEventStream: true,
    },
    elapsedMs: 1000,
    rowCount: 100,
    eventCount: 90,
    byteCount: 4096,
    end: null,
    ...changes,
  };
}

/** An event at a 0-based row. */
export function sampleRow(row: number, changes: Partial<Row> = {}): Row {
  return {
    row,
    kind: 'event',
    eventIndex: row,
    atMs: row * 10,
    eventType: 'message',
    id: '',
    preview: `data ${row}`,
    ...changes,
  };
}

/** Rows from `from`, so many. */
export function sampleRows(from: number, count: number): Row[] {
  return Array.from({ length: count }, (_, offset) => sampleRow(from + offset));
}
