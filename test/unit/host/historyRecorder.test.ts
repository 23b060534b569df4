import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeptHead } from '../../../src/core/history/keptRun.ts';
import { HistoryRecorder } from '../../../src/host/historyRecorder.ts';
import type { Run } from '../../../src/host/run.ts';

const nothing = (): void => undefined;

/** What is kept of a run before it was prepared. */
function headOf(label: string, target: string): KeptHead {
  const subject = { uri: 'file:///w/chat.cbhttp', key: 'line:GET 1', label, method: 'GET', target, located: null }; // prettier-ignore
  const run = { id: '1', subject, timeoutSeconds: null, elapsedMs: () => 0 } as unknown as Run;
  const file = { append: nothing, pressure: () => undefined, writeHead: nothing, settle: () => Promise.resolve(), closeNow: nothing }; // prettier-ignore
  const owner = { pid: 1, session: 'this window' };
  return new HistoryRecorder(run, { file, owner, maxBytes: 1000, onChange: nothing, onSettled: nothing })
    .head;
}

describe('the head of a kept run', () => {
  it('has no credentials of a URL, however short, where the request was refused before it was prepared', () => {
    const target = 'https://me:pw@api.example.com/x?access_token=AKsecret1234567&page=2&api_key=short';
    const { target: kept, request } = headOf(`GET ${target.replace('me:pw@', '')}`, target);
    assert.equal(kept, 'https://api.example.com/x?access_token=***&page=2&api_key=***');
    assert.equal(request.label, `GET ${kept}`);
  });

  it('has the name and the target as they were written where nothing is to be hidden', () => {
    const { target, request } = headOf('Which page? $& page=2', 'fn://chat?page=2&max_tokens=5');
    assert.deepEqual([request.label, target], ['Which page? $& page=2', 'fn://chat?page=2&max_tokens=5']);
  });
});
