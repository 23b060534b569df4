import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rowForKey } from '../../../src/webview/navigation.ts';
import {
  isScaled,
  MAX_SCROLL_HEIGHT,
  maxTop,
  rowsInView,
  scrollHeight,
  scrollTopFor,
  topFor,
  topToReveal,
} from '../../../src/webview/scrollMap.ts';

const million = { rowCount: 1_000_000, rowHeight: 22, viewHeight: 600 };
const extents = fc.record({
  rowCount: fc.integer({ min: 1, max: 20_000_000 }),
  rowHeight: fc.integer({ min: 16, max: 60 }),
  viewHeight: fc.integer({ min: 1, max: 4000 }),
});

describe('scroll map', () => {
  it('leaves a short list alone', () => {
    const extent = { rowCount: 100, rowHeight: 22, viewHeight: 600 };
    assert.equal(isScaled(extent), false);
    assert.equal(scrollHeight(extent), 2200);
    assert.equal(scrollTopFor(123, extent), 123);
  });

  it('keeps a million rows below what browsers can lay out and still reaches both ends', () => {
    assert.equal(scrollHeight(million), MAX_SCROLL_HEIGHT);
    assert.equal(topFor(0, million), 0);
    assert.equal(topFor(MAX_SCROLL_HEIGHT - 600, million), maxTop(million));
    assert.deepEqual(rowsInView(maxTop(million), million, 0), { from: 999_972, to: 1_000_000 });
  });

  it('finds every top again from its scroll position, and stays within the element', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, share) => {
        const top = share * maxTop(extent);
        const scrollTop = scrollTopFor(top, extent);
        assert.ok(
          scrollTop >= 0 && scrollTop <= Math.max(0, scrollHeight(extent) - extent.viewHeight) + 1e-6,
        );
        assert.ok(Math.abs(topFor(scrollTop, extent) - top) < 1e-3);
      }),
    );
  });

  it('draws no more rows than fit, however many there are', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, share) => {
        const { from, to } = rowsInView(share * maxTop(extent), extent, 4);
        assert.ok(from >= 0 && to <= extent.rowCount && from <= to);
        assert.ok(to - from <= Math.ceil(extent.viewHeight / extent.rowHeight) + 9);
      }),
    );
  });

  it('moves no further than needed to reveal a row', () => {
    const extent = { rowCount: 100, rowHeight: 20, viewHeight: 100 };
    assert.equal(topToReveal(7, 100, extent), 100);
    assert.equal(topToReveal(2, 100, extent), 40);
    assert.equal(topToReveal(20, 100, extent), 320);
  });
});

describe('grid navigation', () => {
  const position = { activeRow: 50, first: 40, last: 60, rowCount: 100 };

  it('moves by row, by page and to the ends, and stays inside', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'x'];
    const targets = (activeRow: number): (number | null)[] =>
      keys.map((key) => rowForKey(key, { ...position, activeRow }));
    assert.deepEqual(targets(50), [49, 51, 30, 70, 0, 99, null]);
    assert.deepEqual(targets(0), [0, 1, 0, 20, 0, 99, null]);
    assert.deepEqual(targets(99), [98, 99, 79, 99, 0, 99, null]);
  });

  it('begins with a row in view', () => {
    assert.equal(rowForKey('ArrowDown', { ...position, activeRow: null }), 40);
    assert.equal(rowForKey('ArrowUp', { ...position, activeRow: null }), 60);
  });

  it('goes nowhere in an empty grid', () => {
    assert.equal(rowForKey('End', { activeRow: null, first: 0, last: 0, rowCount: 0 }), null);
  });
});
