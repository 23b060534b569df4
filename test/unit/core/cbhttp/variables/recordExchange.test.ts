import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import { keepEvents, keptEvent, keptEventsOf } from '../../../../../src/core/cbhttp/variables/keptEvents.ts';
import type { RememberedExchange } from '../../../../../src/core/cbhttp/variables/exchange.ts';
import { recordExchange } from '../../../../../src/core/cbhttp/variables/recordExchange.ts';
import { shownExchange } from '../../../../../src/core/cbhttp/variables/rememberExchange.ts';
import type { StreamRecord } from '../../../../../src/core/stream/record.ts';
import { plainConnection, plainTls } from '../../../../support/wireFixtures.ts';

const wire = {
  method: 'GET',
  url: 'http://x/',
  headers: [],
  body: null,
  connectTimeoutMs: 0,
  tls: plainTls,
  proxy: null,
};
const response = (type: string) => ({
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [['Content-Type', type]] as const,
  connection: plainConnection,
  body: (async function* () {})(),
});
const event = (data: string): StreamRecord => ({
  kind: 'event',
  type: 'message',
  id: '',
  lastEventId: '',
  data,
});

function record() {
  const heard: string[] = [];
  const kept: RememberedExchange[] = [];
  const listener = recordExchange(
    { wire, secrets: ['s3cret'] },
    {
      onResponse: () => void heard.push('response'),
      onChunk: () => void heard.push('chunk'),
      onEnd: () => void heard.push('end'),
    },
    (exchange) => kept.push(exchange),
  );
  return { listener, heard, kept };
}

describe('recordExchange', () => {
  it('keeps a body by its charset, and tells all it hears', () => {
    const { listener, heard, kept } = record();
    const buffer = new Uint8Array([0xd5, 0xc5]);
    listener.onResponse(1, response('text/plain; charset="gbk"'), false, null);
    void listener.onChunk(2, buffer);
    buffer.fill(0); // the transport may use it again
    listener.onEnd(3, { reason: 'complete', error: null, bytes: 2 });
    assert.deepEqual(heard, ['response', 'chunk', 'end']);
    assert.equal(kept[0]?.response.body, '张');
    assert.deepEqual([kept[0]?.text, kept[0]?.isComplete], [null, true]);
  });

  it('keeps a stream’s events and its text', () => {
    const { listener, kept } = record();
    listener.onResponse(1, response('text/event-stream'), true, 'event-stream');
    for (const text of ['你', '好']) {
      listener.onRecord?.(2, event(JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })));
    }
    listener.onRecord?.(2, { kind: 'comment', text: 'x' });
    listener.onEnd(3, { reason: 'reset', error: null, bytes: 2 });
    assert.equal(kept[0]?.eventCount, 2);
    assert.equal(kept[0]?.eventData(-1), kept[0]?.eventData(1));
    assert.deepEqual([kept[0]?.text, kept[0]?.isComplete], ['你好', false]);
  });

  it('keeps nothing where nothing came', () => {
    const { listener, kept } = record();
    listener.onEnd(3, { reason: 'error', error: null, bytes: 0 });
    assert.deepEqual(kept, []);
  });

  it('is shown without secrets', () => {
    const { listener, kept } = record();
    listener.onResponse(1, response('application/json'), false, null);
    void listener.onChunk(2, new TextEncoder().encode('{"a":"s3cret"}'));
    listener.onEnd(3, { reason: 'complete', error: null, bytes: 14 });
    const [exchange] = kept;
    assert.ok(exchange);
    assert.deepEqual(shownExchange(exchange).json, { a: '***' });
  });
});

describe('keepEvents', () => {
  it('keeps all of a small stream, and both ends of a large one', () => {
    const small = keepEvents();
    for (let index = 0; index < 10; index++) small.add(String(index));
    const ofSmall = small.kept();
    assert.deepEqual(
      [0, 9, -1, -10, 10, -11].map((index) => keptEvent(ofSmall, index)),
      ['0', '9', '9', '0', undefined, undefined],
    );

    const large = keepEvents();
    const data = (index: number): string => `${index}:`.padEnd(1000, 'x');
    for (let index = 0; index < 10_000; index++) large.add(data(index));
    const ofLarge = large.kept();
    for (const index of [0, 1999, 8001, 9999])
      assert.equal(keptEvent(ofLarge, index), data(index), String(index));
    assert.equal(keptEvent(ofLarge, -1), data(9999));
    assert.equal(keptEvent(ofLarge, 5000), undefined);
    assert.ok(ofLarge.first.length + ofLarge.last.length < 4100);
  });
});

describe('keptEventsOf', () => {
  it('reads a store’s events, without its comments', () => {
    const store = new EventStore();
    store.append(1, new TextEncoder().encode(': hi\n\ndata: a\n\nretry: 5\n\ndata: b\ndata: c\n\n: x\n\n'));
    store.end();
    assert.deepEqual(keptEventsOf(store), { count: 2, first: ['a', 'b\nc'], last: [] });
  });

  it('reads both ends of a large one', () => {
    const store = new EventStore();
    const size = 10_000;
    const text = Array.from({ length: size }, (_, index) => `data: ${String(index).padEnd(1000, 'x')}\n\n`);
    store.append(1, new TextEncoder().encode(text.join('')));
    store.end();
    const kept = keptEventsOf(store);
    assert.equal(kept.count, size);
    assert.equal(parseInt(keptEvent(kept, -1) ?? ''), size - 1);
    assert.equal(parseInt(keptEvent(kept, size - kept.last.length) ?? ''), size - kept.last.length);
    assert.equal(keptEvent(kept, 5000), undefined);
  });
});
