import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { GapStatistics } from '../../../../../src/core/stream/timing/gapStatistics.ts';

const gapList = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.double({ min: 0.001, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 700 }); // prettier-ignore

function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

describe('GapStatistics', () => {
  it('gives the figures that sorting gives, also when asked in between', () => {
    fc.assert(
      fc.property(gapList, fc.nat(700), (gaps, askAfter) => {
        const statistics = new GapStatistics();
        gaps.forEach((gap, index) => {
          statistics.add(gap, index + 1);
          if (index === askAfter) statistics.figures();
        });
        const sorted = gaps.toSorted((a, b) => a - b);
        const maxMs = sorted.at(-1) ?? 0;
        assert.deepEqual(statistics.figures(), {
          count: gaps.length,
          p50Ms: nearestRank(sorted, 0.5),
          p95Ms: nearestRank(sorted, 0.95),
          maxMs,
          maxEventIndex: gaps.indexOf(maxMs) + 1,
          typicalMs: nearestRank(sorted.filter((gap) => gap > 0), 0.5),
        }); // prettier-ignore
      }),
    );
  });

  it('has no figures without a gap', () => {
    assert.equal(new GapStatistics().figures(), null);
  });
});
