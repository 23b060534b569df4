import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { median, percentile, tableLines, type Figures } from '../../bench/figures.ts';

const values = fc.array(fc.double({ min: 0, max: 10_000, noNaN: true }), { minLength: 1 });

describe('the benchmark’s figures', () => {
  it('take the middle value for the median, whatever the order', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(median([7]), 7);
  });

  it('take for a percentile the smallest value that so many do not exceed', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (all, percent) => {
        const found = percentile(all, percent);
        const needed = (percent / 100) * all.length;
        assert.ok(all.includes(found));
        assert.ok(all.filter((value) => value <= found).length >= needed - 1e-9);
        assert.ok(all.filter((value) => value < found).length < needed + 1e-9);
      }),
    );
  });

  it('say of each bar whether it is met; what was not measured is not', () => {
    const figures: Figures = {
      events100kMs: 181,
      bare100kMs: 40,
      events1mMs: 600,
      bare1mMs: 300,
      trailMs: null,
      hostRssGrowthMb: 130,
      frameP95Ms: 16.8,
      frameP99Ms: 51,
      latencyP95Ms: 50,
      domRows: 60,
      searchMs: 400,
    };
    const verdicts = tableLines(figures).map((line) => /(NOT )?MET$|met$/i.exec(line)?.[0] ?? '');
    assert.deepEqual(verdicts, [
      ...['', 'NOT MET', '', 'met', 'NOT MET', 'met', 'met', 'NOT MET', 'met', 'met', 'met'],
    ]);
  });
});
