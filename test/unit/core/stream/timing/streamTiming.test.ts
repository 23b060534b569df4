import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import {
  StreamTiming,
  type ExchangeMoments,
  type TimingSnapshot,
} from '../../../../../src/core/stream/timing/streamTiming.ts';
import { utf8 } from '../../../../support/eventStreams.ts';

const NOTHING: ExchangeMoments = { headersAtMs: null, firstTextAtMs: null, endAtMs: null };

type Written = readonly [atMs: number, text: string];

function timingOf(chunks: readonly Written[], moments: ExchangeMoments, nowMs: number): TimingSnapshot {
  const store = new EventStore();
  for (const [atMs, text] of chunks) store.append(atMs, utf8(text));
  const timing = new StreamTiming(store);
  timing.advance();
  return timing.snapshot(moments, nowMs);
}

describe('StreamTiming', () => {
  it('knows the moments, the rate and the gaps of a stream', () => {
    const moments = { headersAtMs: 40, firstTextAtMs: 120, endAtMs: 650 };
    const snapshot = timingOf(
      [
        [50, ': hello\n\n'],
        [100, 'data: a\n\ndata: b\n\n'],
        [120, 'data: c\n\n'],
        [600, 'data: d\n\nda'],
        [610, 'ta: e\n'],
      ],
      moments,
      9999,
    );
    assert.deepEqual(snapshot, {
      ...moments,
      firstByteAtMs: 50,
      lastByteAtMs: 610,
      firstEventAtMs: 100,
      lastEventAtMs: 600,
      durationMs: 650,
      eventCount: 4,
      arrivals: 3,
      eventsPerSecond: 6,
      gaps: { count: 3, p50Ms: 20, p95Ms: 480, maxMs: 480, maxEventIndex: 3, typicalMs: 20 },
      stalls: [],
      stallCount: 0,
    });
  });

  it('knows nothing before the first byte but the time', () => {
    const { firstByteAtMs, firstEventAtMs, gaps, eventsPerSecond, durationMs } = timingOf([], NOTHING, 70);
    assert.deepEqual(
      [firstByteAtMs, firstEventAtMs, gaps, eventsPerSecond, durationMs],
      [null, null, null, null, 70],
    );
  });

  it('marks stalls with the heartbeats in them, and the silence at the end', () => {
    const quick = Array.from({ length: 10 }, (_, index): Written => [100 + 20 * index, `data: ${index}\n\n`]);
    const chunks: Written[] = [
      ...quick,
      [3000, ': beat\n'],
      [6000, ': beat\n'],
      [7000, 'data: late\n\n'],
      [9000, ': beat\n'],
    ];
    const { stalls, stallCount } = timingOf(chunks, { ...NOTHING, endAtMs: 10_000 }, 0);
    assert.deepEqual(stalls, [
      { fromMs: 280, toMs: 7000, eventIndex: 10, heartbeats: 2 },
      { fromMs: 7000, toMs: 10_000, eventIndex: null, heartbeats: 1 },
    ]);
    assert.equal(stallCount, 2);
  });

  it('takes a slow, even stream for what it is, and short gaps for no stalls', () => {
    const slow = [1, 2, 3, 4].map((index): Written => [3000 * index, 'data: x\n\n']);
    assert.equal(timingOf(slow, NOTHING, 14_000).stallCount, 0);
    const quick: Written[] = [[0, 'data: x\n\n'], [1, 'data: x\n\n'], [2, 'data: x\n\n'], [990, 'data: x\n\n']]; // prettier-ignore
    assert.equal(timingOf(quick, { ...NOTHING, endAtMs: 991 }, 0).stallCount, 0);
  });

  it('lists a hundred stalls and counts them all', () => {
    const chunks: Written[] = [];
    for (let round = 0; round < 150; round++) {
      for (let event = 0; event < 4; event++) chunks.push([5000 * round + event, 'data: x\n\n']);
    }
    const { stalls, stallCount } = timingOf(chunks, { ...NOTHING, endAtMs: 149 * 5000 + 4 }, 0);
    assert.deepEqual([stalls.length, stallCount], [100, 149]);
  });

  it('gives the same however often it is asked while the stream runs', () => {
    const chunk = fc.tuple(fc.nat(3000), fc.constantFrom('data: x\n\n', ': c\n', 'data: x\n\ndata: y\n\n', 'da', 'ta\n\n')); // prettier-ignore
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 60 }), (gapped) => {
        const store = new EventStore();
        const live = new StreamTiming(store);
        let atMs = 0;
        const chunks = gapped.map(([gapMs, text]): Written => [(atMs += gapMs), text]);
        for (const [at, text] of chunks) {
          store.append(at, utf8(text));
          live.advance();
          live.snapshot(NOTHING, at);
        }
        assert.deepEqual(live.snapshot(NOTHING, atMs), timingOf(chunks, NOTHING, atMs));
      }),
    );
  });
});
