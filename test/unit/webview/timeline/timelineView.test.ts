import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  askedRange,
  panned,
  revealing,
  shownView,
  zoomed,
  type TimeView,
} from '../../../../src/webview/timeline/timelineView.ts';

const END = 10_000;
const views = fc.option(
  fc
    .tuple(fc.double({ min: 0, max: 9000, noNaN: true }), fc.double({ min: 1, max: 1000, noNaN: true }))
    .map(([fromMs, span]): TimeView => ({ fromMs, toMs: fromMs + span })),
);

describe('the part of the time that is shown', () => {
  it('zooms around a moment, which stays where it is', () => {
    assert.deepEqual(zoomed(null, END, 0.5, 2000), { fromMs: 1000, toMs: 6000 });
    assert.deepEqual(zoomed({ fromMs: 1000, toMs: 6000 }, END, 0.1, 6000), { fromMs: 5500, toMs: 6000 });
    assert.equal(zoomed({ fromMs: 1000, toMs: 6000 }, END, 2, 2000), null);
  });

  it('pans and reveals no further than it must', () => {
    assert.equal(panned(null, END, 500), null);
    assert.deepEqual(panned({ fromMs: 100, toMs: 300 }, END, -500), { fromMs: 0, toMs: 200 });
    assert.deepEqual(panned({ fromMs: 9700, toMs: 9900 }, END, 500), { fromMs: 9800, toMs: 10_000 });
    const view = { fromMs: 1000, toMs: 2000 };
    assert.equal(revealing(view, END, 1500), view);
    assert.deepEqual(revealing(view, END, 2500), { fromMs: 1600, toMs: 2600 });
    assert.deepEqual(revealing(view, END, 500), { fromMs: 400, toMs: 1400 });
  });

  it('never leaves the time there is', () => {
    const within = (view: TimeView | null): boolean =>
      view === null || (view.fromMs >= 0 && view.toMs <= END + 1e-6 && view.fromMs < view.toMs);
    const share = fc.double({ min: 0.01, max: 100, noNaN: true });
    const moment = fc.double({ min: -20_000, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(views, share, moment, (view, factor, at) => {
        assert.ok(within(zoomed(view, END, factor, at)));
        assert.ok(within(panned(view, END, at)));
        assert.ok(within(revealing(view, END, Math.max(0, Math.min(END, at)))));
        const asked = askedRange(view, END);
        const shown = shownView(view, END);
        assert.ok(
          asked === null || (asked.fromMs <= shown.fromMs && asked.toMs >= Math.min(END, shown.toMs)),
        );
      }),
    );
  });
});
