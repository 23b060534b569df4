import assert from 'node:assert/strict';
import {
  PROTOCOL_VERSION,
  parseFromWebview,
  type FromWebview,
  type RunSnapshot,
} from '../../../src/protocol/messages.ts';
import { PanelClient } from '../../../src/webview/panelClient.ts';
import { UNTOUCHED } from '../../../src/webview/savedState.ts';
import { initialState } from '../../../src/webview/state.ts';
import { sampleRows, sampleRun } from './samples.ts';

/** A client with a clock that the test moves and a record of what it posted. */
function testClient() {
  const posted: FromWebview[] = [];
  const timers: { atMs: number; callback: () => void }[] = [];
  let nowMs = 0;
  let changes = 0;
  const client = new PanelClient(initialState(UNTOUCHED), {
    post: (message) => posted.push(message),
    now: () => nowMs,
    after: (ms, callback) => timers.push({ atMs: nowMs + ms, callback }),
    onChange: () => changes++,
  });
  return {
    client,
    posted,
    changes: () => changes,
    receiveState: (run: RunSnapshot | null) =>
      client.receive({ type: 'state', protocolVersion: PROTOCOL_VERSION, run }),
    pass: (ms: number) => {
      nowMs += ms;
      for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.callback();
      }
    },
  };
}

const plainText = {
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [],
  isEventStream: false,
  atMs: 1,
} as const;

describe('panel client', () => {
  it('asks for rows in view and draws when they are here', () => {
    const { client, posted, receiveState, changes } = testClient();
    receiveState(sampleRun());
    client.wantRows(0, 30);
    client.wantRows(0, 30);
    assert.deepEqual(posted, [{ type: 'getRows', requestId: 1, runId: 1, from: 0, count: 30 }]);
    const before = changes();
    client.receive({ type: 'rows', requestId: 1, runId: 1, rows: sampleRows(0, 30) });
    assert.ok(changes() > before);
    assert.equal(client.rows.get(29)?.row, 29);
  });

  it('forgets the rows of the run before', () => {
    const { client, receiveState } = testClient();
    receiveState(sampleRun());
    client.wantRows(0, 10);
    client.receive({ type: 'rows', requestId: 1, runId: 1, rows: sampleRows(0, 10) });
    client.wantRows(10, 20);
    receiveState(sampleRun({ runId: 2, rowCount: 0 }));
    assert.equal(client.rows.size, 0);
    client.receive({ type: 'rows', requestId: 2, runId: 1, rows: sampleRows(10, 10) });
    assert.equal(client.rows.size, 0);
  });

  it('looks again, later, for rows that could not be had', () => {
    const { client, posted, receiveState, changes, pass } = testClient();
    receiveState(sampleRun());
    client.wantRows(0, 10);
    const before = changes();
    client.receive({ type: 'failed', requestId: 1 });
    assert.equal(changes(), before);
    pass(250);
    assert.equal(changes(), before + 1);
    client.wantRows(0, 10);
    assert.equal(posted.length, 2);
  });

  it('asks for a selected record once', () => {
    const { client, posted, receiveState } = testClient();
    receiveState(sampleRun());
    client.dispatch({ type: 'select', row: 5, follow: false });
    receiveState(sampleRun({ rowCount: 101 }));
    assert.deepEqual(posted, [{ type: 'getRecord', requestId: 1, runId: 1, row: 5 }]);
    assert.equal(client.copyRecord(), true);
    client.dispatch({ type: 'closeDetail' });
    assert.equal(client.copyRecord(), false);
  });

  it('fetches a growing body at most every 250 ms, and the last of it at once', () => {
    const { client, posted, receiveState, pass } = testClient();
    const run = sampleRun({ phase: 'receiving', response: plainText, byteCount: 10 });
    const answer = (requestId: number): void =>
      client.receive({ type: 'body', requestId, runId: 1, text: 'x', isShortened: false });
    receiveState(run);
    assert.equal(posted.length, 1);
    answer(1);
    pass(100);
    receiveState({ ...run, byteCount: 20 });
    receiveState({ ...run, byteCount: 30 });
    assert.equal(posted.length, 1);
    pass(150);
    assert.equal(posted.length, 2);
    receiveState({
      ...run,
      byteCount: 40,
      phase: 'ended',
      end: { reason: 'complete', message: '', advice: [] },
    });
    assert.equal(posted.length, 2, 'one request at a time');
    answer(2);
    assert.equal(posted.length, 3);
    answer(3);
    assert.equal(posted.length, 3);
  });

  it('never asks for the body of an event stream', () => {
    const { posted, receiveState } = testClient();
    receiveState(sampleRun());
    assert.deepEqual(posted, []);
  });

  it('posts only what the host accepts', () => {
    const { client, posted, receiveState } = testClient();
    receiveState(sampleRun());
    client.wantRows(0, 5000);
    client.dispatch({ type: 'select', row: 5, follow: false });
    client.copyRecord();
    client.copyBody();
    receiveState(sampleRun({ runId: 2, response: plainText }));
    assert.equal(posted.length, 5);
    for (const message of posted) assert.deepEqual(parseFromWebview(message), message);
  });
});
