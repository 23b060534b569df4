import assert from 'node:assert/strict';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import { countTimelineBins, rowAt } from '../../../../../src/core/stream/timing/timelineBins.ts';
import { utf8 } from '../../../../support/eventStreams.ts';

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);

describe('countTimelineBins', () => {
  it('counts events, comments, bytes and chunks where they came', () => {
    const store = new EventStore();
    store.append(0, utf8('data: a\n\n'));
    store.append(49, utf8('data: b\n\ndata: c\n\n'));
    store.append(50, utf8(': beat\n'));
    store.append(100, utf8('data: d\n\n'));
    const bins = countTimelineBins(store, { fromMs: 0, toMs: 100 }, 4);
    assert.equal(bins.binMs, 25);
    assert.deepEqual(bins.events, [1, 2, 0, 1]);
    assert.deepEqual(bins.heartbeats, [0, 0, 1, 0]);
    assert.deepEqual(bins.bytes, [9, 18, 7, 9]);
    assert.deepEqual(bins.chunks, [1, 1, 1, 1]);
    assert.deepEqual(bins.chunkAtMs, [0, 49, 50, 100]);
  });

  it('loses nothing, whatever the number of bins, and marks at most a thousand chunks', () => {
    const store = new EventStore();
    for (let at = 0; at < 3000; at++) store.append(at, utf8('data\n\n'));
    for (const count of [1, 7, 5000]) {
      const bins = countTimelineBins(store, { fromMs: 0, toMs: 2999 }, count);
      assert.equal(sum(bins.events), 3000);
      assert.equal(sum(bins.bytes), 18_000);
      assert.equal(bins.chunkAtMs.length, 1000);
      assert.deepEqual([bins.chunkAtMs[0], bins.chunkAtMs[499], bins.chunkAtMs[500], bins.chunkAtMs[999]], [0, 499, 2500, 2999]); // prettier-ignore
      assert.ok(bins.events.length <= 2000);
    }
  });

  it('counts a range alone, exact to its ends, and totals of all', () => {
    const store = new EventStore();
    for (let at = 0; at < 3000; at++)
      store.append(at, utf8(at % 10 === 0 ? 'event: ping\ndata\n\n' : 'data\n\n'));
    const bins = countTimelineBins(store, { fromMs: 1000, toMs: 1099 }, 10);
    assert.equal(bins.fromMs, 1000);
    assert.equal(sum(bins.events), 100);
    assert.equal(sum(bins.heartbeats), 10);
    assert.deepEqual([bins.chunkAtMs[0], bins.chunkAtMs.at(-1)], [1000, 1099]);
    assert.deepEqual(bins.totals, { heartbeats: 300, chunks: 3000 });
  });

  it('finds the first record at or after a moment', () => {
    const store = new EventStore();
    store.append(10, utf8('data: a\n\ndata: b\n\n'));
    store.append(20, utf8(': beat\n\n'));
    assert.deepEqual(
      [0, 10, 10.5, 20, 21].map((atMs) => rowAt(store, atMs)),
      [0, 0, 2, 2, null],
    );
  });

  it('shows an empty stream as nothing', () => {
    assert.deepEqual(countTimelineBins(new EventStore(), { fromMs: 0, toMs: 0 }, 3).events, [0, 0, 0]);
  });
});
