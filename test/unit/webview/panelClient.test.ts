import assert from 'node:assert/strict';
import type { PanelAnswer } from '../../../src/protocol/answers.ts';
import {
  NO_FILTER,
  PROTOCOL_VERSION,
  type FromWebview,
  type RunSnapshot,
} from '../../../src/protocol/messages.ts';
import { parseFromWebview } from '../../../src/protocol/parseFromWebview.ts';
import { PanelClient } from '../../../src/webview/panelClient.ts';
import { UNTOUCHED } from '../../../src/webview/savedState.ts';
import { initialState } from '../../../src/webview/state.ts';
import { samplePanel, sampleRows, sampleRun, sampleStream } from './samples.ts';

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
      client.receive({
        type: 'state',
        protocolVersion: PROTOCOL_VERSION,
        panel: samplePanel,
        run,
        tail: null,
      }),
    /** Resolves when whoever asked has seen the answer. */
    answer: async (requestId: number, answer: PanelAnswer | null, runId = 1) => {
      client.receive(
        answer === null ? { type: 'failed', requestId } : { type: 'answer', requestId, runId, answer },
      );
      await new Promise(setImmediate);
    },
    pass: (ms: number) => {
      nowMs += ms;
      for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.callback();
      }
    },
  };
}

const rows = (from: number, count: number, filterId = 0): PanelAnswer => ({
  kind: 'rows',
  filterId,
  from,
  rows: sampleRows(from, count),
});

describe('panel client', () => {
  it('asks for rows in view and draws when they are here', async () => {
    const { client, posted, receiveState, answer, changes } = testClient();
    receiveState(sampleRun());
    client.wantRows(0, 30);
    client.wantRows(0, 30);
    const query = { kind: 'rows', filterId: 0, from: 0, count: 30 };
    assert.deepEqual(posted, [{ type: 'get', requestId: 1, runId: 1, query }]);
    const before = changes();
    await answer(1, rows(0, 30));
    assert.ok(changes() > before);
    assert.equal(client.rows.get(29)?.row, 29);
  });

  it('forgets the rows of the run or filter before', async () => {
    const { client, receiveState, answer } = testClient();
    receiveState(sampleRun());
    client.wantRows(0, 10);
    await answer(1, rows(0, 10));
    client.wantRows(10, 20);
    const filter = { filterId: 5, rowCount: 3, isDone: true, error: '', cutCount: 0, cutBytes: 0 };
    receiveState(sampleRun({ stream: sampleStream({ filter }) }));
    assert.equal(client.rows.size, 0);
    await answer(2, rows(10, 10));
    assert.equal(client.rows.size, 0);
    client.wantRows(0, 3);
    await answer(3, rows(0, 3, 5));
    assert.equal(client.rows.size, 3);
    receiveState(sampleRun({ runId: 2, rowCount: 0 }));
    assert.equal(client.rows.size, 0);
  });

  it('looks again, later, for rows that could not be had', async () => {
    const { client, posted, receiveState, answer, changes, pass } = testClient();
    receiveState(sampleRun());
    client.wantRows(0, 10);
    const before = changes();
    await answer(1, null);
    assert.equal(changes(), before);
    pass(250);
    assert.equal(changes(), before + 1);
    client.wantRows(0, 10);
    assert.equal(posted.length, 2);
  });

  it('asks for a selected record once', () => {
    const { client, posted, receiveState } = testClient();
    receiveState(sampleRun());
    client.dispatch({ type: 'select', position: 5, row: 5, follow: false });
    receiveState(sampleRun({ rowCount: 101 }));
    assert.deepEqual(posted, [{ type: 'get', requestId: 1, runId: 1, query: { kind: 'record', row: 5 } }]);
    assert.equal(client.copyRecord(), true);
    client.dispatch({ type: 'closeDetail' });
    assert.equal(client.copyRecord(), false);
  });

  it('gives whoever asks the answer to that question, null where there is none or another run came', async () => {
    const { client, receiveState, answer } = testClient();
    assert.equal(await client.ask<'types'>({ kind: 'types' }), null);
    receiveState(sampleRun());
    const asked = ['one', 'two', 'three'].map(() => client.ask<'types'>({ kind: 'types' }));
    const types: PanelAnswer = { kind: 'types', types: [{ type: 'message', count: 1 }], others: 0 };
    await answer(2, null);
    await answer(1, types);
    receiveState(sampleRun({ runId: 2 }));
    await answer(3, types, 1);
    assert.deepEqual(await Promise.all(asked), [types, null, null]);
  });

  it('asks for what is new of a body, and gives whoever asks all of it', async () => {
    const { client, posted, receiveState, answer } = testClient();
    receiveState(sampleRun());
    const part = (from: number, text: string): PanelAnswer => ({
      kind: 'body',
      contentType: 'text/plain',
      wanted: null,
      from,
      to: from + text.length,
      text,
      bytes: null,
      isShortened: false,
    });
    const first = client.ask<'body'>({ kind: 'body' });
    await answer(1, part(0, 'abc'));
    const second = client.ask<'body'>({ kind: 'body' });
    await answer(2, part(3, 'def'));
    const third = client.ask<'body'>({ kind: 'body' });
    await answer(3, null);
    const fourth = client.ask<'body'>({ kind: 'body' });
    await answer(4, part(0, 'abcdefg'));
    assert.deepEqual(
      (await Promise.all([first, second, third, fourth])).map((body) => body?.text),
      ['abc', 'abcdef', undefined, 'abcdefg'],
    );
    const asked = posted.map((message) => message.type === 'get' && message.query);
    assert.deepEqual(
      asked,
      [0, 3, 6, 0].map((from) => ({ kind: 'body', from })),
    );
  });

  it('tells the host which filter is wanted, also one that a restored panel kept', () => {
    const { client, posted } = testClient();
    client.dispatch({ type: 'setFilter', filter: { ...NO_FILTER, text: 'a' } });
    assert.deepEqual(posted, [{ type: 'setFilter', filter: { ...NO_FILTER, text: 'a' } }]);
    const lost = { method: 'GET', url: '', profile: '', phase: 'ended', reason: null, eventCount: 0, byteCount: 0 } as const; // prettier-ignore
    client.receive({
      type: 'state',
      protocolVersion: PROTOCOL_VERSION,
      panel: { ...samplePanel, lost },
      run: null,
      tail: null,
    });
    assert.equal(posted.length, 2);
  });

  it('posts only what the host accepts', () => {
    const { client, posted, receiveState } = testClient();
    receiveState(sampleRun());
    client.wantRows(0, 5000);
    client.dispatch({ type: 'select', position: 5, row: 5, follow: false });
    client.copyRecord();
    client.dispatch({ type: 'setTab', tab: 'timeline' });
    client.dispatch({ type: 'setFilter', filter: { ...NO_FILTER, mode: 'regex', type: 'x' } });
    void client.ask<'timeline'>({ kind: 'timeline', bins: 100 });
    void client.ask<'chunks'>({ kind: 'chunks', from: 0, count: 10 });
    void client.ask<'text'>({ kind: 'text', channel: 'content', from: 0 });
    void client.ask<'body'>({ kind: 'body' });
    assert.equal(posted.length, 9);
    for (const message of posted) assert.deepEqual(parseFromWebview(message), message);
  });

  it('posts nothing that names a command, a path or a scheme of its own', () => {
    for (const url of ['command:workbench.action.quit', 'file:///etc/passwd', 'vscode://x', 'javascript:1']) {
      assert.equal(parseFromWebview({ type: 'openLink', url }), null, url);
    }
    assert.notEqual(parseFromWebview({ type: 'openLink', url: 'https://example.com/' }), null);
  });
});
