import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { axisTicks, roundStep } from '../../../../src/webview/timeline/timelineAxis.ts';

const durations = fc.double({ min: 0.1, max: 1e9, noNaN: true });

describe('timeline axis', () => {
  it('counts in tens below a second and as clocks do above', () => {
    const wanted = [0.3, 1, 3, 180, 500, 501, 3000, 11_000, 20_000, 100_000, 4_000_000];
    const found = [0.5, 1, 5, 200, 500, 1000, 5000, 15_000, 30_000, 120_000, 7_200_000];
    assert.deepEqual(wanted.map(roundStep), found);
  });

  it('never steps narrower than asked, nor more than three times as wide', () => {
    fc.assert(
      fc.property(durations, (minMs) => {
        const step = roundStep(minMs);
        assert.ok(step >= minMs * (1 - 1e-6) && step <= minMs * 3, `${minMs}: ${step}`);
      }),
    );
  });

  it('writes times as short as they may be', () => {
    const labels = (endMs: number, count: number): string[] =>
      axisTicks({ fromMs: 0, toMs: endMs }, count).map(({ label }) => label);
    assert.deepEqual(labels(45, 4), ['0', '20 ms', '40 ms']);
    assert.deepEqual(labels(1200, 4), ['0', '0.5 s', '1.0 s']);
    assert.deepEqual(labels(70_000, 6), ['0', '15 s', '30 s', '45 s', '60 s']);
    assert.deepEqual(labels(300_000, 4), ['0', '2:00', '4:00']);
    assert.deepEqual(labels(7_300_000, 4), ['0', '1:00:00', '2:00:00']);
  });

  it('has marks from 0 on, evenly, within the time and no more than fit, each with another label', () => {
    fc.assert(
      fc.property(durations, fc.integer({ min: 2, max: 30 }), (endMs, count) => {
        const ticks = axisTicks({ fromMs: 0, toMs: endMs }, count);
        const step = (ticks[1]?.atMs ?? endMs) - 0;
        assert.equal(ticks[0]?.label, '0');
        assert.ok(ticks.length <= count);
        ticks.forEach(({ atMs }, index) => assert.ok(Math.abs(atMs - index * step) < 1e-6 * endMs));
        assert.ok((ticks.at(-1)?.atMs ?? 0) <= endMs * (1 + 1e-6));
        assert.equal(new Set(ticks.map(({ label }) => label)).size, ticks.length);
      }),
    );
  });
});
