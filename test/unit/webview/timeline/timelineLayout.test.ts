import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { EventStore } from '../../../../src/core/stream/eventStore.ts';
import { countTimelineBins } from '../../../../src/core/stream/timing/timelineBins.ts';
import type { Timeline } from '../../../../src/protocol/answers.ts';
import { gatherBins } from '../../../../src/webview/timeline/timelineBins.ts';
import {
  layoutPicture,
  sumOf,
  type PictureInput,
  type PictureLayout,
} from '../../../../src/webview/timeline/timelineLayout.ts';
import { binWidth, readBin } from '../../../../src/webview/timeline/timelineReadout.ts';
import { sampleTimeline, timelineWords } from './timelineSamples.ts';

const measure = (text: string): number => text.length * 6;

function layout(timeline: Timeline, changes: Partial<PictureInput> = {}): PictureLayout {
  const size = { width: 424, height: 240, lineHeight: 16 };
  const endMs = timeline.endMs;
  return layoutPicture({
    timeline,
    endMs,
    limitMs: null,
    view: null,
    selection: { range: null, atMs: null },
    isStream: true,
    ...size,
    measure,
    strings: timelineWords,
    ...changes,
  });
}

/** Chunks with an event or a comment each, as the host counts them. */
const timelines = fc
  .array(fc.tuple(fc.double({ min: 0, max: 500, noNaN: true }), fc.boolean()), { maxLength: 60 })
  .map((steps) => {
    const store = new EventStore();
    const encoder = new TextEncoder();
    let atMs = 0;
    for (const [gapMs, isEvent] of steps) {
      atMs += gapMs;
      store.append(atMs, encoder.encode(isEvent ? 'data: x\n\n' : ': ping\n\n'));
    }
    const endMs = atMs + 1;
    return {
      store,
      timeline: sampleTimeline({ endMs, ...countTimelineBins(store, { fromMs: 0, toMs: endMs }, 2000) }),
    };
  });

describe('timeline bins', () => {
  it('loses nothing and invents nothing, at any width and for any time since', () => {
    fc.assert(
      fc.property(
        timelines,
        fc.integer({ min: 1, max: 3000 }),
        fc.nat(5000),
        ({ store, timeline }, width, later) => {
          const bins = gatherBins(timeline, { fromMs: 0, toMs: timeline.endMs + later }, width);
          assert.equal(sumOf(bins.events), store.eventCount);
          assert.equal(sumOf(bins.heartbeats), store.length - store.eventCount);
          assert.equal(sumOf(bins.bytes), store.byteLength);
          assert.ok(bins.events.length * bins.binMs >= timeline.endMs + later - 1e-6);
        },
      ),
    );
  });

  it('keeps every event where it came, but for half of one of the narrow bins', () => {
    fc.assert(
      fc.property(timelines, ({ store, timeline }) => {
        const { binMs, events } = gatherBins(timeline, { fromMs: 0, toMs: timeline.endMs }, 400);
        const slackMs = timeline.binMs / 2;
        for (let row = 0; row < store.length; row++) {
          if (store.kind(row) !== 'event') continue;
          const [from, to] = [store.atMs(row) - slackMs, store.atMs(row) + slackMs];
          const near = events.slice(Math.max(0, Math.floor(from / binMs)), Math.floor(to / binMs) + 1);
          assert.ok(sumOf(near) > 0);
        }
      }),
    );
  });

  it('have a round width that stays while a stream goes on', () => {
    const timeline = sampleTimeline();
    const widths = [2000, 2300, 3000].map(
      (endMs) => gatherBins(timeline, { fromMs: 0, toMs: endMs }, 400).binMs,
    );
    assert.deepEqual(widths, [50, 50, 50]);
  });
});

describe('timeline layout', () => {
  it('puts times where they belong', () => {
    const { xOf, binAt, bars, phases, lanes } = layout(sampleTimeline());
    assert.deepEqual([0, 1000, 2000, 9000].map(xOf), [12, 212, 412, 412]);
    assert.deepEqual([-50, 12, 412, 900].map(binAt), [0, 0, 39, 39]);
    assert.equal(bars.length, 2);
    assert.deepEqual(
      phases.map(({ kind, x, width }) => [kind, x, width]),
      [
        ['headers', 12, 20],
        ['firstByte', 32, 100],
        ['body', 132, 280],
      ],
    );
    assert.deepEqual(
      lanes.map(({ label }) => label.text),
      ['onChunkedReceived · 5', 'Heartbeats · 2'],
    );
    assert.deepEqual(lanes[0]?.xs, [132, 152, 232, 272, 392]);
  });

  it('names the moments after the callbacks, side by side or in two lines', () => {
    const apart = layout(sampleTimeline()).moments;
    assert.deepEqual(
      apart.map(({ text, y }) => [text, y]),
      [
        ['success · complete', 0],
        ['onHeadersReceived', 0],
      ],
    );
    const close = layout(
      sampleTimeline({ headersAtMs: 1900, end: { atMs: 2000, callback: 'fail' } }),
    ).moments;
    assert.deepEqual(
      close.map(({ text, y }) => [text, y]),
      [
        ['fail · complete', 0],
        ['onHeadersReceived', 16],
      ],
    );
  });

  it('reaches to a time limit that is near, and names its line where there is room', () => {
    const limit = (limitMs: number | null, changes: Partial<PictureInput> = {}) => {
      const picture = layout(sampleTimeline({ end: null }), { limitMs, ...changes });
      const { text, lineX } = picture.moments.find(({ kind }) => kind === 'limit') ?? {};
      return { text, lineX, endX: picture.xOf(2000), phaseEnd: picture.phases.at(-1) };
    };
    assert.equal(limit(null).lineX, undefined);
    assert.deepEqual([limit(1000).text, limit(1000).lineX], ['timeLimit', 212]);
    const near = limit(2500);
    assert.deepEqual([near.text, near.lineX, near.endX], ['timeLimit', 412, 332]);
    assert.equal((near.phaseEnd?.x ?? 0) + (near.phaseEnd?.width ?? 0), 332);
    assert.deepEqual([limit(2501).lineX, limit(2501).endX], [undefined, 412]);
    const crowded = layout(sampleTimeline({ headersAtMs: 1950 }), { limitMs: 1980 }).moments;
    assert.deepEqual(
      crowded.map(({ kind, text, y }) => [kind, text === '' ? '' : 'named', y]),
      [
        ['success', 'named', 0],
        ['headers', 'named', 16],
        ['limit', '', 16],
      ],
    );
  });

  it('labels a stall only where there is room', () => {
    const stall = { fromMs: 700, toMs: 1900, eventIndex: 3, row: 5, heartbeats: 2 };
    const short = { fromMs: 1950, toMs: 2000, eventIndex: null, row: null, heartbeats: 0 };
    const { stalls } = layout(sampleTimeline({ stalls: [stall, short] }));
    assert.deepEqual(
      stalls.map(({ label, x, width }) => [label, x, width]),
      [
        ['1.20 s', 152, 240],
        ['', 402, 10],
      ],
    );
  });

  it('draws an answer that is no stream without bars and lanes', () => {
    const timeline = sampleTimeline({
      events: [],
      heartbeats: [],
      bytes: [],
      chunks: [],
      chunkAtMs: [],
      firstByteMs: null,
    });
    const { bars, lanes, phases } = layout(timeline, { isStream: false, height: 76 });
    assert.deepEqual([bars.length, lanes.length], [0, 0]);
    assert.deepEqual(
      phases.map(({ kind }) => kind),
      ['headers', 'body'],
    );
  });

  it('marks more chunks than are listed by their bins', () => {
    const { lanes } = layout(sampleTimeline({ chunks: [0, 900, 0, 900], chunkAtMs: [600, 1900] }));
    assert.deepEqual(lanes[0]?.xs, [162, 362]);
  });

  it('stays inside the picture, whatever comes', () => {
    const sizes = fc.record({
      width: fc.integer({ min: 200, max: 3000 }),
      height: fc.integer({ min: 180, max: 400 }),
      limitMs: fc.option(fc.nat(40_000)),
      view: fc.option(
        fc
          .tuple(
            fc.double({ min: 0, max: 30_000, noNaN: true }),
            fc.double({ min: 0.5, max: 5000, noNaN: true }),
          )
          .map(([fromMs, span]) => ({ fromMs, toMs: fromMs + span })),
      ),
    });
    fc.assert(
      fc.property(timelines, sizes, ({ timeline }, size) => {
        const { left, right, bars, lanes, moments, phases, barsTop, barsBottom, axis } = layout(
          timeline,
          size,
        );
        const xs = [
          ...bars.map(({ x }) => x),
          ...lanes.flatMap((lane) => lane.xs),
          ...phases.map(({ x }) => x),
        ];
        assert.ok(xs.every((x) => x >= left - 0.5 && x <= right + 0.5));
        assert.ok(bars.every(({ height }) => height >= 2 && height <= Math.max(2, barsBottom - barsTop)));
        bars
          .slice(1)
          .forEach(({ x }, index) =>
            assert.ok(x >= (bars[index]?.x ?? 0) + (bars[index]?.width ?? 0) - 1e-6),
          );
        assert.ok(moments.every(({ x, text }) => x >= left && x + measure(text) <= right + 1));
        axis.slice(1).forEach(({ x }, index) => {
          const before = axis[index];
          assert.ok(before !== undefined && x >= before.x + measure(before.text), `${before?.text}`);
        });
      }),
    );
  });
});

describe('timeline readout', () => {
  it('says what a bin holds and the stall it lies in', () => {
    const bins = { fromMs: 0, binMs: 500, events: [3, 0], bytes: [1200, 8], heartbeats: [0, 1] };
    const stalls = [{ fromMs: 600, toMs: 1900, eventIndex: 3, row: 5, heartbeats: 1 }];
    const read = [0, 1].map((bin) => readBin(bin, bins, stalls, timelineWords));
    assert.deepEqual(read, [
      '0.000–0.500 s · Events 3 · Bytes 1.2 kB',
      '0.500–1.000 s · Events 0 · Bytes 8 B · Heartbeats 1 · in a stall of 1.30 s',
    ]);
  });

  it('writes round widths as such', () => {
    assert.deepEqual([0.5, 20, 1000, 15_000].map(binWidth), ['0.5 ms', '20 ms', '1 s', '15 s']);
  });
});
