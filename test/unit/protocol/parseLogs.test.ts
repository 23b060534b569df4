import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseFromWebview } from '../../../src/protocol/parseFromWebview.ts';

describe('what a page says of logs', () => {
  const choice = { id: null, range: 'hour', utcOffsetMinutes: 480 };
  const search = (changes: object): unknown =>
    parseFromWebview({ type: 'searchLogs', choice: { ...choice, ...changes } });
  const asked = (query: object): unknown => parseFromWebview({ type: 'get', requestId: 1, runId: 0, query });

  it('is taken where it is whole', () => {
    assert.deepEqual(search({ more: 'than asked' }), { type: 'searchLogs', choice });
    assert.deepEqual(search({ id: 1, range: 'run', utcOffsetMinutes: -720 }), {
      type: 'searchLogs',
      choice: { id: 1, range: 'run', utcOffsetMinutes: -720 },
    });
    assert.deepEqual(parseFromWebview({ type: 'moreLogs', url: 'x' }), { type: 'moreLogs' });
    assert.deepEqual(parseFromWebview({ type: 'cancelLogs' }), { type: 'cancelLogs' });
    const rows = { kind: 'logs', listId: 2, view: 'request', from: 0, count: 50 };
    assert.deepEqual(asked(rows), { type: 'get', requestId: 1, runId: 0, query: rows });
    const one = { kind: 'log', listId: 2, view: 'all', row: 3 };
    assert.deepEqual(asked(one), { type: 'get', requestId: 1, runId: 0, query: one });
  });

  it('is refused where it is not', () => {
    for (const changes of [
      { id: -1 },
      { id: 'x' },
      { id: undefined },
      { range: 'year' },
      { utcOffsetMinutes: 900 },
      { utcOffsetMinutes: 1.5 },
      { utcOffsetMinutes: '480' },
    ]) {
      assert.equal(search(changes), null, JSON.stringify(changes));
    }
    assert.equal(parseFromWebview({ type: 'searchLogs' }), null);
    assert.equal(asked({ kind: 'logs', listId: 2, view: 'some', from: 0, count: 5 }), null);
    assert.equal(asked({ kind: 'logs', view: 'all', from: 0, count: 5 }), null);
    assert.equal(asked({ kind: 'log', listId: 2, view: 'all', row: 0.5 }), null);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        parseFromWebview({ type: 'searchLogs', choice: value });
        parseFromWebview({
          type: 'get',
          requestId: 1,
          runId: 1,
          query: { kind: 'logs', view: value, listId: value },
        });
      }),
    );
  });
});
