import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseFromComparison } from '../../../src/protocol/parseFromComparison.ts';
import { parseFromWebview } from '../../../src/protocol/parseFromWebview.ts';

describe('parseFromComparison', () => {
  it('takes every message the page sends', () => {
    const get = (query: object) => ({ type: 'get', requestId: 1, query });
    const messages = [
      { type: 'ready' },
      { type: 'swap' },
      { type: 'sendBoth' },
      { type: 'openDiff', content: { kind: 'body' } },
      { type: 'openDiff', content: { kind: 'text' } },
      { type: 'openDiff', content: { kind: 'event', alignmentId: 2, pair: 7 } },
      { type: 'savePicture', svg: '<svg xmlns="">' },
      get({ kind: 'pairs', alignmentId: 1, onlyDifferences: true, from: 0, count: 50 }),
      get({ kind: 'pair', alignmentId: 1, onlyDifferences: false, row: 3 }),
      get({ kind: 'difference', alignmentId: 1, pair: 3, direction: 'previous' }),
      get({ kind: 'timelines', bins: 2000 }),
      get({ kind: 'timelines', bins: 2000, fromMs: 0.5, toMs: 12.25 }),
    ];
    for (const message of messages) assert.deepEqual(parseFromComparison(message), message);
  });

  it('takes nothing else', () => {
    const get = (query: object) => ({ type: 'get', requestId: 1, query });
    const others = [
      null,
      { type: 'runCommand', command: 'x' },
      { type: 'openDiff', content: { kind: 'file', path: '/etc/passwd' } },
      { type: 'openDiff', content: { kind: 'event', alignmentId: 1, pair: -1 } },
      { type: 'savePicture', svg: '<html><script>' },
      { type: 'savePicture', svg: `<svg ${'x'.repeat(5_000_001)}` },
      get({ kind: 'pairs', alignmentId: 1, onlyDifferences: 'yes', from: 0, count: 50 }),
      get({ kind: 'difference', alignmentId: 1, pair: 3, direction: 'up' }),
      get({ kind: 'pair', alignmentId: 1.5, onlyDifferences: false, row: 3 }),
    ];
    for (const message of others) assert.equal(parseFromComparison(message), null);
    fc.assert(fc.property(fc.anything(), (value) => void parseFromComparison(value)));
  });

  it('leaves out a range of time that is none, in both pages', () => {
    for (const range of [
      { fromMs: 5, toMs: 5 },
      { fromMs: 5 },
      { fromMs: 'a', toMs: 9 },
      { fromMs: 0, toMs: Infinity },
    ]) {
      const compared = parseFromComparison({
        type: 'get',
        requestId: 1,
        query: { kind: 'timelines', bins: 9, ...range },
      });
      assert.deepEqual(compared, { type: 'get', requestId: 1, query: { kind: 'timelines', bins: 9 } });
      const asked = parseFromWebview({
        type: 'get',
        requestId: 1,
        runId: 1,
        query: { kind: 'timeline', bins: 9, ...range },
      });
      assert.deepEqual(asked, { type: 'get', requestId: 1, runId: 1, query: { kind: 'timeline', bins: 9 } });
    }
    const rowAt = { type: 'get', requestId: 1, runId: 1, query: { kind: 'rowAt', atMs: 1.5 } };
    assert.deepEqual(parseFromWebview(rowAt), rowAt);
    assert.equal(parseFromWebview({ ...rowAt, query: { kind: 'rowAt', atMs: NaN } }), null);
  });
});
