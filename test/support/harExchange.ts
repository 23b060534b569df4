import type { HarExchange } from '../../src/core/history/har.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import { secretForms } from '../../src/core/profiles/redact.ts';
import { EventStore } from '../../src/core/stream/eventStore.ts';
import { plainConnection, plainTls } from './wireFixtures.ts';

/** A secret that the server says again, cut in its middle. */
export const harSecret = 'sk-"一二三"';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The chunks of a stream that echoes {@link harSecret}. */
export const harChunks: readonly Uint8Array[] = (() => {
  const body = utf8(`: beat\n\nid: 1\nevent: say\ndata: 你好 ${harSecret}!\n\ndata: {"n":2}\n\n`);
  const cut = body.indexOf(0xe4, 30) + 1;
  return [body.subarray(0, cut), body.subarray(cut)];
})();

/** An exchange to be written as HAR: a stream in {@link harChunks}, or what is given. */
export function harExchange(given: Partial<HarExchange> = {}): HarExchange {
  const store = new EventStore();
  for (const [index, chunk] of harChunks.entries()) store.append(10 + index, chunk);
  store.end();
  const { byteLength } = store;
  const url = `http://har.test/chat?key=${encodeURIComponent(harSecret)}&page=2`;
  const headers = [
    ['Authorization', 'Bearer the-token-itself'],
    ['Content-Type', 'application/json'],
  ] as const;
  return {
    creator: { name: 'CloudBase HTTP Functions', version: '0.1.0' },
    label: 'Chat',
    request: {
      wire: {
        method: 'POST',
        url,
        headers,
        body: utf8(JSON.stringify({ key: harSecret })),
        connectTimeoutMs: 0,
        tls: plainTls,
        proxy: null,
      },
      profile: readProfiles(undefined, undefined).active,
      route: null,
      functionName: null,
      stream: 'auto',
      timeoutMs: 0,
      idleTimeoutMs: 0,
      followsRedirects: true,
      usesCookieJar: true,
      shownUrl: 'http://har.test/chat?key=***&page=2',
      shownHeaders: [
        ['Authorization', 'Bearer ***'],
        ['Content-Type', 'application/json'],
      ],
      secrets: secretForms([harSecret]),
    },
    sentMs: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    response: {
      received: {
        status: 200,
        statusText: 'OK',
        httpVersion: '1.1',
        headers: [
          ['Content-Type', 'text/event-stream; charset=utf-8'],
          ['Set-Cookie', 'sid=cookie-value-1; Path=/'],
        ],
        connection: { ...plainConnection, dnsMs: 0.5, connectMs: 1.5, tlsMs: null },
        body: (async function* () {})(),
      },
      atMs: 8,
    },
    redirects: [],
    byteLength,
    bytes: (from, to) => store.bytes(from, to),
    store,
    end: { exchange: { reason: 'complete', error: null, bytes: byteLength }, atMs: 20 },
    elapsedMs: 20,
    ...given,
  };
}
