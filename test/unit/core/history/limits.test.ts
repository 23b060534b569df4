import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { runsOverLimits, type LimitedRun } from '../../../../src/core/history/limits.ts';

const run = (id: number, others: Partial<LimitedRun> = {}): LimitedRun => ({
  id: String(id),
  startedMs: id,
  byteLength: 10,
  isPinned: false,
  isLive: false,
  ...others,
});
const ids = (runs: readonly LimitedRun[]): string[] => runs.map(({ id }) => id).sort();

describe('the limits of the history', () => {
  it('let the oldest go, by number and by size', () => {
    const runs = [run(3), run(1), run(2)];
    assert.deepEqual(ids(runsOverLimits(runs, { maxRuns: 2, maxBytes: 1000 })), ['1']);
    assert.deepEqual(ids(runsOverLimits(runs, { maxRuns: 9, maxBytes: 25 })), ['1']);
    assert.deepEqual(ids(runsOverLimits(runs, { maxRuns: 0, maxBytes: 25 })), ['1', '2', '3']);
  });

  it('let a run go that is too large alone, not those before it', () => {
    const runs = [run(1), run(2), run(3, { byteLength: 500 })];
    assert.deepEqual(ids(runsOverLimits(runs, { maxRuns: 2, maxBytes: 100 })), ['3']);
  });

  it('leave pinned runs and those that are being written', () => {
    const runs = [run(1, { isPinned: true }), run(2, { isLive: true }), run(3), run(4)];
    assert.deepEqual(ids(runsOverLimits(runs, { maxRuns: 1, maxBytes: 1000 })), ['3']);
    assert.deepEqual(ids(runsOverLimits(runs, { maxRuns: 0, maxBytes: 0 })), ['3', '4']);
  });

  it('hold for any runs', () => {
    const any = fc.array(
      fc.record({ startedMs: fc.nat(50), byteLength: fc.nat(100), isPinned: fc.boolean(), isLive: fc.boolean() }),
    ); // prettier-ignore
    fc.assert(
      fc.property(any, fc.nat(10), fc.nat(500), (given, maxRuns, maxBytes) => {
        const runs = given.map((one, index) => ({ id: String(index), ...one }));
        const over = new Set(runsOverLimits(runs, { maxRuns, maxBytes }));
        const left = runs.filter((one) => !over.has(one) && !one.isPinned && !one.isLive);
        assert.ok(left.length <= maxRuns);
        assert.ok(left.reduce((sum, { byteLength }) => sum + byteLength, 0) <= maxBytes);
        assert.ok([...over].every(({ isPinned, isLive }) => !isPinned && !isLive));
      }),
    );
  });
});
