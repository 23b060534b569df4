import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exportHar, type HarExchange } from '../../../../src/core/history/har.ts';
import { harChunks, harExchange, harSecret } from '../../../support/harExchange.ts';

interface Entry {
  readonly [field: string]: unknown;
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown> & { readonly content: Record<string, unknown> };
  readonly timings: Record<string, number>;
}

function entryOf(exchange: HarExchange): Entry {
  const har = JSON.parse([...exportHar(exchange)].join('')) as { log: { version: string; entries: Entry[] } };
  assert.equal(har.log.version, '1.2');
  assert.equal(har.log.entries.length, 1);
  return har.log.entries[0] as Entry;
}

describe('exportHar', () => {
  it('writes request, response and times as HAR 1.2 has them', () => {
    const entry = entryOf(harExchange());
    assert.equal(entry['startedDateTime'], '2026-01-02T03:04:05.006Z');
    assert.equal(entry['serverIPAddress'], '127.0.0.1');
    const { dns, connect, ssl, send, wait, receive, blocked } = entry.timings;
    assert.deepEqual([blocked, dns, connect, ssl, send, wait, receive], [-1, 0.5, 1.5, -1, 0, 6, 12]);
    assert.equal(entry['time'], 20);
    assert.deepEqual(entry.request['queryString'], [
      { name: 'key', value: '***' },
      { name: 'page', value: '2' },
    ]);
    assert.equal(entry.response['status'], 200);
    assert.equal(entry.response['bodySize'], Buffer.concat(harChunks).length);
    assert.match(String(entry.response.content['text']), /^: beat\n\nid: 1\nevent: say\ndata: 你好 \*+!/);
  });

  it('writes a stream’s events as Chrome does, and its chunks with their times', () => {
    const entry = entryOf(harExchange());
    assert.equal(entry['_resourceType'], 'eventsource');
    const sentSeconds = Date.UTC(2026, 0, 2, 3, 4, 5, 6) / 1000;
    assert.deepEqual(entry['_eventSourceMessages'], [
      { time: sentSeconds + 0.011, eventName: 'say', eventId: '1', data: '你好 ***!' },
      { time: sentSeconds + 0.011, eventName: 'message', eventId: '', data: '{"n":2}' },
    ]);
    const [first, second] = harChunks.map(({ length }) => length);
    assert.deepEqual(entry['_chunks'], [
      { atMs: 10, offset: 0, size: first },
      { atMs: 11, offset: first, size: second },
    ]);
  });

  it('writes no secret: not in the URL, a header, a body, nor where the server says it again', () => {
    const text = [...exportHar(harExchange())].join('');
    const forms = [
      harSecret,
      JSON.stringify(harSecret).slice(1, -1),
      encodeURIComponent(harSecret),
      '一二三',
    ];
    for (const form of [...forms, 'the-token-itself', 'cookie-value-1'])
      assert.ok(!text.includes(form), form);
  });

  it('writes no token of a redirect’s URL', () => {
    const redirects = [{ status: 302, url: 'https://h/cb?access_token=abc&state=1' }];
    const entry = entryOf(harExchange({ redirects })) as Entry & { _redirects: typeof redirects };
    assert.deepEqual(entry._redirects, [{ status: 302, url: 'https://h/cb?access_token=***&state=1' }]);
  });

  it('writes bytes that are no text as Base64, of any length', () => {
    for (const length of [1, 2, 3, 500_000]) {
      const body = Uint8Array.from({ length }, (_, index) => index % 251);
      const base = harExchange();
      const received = { ...(base.response?.received ?? assert.fail()), headers: [['content-type', 'image/png']] as const };
      const { content } = entryOf({
        ...base,
        response: { received, atMs: 1 },
        store: null,
        byteLength: length,
        bytes: (from, to) => body.subarray(from, to),
      }).response;
      assert.equal(content['encoding'], 'base64');
      assert.ok(Buffer.from(String(content['text']), 'base64').equals(body));
    }
  }); // prettier-ignore

  it('writes text in its charset, cut anywhere between two pieces', () => {
    const text = '一二三😀'.repeat(50_000);
    const body = new TextEncoder().encode(text);
    const base = harExchange();
    const whole = { store: null, byteLength: body.length, bytes: (from: number, to: number) => body.subarray(from, to) }; // prettier-ignore
    assert.equal(entryOf({ ...base, ...whole }).response.content['text'], text);
  });

  it('writes a request without a response, with what became of it', () => {
    const { response, ...entry } = entryOf(harExchange({ response: null, store: null, byteLength: 0 }));
    assert.deepEqual([response['status'], response['headers'], entry['time']], [0, [], 20]);
    assert.equal(response.content['mimeType'], 'x-unknown');
  });
});
