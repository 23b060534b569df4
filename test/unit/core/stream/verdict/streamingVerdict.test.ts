import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../../src/core/message.ts';
import type { HeaderList } from '../../../../../src/core/ports.ts';
import { bufferBlockBytes } from '../../../../../src/core/stream/timing/bufferBlocks.ts';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import { StreamTiming } from '../../../../../src/core/stream/timing/streamTiming.ts';
import {
  judgeStreaming,
  type StreamingFacts,
} from '../../../../../src/core/stream/verdict/streamingVerdict.ts';
import { utf8 } from '../../../../support/eventStreams.ts';

const EVENT = 'data: x\n\n';

interface Case {
  /** ms at which an event comes. */
  readonly events?: readonly number[];
  readonly headersAtMs?: number;
  /** Absent: still running. */
  readonly endAtMs?: number;
  readonly headers?: HeaderList;
  readonly facts?: Partial<StreamingFacts>;
}

function judge({ events = [], headersAtMs = 20, endAtMs, headers = [], facts = {} }: Case) {
  const store = new EventStore();
  for (const atMs of events) store.append(atMs, utf8(EVENT));
  const timing = new StreamTiming(store);
  timing.advance();
  const moments = { headersAtMs, firstTextAtMs: null, endAtMs: endAtMs ?? null };
  const verdict = judgeStreaming({
    headers: [['content-type', 'text/event-stream'], ...headers],
    isEventStream: true,
    wantsStream: true,
    route: 'gateway',
    timing: timing.snapshot(moments, events.at(-1) ?? 0),
    blockBytes: bufferBlockBytes(store),
    ...facts,
  });
  const words = (messages: typeof verdict.evidence): string =>
    messages.map((m) => formatMessage(m)).join(' ');
  return { verdict: verdict.verdict, tone: verdict.tone, evidence: words(verdict.evidence), advice: words(verdict.advice) }; // prettier-ignore
}

const every = (gapMs: number, count: number, fromMs = gapMs): number[] =>
  Array.from({ length: count }, (_, index) => fromMs + gapMs * index);

describe('judgeStreaming', () => {
  it('sees a stream, live and ended, also a quick one and one that begins late', () => {
    assert.equal(judge({ events: every(100, 10) }).verdict, 'streams');
    assert.equal(judge({ events: every(100, 10), endAtMs: 1000 }).tone, 'good');
    assert.equal(judge({ events: every(10, 20), endAtMs: 200 }).verdict, 'streams');
    assert.equal(judge({ events: [100, 5000], endAtMs: 5001 }).verdict, 'streams');
    assert.equal(judge({ events: every(30, 50, 10_000), endAtMs: 12_000 }).verdict, 'streams');
    const { evidence, advice } = judge({ events: every(100, 10), endAtMs: 1000 });
    assert.equal(evidence, '10 events came at 10 different moments within 900 ms. Headers after 20 ms, first byte after 100 ms, first event after 100 ms, last event after 1 s.'); // prettier-ignore
    assert.equal(advice, '');
  });

  it('does not judge by one or two events, nor by a quick answer', () => {
    assert.equal(judge({ events: [50, 51], endAtMs: 52 }).verdict, 'too-short-to-tell');
    assert.equal(judge({ events: [5000], endAtMs: 5001 }).verdict, 'too-short-to-tell');
    assert.equal(judge({ events: every(0, 40, 30), endAtMs: 31 }).verdict, 'too-short-to-tell');
  });

  it('tells a burst from a buffered answer by the headers, and only at the end', () => {
    const events = every(0.5, 40, 5000);
    assert.equal(judge({ events }).verdict, 'too-short-to-tell');
    assert.equal(judge({ events, endAtMs: 5030 }).verdict, 'burst');
    const buffered = judge({ events, headersAtMs: 4990, endAtMs: 5030 });
    assert.deepEqual([buffered.verdict, buffered.tone], ['buffered', 'bad']);
    assert.match(buffered.evidence, /^40 events came within 20 ms\. Headers after 5 s/);
    assert.match(
      buffered.advice,
      /context\.sse\(\).*flushHeaders.*X-Accel-Buffering.*the gateway or a proxy/s,
    );
    assert.doesNotMatch(
      judge({ events, endAtMs: 5030, facts: { route: 'local' } }).advice,
      /gateway|proxy on/,
    );
  });

  it('does not take a short answer after long thinking for a burst', () => {
    assert.equal(judge({ events: every(6, 10, 3000), endAtMs: 3100 }).verdict, 'streams');
  });

  it('takes a Content-Length for a sign of buffering, at once', () => {
    const headers: HeaderList = [['Content-Length', '360']];
    const { verdict, evidence, advice } = judge({ events: [50, 50, 50], headers });
    assert.equal(verdict, 'buffered');
    assert.match(evidence, /Content-Length is 360/);
    assert.match(advice, /^Send no Content-Length/);
    assert.equal(judge({ events: every(100, 10), headers }).verdict, 'streams');
  });

  it('blames compression where events were held back, and warns of it where they were not', () => {
    const headers: HeaderList = [['content-encoding', 'gzip']];
    const held = judge({ events: every(0, 40, 5000), endAtMs: 5001, headers });
    assert.equal(held.verdict, 'compressed');
    assert.match(held.advice, /^Turn compression off/);
    const flushed = judge({ events: every(100, 10), headers });
    assert.equal(flushed.verdict, 'streams');
    assert.match(flushed.evidence, /Content-Encoding is gzip/);
    assert.doesNotMatch(
      judge({ events: [1], headers: [['content-encoding', 'identity']] }).evidence,
      /Encoding/,
    );
  });

  it('names a proxy that shows itself', () => {
    const headers: HeaderList = [['Via', '1.1 edge'], ['X-Accel-Buffering', 'yes']]; // prettier-ignore
    assert.match(judge({ events: [1], headers }).evidence, /X-Accel-Buffering is yes.*Via is 1\.1 edge/);
  });

  it('knows a stream without events, and one that waits for its first', () => {
    assert.equal(judge({}).verdict, 'waiting');
    const empty = judge({ endAtMs: 100 });
    assert.deepEqual([empty.verdict, empty.tone], ['no-events', 'bad']);
  });

  it('explains what came in place of a stream that was asked for', () => {
    const other = (type: string, wantsStream = true) =>
      judge({ facts: { isEventStream: false, wantsStream, headers: [['content-type', type]] } });
    assert.match(
      other('text/html; charset=utf-8').advice,
      /^A web page came.*Content-Type: text\/event-stream/,
    );
    assert.match(other('application/problem+json').advice, /^JSON came/);
    assert.equal(other('application/json').tone, 'bad');
    assert.deepEqual(other('application/json', false), {
      verdict: 'not-a-stream',
      tone: 'neutral',
      evidence: 'Content-Type is application/json.',
      advice: '',
    });
  });
});

describe('bufferBlockBytes', () => {
  /** Chunks of these sizes, one every `gapMs`, made of events of 16 bytes. */
  function blocks(sizes: readonly number[], gapMs: number): EventStore {
    const store = new EventStore();
    const bytes = utf8('data: 90123456\n\n'.repeat(10_000));
    let from = 0;
    sizes.forEach((size, index) => store.append(gapMs * index, bytes.subarray(from, (from += size))));
    return store;
  }

  it('recognises a buffer that is passed on when it is full', () => {
    const store = blocks([4096, 4096, 4096, 4096, 4096, 100], 300);
    assert.equal(bufferBlockBytes(store), 4096);
    // Where the buffer held the response's headers, too.
    assert.equal(bufferBlockBytes(blocks([3856, 4096, 4096, 100], 300)), 4096);
    assert.equal(judge({ events: every(100, 10), facts: { blockBytes: 4096 } }).verdict, 'buffered');
  });

  it('is not misled by chunks of a quick stream, of other sizes, or of one event each', () => {
    assert.equal(bufferBlockBytes(blocks([4096, 4096, 4096, 4096, 4096, 100], 1)), null);
    assert.equal(bufferBlockBytes(blocks([4000, 4112, 3888, 4096, 4016, 100], 300)), null);
    assert.equal(bufferBlockBytes(blocks([4096, 4096], 300)), null);
    const padded = new EventStore();
    const event = utf8(`data: ${'x'.repeat(1024 - 8)}\n\n`);
    for (let index = 0; index < 10; index++) padded.append(300 * index, event);
    assert.equal(bufferBlockBytes(padded), null);
  });
});
