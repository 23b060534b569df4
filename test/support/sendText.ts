import assert from 'node:assert/strict';
import path from 'node:path';
import { placedRequests } from '../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../src/core/cbhttp/parse.ts';
import type { CookieJar, HeaderList, WireResponse } from '../../src/core/ports.ts';
import { prepareRequest, type PreparedRequest } from '../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import { runExchange, type ExchangeEnd } from '../../src/core/stream/exchange.ts';
import { transcribe, type TranscriptLine } from '../../src/core/stream/transcript.ts';
import { monotonicClock } from '../../src/net/clock.ts';
import { acceptEncoding } from '../../src/net/contentCoding.ts';
import type { ProxySources } from '../../src/net/proxySettings.ts';
import { terminalPorts } from '../../src/net/terminalPorts.ts';
import { createWireTransport, type OwnedTransport } from '../../src/net/wireTransport.ts';

/** How a request text is sent. */
export interface TextOptions {
  /** `cbhttp.profiles`, of which the first is used. */
  readonly profiles?: Readonly<Record<string, unknown>>;
  /** Of the request's file; body files and certificates are found from there. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly transport: OwnedTransport;
  readonly cookieJar?: CookieJar;
}

/** An exchange on its way. */
export interface SentText {
  readonly prepared: PreparedRequest;
  /** Grow as it goes on. */
  readonly lines: TranscriptLine[];
  readonly redirects: { readonly status: number; readonly nextUrl: string }[];
  /** The headers of each request that went out. */
  readonly sent: HeaderList[];
  /** Resolves at its end. */
  readonly done: Promise<{
    readonly end: ExchangeEnd;
    readonly response: WireResponse | undefined;
    readonly body: Buffer;
  }>;
  readonly cancel: () => void;
}

/** A transport without any proxy but the profile's. */
export function makeTransport(proxies: Partial<ProxySources> = {}): OwnedTransport {
  return createWireTransport({ editor: () => null, environment: {}, ...proxies });
}

/** Prepares the first request of a text. */
export async function prepareText(
  text: string,
  options: Omit<TextOptions, 'transport'>,
): Promise<PreparedRequest> {
  const { profiles, folder = '.', environment = {} } = options;
  const document = parseCbhttp(text);
  const placed = placedRequests(document)[0];
  assert.ok(placed);
  const file = path.join(folder, 'test.cbhttp');
  const secretOf = (name: string): string | undefined => environment[name];
  return prepareRequest(document, placed, {
    profiles: readProfiles(profiles, undefined),
    signal: new AbortController().signal,
    credentials: { token: () => Promise.resolve(secretOf('TOKEN')) },
    consent: { allows: () => Promise.resolve(true) },
    absolutePath: (named) => path.resolve(folder, named),
    acceptEncoding,
    ports: terminalPorts({ file, root: undefined, environment, memory: { last: () => undefined } }),
    userAgent: 'test/1',
  });
}

/** Sends the first request of a text, over real sockets, and collects what comes. */
export async function sendText(text: string, options: TextOptions): Promise<SentText> {
  const prepared = await prepareText(text, options);
  const { transport, cookieJar } = options;
  const lines: TranscriptLine[] = [];
  const redirects: { status: number; nextUrl: string }[] = [];
  const sent: HeaderList[] = [];
  const chunks: Uint8Array[] = [];
  const cancel = new AbortController();
  const listener = transcribe((line) => lines.push(line), {
    encodeBase64: (bytes) => Buffer.from(bytes).toString('base64'),
  });
  let response: WireResponse | undefined;
  let end: ExchangeEnd | undefined;
  const exchange = runExchange(
    prepared,
    {
      transport,
      clock: monotonicClock,
      ...(cookieJar && { cookieJar: () => Promise.resolve(cookieJar) }),
    },
    {
      ...listener,
      onSend: (headers) => sent.push(headers),
      onRedirect: (_atMs, { status }, nextUrl) => redirects.push({ status, nextUrl }),
      onResponse: (atMs, received, hasRecords, format) => {
        response = received;
        listener.onResponse(atMs, received, hasRecords, format);
      },
      onChunk: (atMs, chunk) => {
        chunks.push(chunk.slice());
        return listener.onChunk(atMs, chunk);
      },
      onEnd: (atMs, ended) => {
        end = ended;
        listener.onEnd(atMs, ended);
      },
    },
    { signal: cancel.signal },
  );
  const done = exchange.then(() => {
    assert.ok(end);
    return { end, response, body: Buffer.concat(chunks) };
  });
  return { prepared, lines, redirects, sent, done, cancel: () => cancel.abort() };
}
