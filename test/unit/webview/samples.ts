import type { PanelSnapshot, Row, RunSnapshot, StreamSnapshot } from '../../../src/protocol/messages.ts';

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
      format: 'event-stream',
    },
    sent: { route: 'local', functionName: 'chat', connection: null, redirects: [] },
    wait: null,
    canResume: false,
    canStart: false,
    elapsedMs: 1000,
    functionTimeoutMs: null,
    rowCount: 100,
    eventCount: 90,
    byteCount: 4096,
    problemCount: 0,
    stream: sampleStream(),
    end: null,
    ...changes,
  };
}

/** What is known of that stream. */
export function sampleStream(changes: Partial<StreamSnapshot> = {}): StreamSnapshot {
  return {
    filter: null,
    text: { channels: [], rate: null },
    chunkCount: 10,
    errorCount: 0,
    warningCount: 0,
    infoCount: 0,
    liveness: { state: 'active', words: '' },
    resumed: '',
    isAnalysed: false,
    ...changes,
  };
}

/** A panel of a request that was sent in this window. */
export const samplePanel: PanelSnapshot = {
  panelId: 'panel-1',
  isPinned: false,
  canPin: true,
  request: { uri: 'file:///w/chat.cbhttp', key: 'chat', label: 'Chat' },
  tab: null,
  lost: null,
  logs: null,
};

/** An event at a 0-based row. */
export function sampleRow(row: number, changes: Partial<Row> = {}): Row {
  return {
    row,
    kind: 'event',
    eventIndex: row,
    atMs: row * 10,
    gapMs: 10,
    eventType: 'message',
    id: '',
    preview: `data ${row}`,
    text: null,
    isDuplicate: false,
    ...changes,
  };
}

/** Rows from `from`, so many. */
export function sampleRows(from: number, count: number): Row[] {
  return Array.from({ length: count }, (_, offset) => sampleRow(from + offset));
}
