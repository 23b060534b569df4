import * as assert from 'node:assert/strict';
import { momentsOf, phasesOf } from '../../../../src/webview/timeline/timelineFacts.ts';
import { sampleTimeline, timelineWords } from './timelineSamples.ts';

describe('timeline facts', () => {
  const nothing = { headersAtMs: null, firstByteMs: null, firstEventMs: null, firstTextMs: null, end: null };

  it('divides an exchange into phases without gaps', () => {
    const phases = phasesOf(sampleTimeline(), 2000, true, timelineWords);
    assert.deepEqual(
      phases.map(({ label, fromMs, toMs }) => [label, fromMs, toMs]),
      [
        ['waitingForHeaders', 0, 100],
        ['waitingForFirstByte', 100, 600],
        ['streaming', 600, 2000],
      ],
    );
  });

  it('lets the last phase go on while the exchange does', () => {
    const last = (changes: object): unknown[] => {
      const phase = phasesOf(sampleTimeline({ ...nothing, ...changes }), 3000, true, timelineWords).at(-1);
      return [phase?.label, phase?.toMs];
    };
    assert.deepEqual(last({}), ['waitingForHeaders', 3000]);
    assert.deepEqual(last({ headersAtMs: 100 }), ['waitingForFirstByte', 3000]);
    assert.deepEqual(last({ headersAtMs: 100, firstByteMs: 200 }), ['streaming', 3000]);
    assert.deepEqual(last({ end: { atMs: 2500, callback: 'fail' } }), ['waitingForHeaders', 2500]);
  });

  it('tells the moments in order under the names of callHTTPFunction', () => {
    const moments = momentsOf(sampleTimeline(), { chunkCount: 5, limitMs: 60_000 }, timelineWords);
    assert.deepEqual(
      moments.map(({ label, atMs }) => [label, atMs]),
      [
        ['sent', 0],
        ['onHeadersReceived', 100],
        ['onChunkedReceived (first)', 600],
        ['firstEvent', 600],
        ['firstText', 700],
        ['onChunkedReceived (last of 5)', 1900],
        ['lastByte', 1900],
        ['success', 2000],
        ['complete', 2000],
        ['timeLimit', 60_000],
      ],
    );
  });

  it('tells a single chunk once and no moment that has not come', () => {
    const labels = (chunkCount: number, changes: object): string[] => {
      const timeline = sampleTimeline({ ...nothing, chunkAtMs: [], lastByteMs: null, ...changes });
      return momentsOf(timeline, { chunkCount, limitMs: null }, timelineWords).map(({ label }) => label);
    };
    assert.deepEqual(labels(0, {}), ['sent']);
    assert.deepEqual(labels(1, { firstByteMs: 5, chunkAtMs: [5] }), ['sent', 'onChunkedReceived']);
  });
});
