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

  it('is within 0.05 % with any number of gaps, and exact in what it counts', () => {
    const scale = fc.double({ min: 0.002, max: 1e8, noNaN: true });
    fc.assert(
      fc.property(fc.integer(), scale, fc.integer({ min: 1, max: 9 }), (seed, maxMs, zeroEvery) => {
        let random = seed;
        const gaps = Array.from({ length: 6000 }, (_, index) => {
          random = (Math.imul(random, 1664525) + 1013904223) | 0;
          return index % zeroEvery === 1 ? 0 : 0.001 + ((random >>> 8) / 2 ** 24) ** 3 * maxMs;
        });
        const statistics = new GapStatistics();
        gaps.forEach((gap, index) => statistics.add(gap, index + 1));
        const figures = statistics.figures();
        const sorted = gaps.toSorted((a, b) => a - b);
        const longest = sorted.at(-1) ?? 0;
        assert.deepEqual([figures?.count, figures?.maxMs], [6000, longest]);
        assert.equal(figures?.maxEventIndex, gaps.indexOf(longest) + 1);
        const expected = [
          nearestRank(sorted, 0.5),
          nearestRank(sorted, 0.95),
          nearestRank(sorted.filter((gap) => gap > 0), 0.5),
        ]; // prettier-ignore
        [figures?.p50Ms, figures?.p95Ms, figures?.typicalMs].forEach((found = NaN, index) => {
          const exact = expected[index] ?? NaN;
          assert.ok(Math.abs(found - exact) <= exact * 0.0005, `${found} for ${exact}`);
          assert.ok(found <= longest);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('takes gaps shorter and longer than any clock tells', () => {
    const statistics = new GapStatistics();
    for (let n = 0; n < 5000; n++) statistics.add(n % 2 === 0 ? 1e-9 : 1e15, n + 1);
    const figures = statistics.figures();
    assert.ok(figures !== null && figures.p50Ms < 0.002 && figures.p95Ms > 1e8);
    assert.equal(figures.maxMs, 1e15);
  });

  it('answers within 10 ms after every one of a million gaps', () => {
    const statistics = new GapStatistics();
    for (let n = 0; n < 1_000_000; n++) statistics.add(0.001 + ((n * 7919) % 1_000_003) / 1000, n + 1);
    const times = Array.from({ length: 5 }, (_, n) => {
      statistics.add(n + 1, 1_000_001 + n);
      const startMs = performance.now();
      statistics.figures();
      return performance.now() - startMs;
    });
    assert.ok(Math.min(...times) < 10, times.join());
  });

  it('has no figures without a gap', () => {
    assert.equal(new GapStatistics().figures(), null);
  });
});
