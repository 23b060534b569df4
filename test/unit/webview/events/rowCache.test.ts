import assert from 'node:assert/strict';
import { MAX_ROWS_PER_QUERY } from '../../../../src/protocol/queries.ts';
import { RowCache } from '../../../../src/webview/events/rowCache.ts';
import { sampleRow, sampleRows } from '../samples.ts';

describe('row cache', () => {
  it('asks for what is missing and for nothing twice', () => {
    const cache = new RowCache();
    const range = cache.missing(10, 50);
    assert.deepEqual(range, { from: 10, count: 40 });
    const ticket = cache.asked(range ?? assert.fail());
    assert.equal(cache.missing(10, 50), null);
    assert.deepEqual(cache.missing(20, 60), { from: 50, count: 10 });
    assert.equal(cache.accept(ticket, sampleRows(10, 40)), true);
    assert.equal(cache.missing(10, 50), null);
    assert.equal(cache.get(49)?.preview, 'data 49');
  });

  it('never asks for more than one request may', () => {
    assert.deepEqual(new RowCache().missing(0, 5000), { from: 0, count: MAX_ROWS_PER_QUERY });
  });

  it('waits while two requests are on their way', () => {
    const cache = new RowCache();
    cache.asked({ from: 0, count: 10 });
    const second = cache.asked({ from: 500, count: 10 });
    assert.equal(cache.missing(1000, 1010), null);
    cache.accept(second, []);
    assert.deepEqual(cache.missing(1000, 1010), { from: 1000, count: 10 });
  });

  it('stays within its capacity, forgetting the oldest', () => {
    const cache = new RowCache(100);
    for (let from = 0; from < 1000; from += 50) {
      cache.accept(cache.asked({ from, count: 50 }), sampleRows(from, 50));
    }
    assert.equal(cache.size, 100);
    assert.equal(cache.get(899), undefined);
    assert.equal(cache.get(999)?.row, 999);
  });

  it('ignores answers it does not wait for: unknown ones, and those asked for before a new run', () => {
    const cache = new RowCache();
    assert.equal(cache.accept(7, sampleRows(0, 5)), false);
    const ticket = cache.asked({ from: 0, count: 5 });
    cache.clear();
    assert.equal(cache.accept(ticket, sampleRows(0, 5)), false);
    assert.equal(cache.size, 0);
  });

  it('keeps rows by their position, which a filter makes differ from their number', () => {
    const cache = new RowCache();
    cache.accept(cache.asked({ from: 3, count: 2 }), [sampleRow(70), sampleRow(90)]);
    assert.deepEqual([cache.get(3)?.row, cache.get(4)?.row, cache.get(70)], [70, 90, undefined]);
  });

  it('asks again for a row it was told to forget', () => {
    const cache = new RowCache();
    cache.put(0, sampleRows(0, 5));
    cache.forget(4);
    assert.deepEqual(cache.missing(0, 5), { from: 4, count: 1 });
  });

  it('says so when an answer brought nothing', () => {
    const cache = new RowCache();
    assert.equal(cache.accept(cache.asked({ from: 0, count: 5 }), []), false);
  });
});
