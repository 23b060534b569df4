import type { Content, Request, Response, Timings } from 'har-format';
import { charsetOf, decoderFor } from '../cbhttp/body/decodeText.ts';
import { base64 } from '../cbhttp/basicAuth.ts';
import { formatMessage } from '../message.ts';
import type { HeaderList, WireResponse } from '../ports.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import { redactHeaders, redactText } from '../profiles/redact.ts';
import type { EventStore } from '../stream/eventStore.ts';
import type { ExchangeEnd } from '../stream/exchange.ts';
import { roundMs } from '../stream/transcript.ts';
import { ByteMask } from './byteMask.ts';
import { allHidden, hiddenTexts, keptHeaders, keptUrl, setCookieSecrets } from './hiddenTexts.ts';

/** Bytes of a body written at once; a multiple of 3, so that Base64 has no padding in between. */
const STEP_BYTES = 3 * 64 * 1024;

/** An exchange as it is written into a HAR file. */
export interface HarExchange {
  readonly creator: { readonly name: string; readonly version: string };
  /** What the request is called. */
  readonly label: string;
  readonly request: PreparedRequest;
  /** ms since 1970. */
  readonly sentMs: number;
  /** Null where none came. */
  readonly response: { readonly received: WireResponse; readonly atMs: number } | null;
  readonly redirects: readonly { readonly status: number; readonly url: string }[];
  readonly byteLength: number;
  readonly bytes: (from: number, to: number) => Uint8Array;
  /** Null where the body is no stream. */
  readonly store: EventStore | null;
  /** Null while it goes on. */
  readonly end: { readonly exchange: ExchangeEnd; readonly atMs: number } | null;
  /** ms since sending, now. */
  readonly elapsedMs: number;
}

/**
 * An exchange as HTTP Archive 1.2, without its secrets, in pieces that take a moment each. A stream has, besides, its
 * events as Chrome writes them (`_eventSourceMessages`, times in s since 1970) and its chunks (`_chunks`: ms since
 * sending, and where in the body). Times that nobody took are -1, as the format has it.
 */
export function* exportHar(exchange: HarExchange): Generator<string> {
  const { request, response, creator } = exchange;
  const headers = response?.received.headers ?? [];
  const hidden = allHidden(hiddenTexts(request), setCookieSecrets(headers));
  const { address, ...about } = aboutEntry(exchange, hidden);
  const log = { version: '1.2', creator };
  yield `{"log":${open(log)},"entries":[${open(about)},"request":${JSON.stringify(harRequest(exchange, hidden))}`;
  yield `,"response":${open(harResponse(exchange, hidden))},"content":${open(harContent(exchange))}`;
  if (exchange.byteLength > 0) yield* contentText(exchange, hidden);
  yield `}},"cache":{},"timings":${JSON.stringify(timingsOf(exchange))}${address}`;
  if (exchange.store !== null) yield* streamFields(exchange, exchange.store, hidden);
  yield '}]}}\n';
}

/** An object's JSON without its end, for more to follow. */
function open(value: object): string {
  return JSON.stringify(value).slice(0, -1);
}

function aboutEntry(exchange: HarExchange, hidden: readonly string[]) {
  const { sentMs, response, end, label, store } = exchange;
  const redirects = exchange.redirects.map(({ status, url }) => ({ status, url: keptUrl(url, hidden) }));
  const error = end?.exchange.error ?? null;
  const remote = response?.received.connection.remoteAddress ?? null;
  const ip = remote?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') ?? '';
  return {
    startedDateTime: new Date(sentMs).toISOString(),
    time: timeOf(timingsOf(exchange)),
    comment: redactText(label, hidden),
    _resourceType: store?.format === 'event-stream' ? 'eventsource' : 'fetch',
    ...(redirects.length === 0 ? {} : { _redirects: redirects }),
    ...(end === null ? {} : { _end: end.exchange.reason }),
    ...(error === null ? {} : { _error: redactText(formatMessage(error.display), hidden) }),
    address: ip === '' ? '' : `,"serverIPAddress":${JSON.stringify(ip)}`,
  };
}

function harRequest({ request, response }: HarExchange, hidden: readonly string[]): Request {
  const { wire, shownUrl, shownHeaders } = request;
  const url = keptUrl(shownUrl, hidden);
  const headers = redactHeaders(shownHeaders, hidden);
  const { body } = wire;
  const size = body === null ? 0 : body instanceof Uint8Array ? body.length : body.byteLength;
  const type = headerOf(headers, 'content-type');
  const text = body instanceof Uint8Array ? decoderFor(type).decode(maskedAtOnce(body, hidden)) : '';
  return {
    method: wire.method,
    url,
    httpVersion: httpVersion(response?.received),
    cookies: [],
    headers: harHeaders(headers),
    queryString: queryOf(url),
    ...(body === null ? {} : { postData: { mimeType: type, text } }),
    headersSize: -1,
    bodySize: size,
  };
}

function harResponse(
  { response, byteLength }: HarExchange,
  hidden: readonly string[],
): Omit<Response, 'content'> {
  const headers = keptHeaders(response?.received.headers ?? [], hidden);
  return {
    status: response?.received.status ?? 0,
    statusText: redactText(response?.received.statusText ?? '', hidden),
    httpVersion: httpVersion(response?.received),
    cookies: [],
    headers: harHeaders(headers),
    redirectURL: headerOf(headers, 'location'),
    headersSize: -1,
    // Before its content coding was removed nobody counted.
    bodySize: headerOf(headers, 'content-encoding') === '' ? byteLength : -1,
  };
}

function harContent(exchange: HarExchange): Content {
  const { byteLength } = exchange;
  const mimeType = contentTypeOf(exchange) || 'x-unknown';
  return { size: byteLength, mimeType, ...(isText(exchange) ? {} : { encoding: 'base64' }) };
}

/** The body's text as a field, piece by piece. */
function* contentText(exchange: HarExchange, hidden: readonly string[]): Generator<string> {
  const isDecoded = isText(exchange);
  const decoder = decoderFor(contentTypeOf(exchange));
  yield ',"text":"';
  for (const bytes of maskedBody(exchange, hidden)) {
    const text = isDecoded ? decoder.decode(bytes, { stream: true }) : base64(bytes);
    yield JSON.stringify(text).slice(1, -1);
  }
  if (isDecoded) yield JSON.stringify(decoder.decode()).slice(1, -1);
  yield '"';
}

/** The body in steps, but where a secret may be split between two: those come together. */
function* maskedBody({ byteLength, bytes }: HarExchange, hidden: readonly string[]): Generator<Uint8Array> {
  const mask = new ByteMask(hidden);
  for (let from = 0; from < byteLength; from += STEP_BYTES) {
    for (const step of mask.add(0, bytes(from, Math.min(byteLength, from + STEP_BYTES)))) yield step.bytes;
  }
  for (const step of mask.end()) yield step.bytes;
}

function maskedAtOnce(bytes: Uint8Array, hidden: readonly string[]): Uint8Array {
  const mask = new ByteMask(hidden);
  const [masked] = [...mask.add(0, bytes), ...mask.end()];
  return masked?.bytes ?? bytes;
}

function* streamFields(
  { sentMs }: HarExchange,
  store: EventStore,
  hidden: readonly string[],
): Generator<string> {
  yield ',"_chunks":[';
  for (let index = 0; index < store.chunkCount; index++) {
    const { atMs, byteOffset, byteLength } = store.chunk(index);
    const chunk = { atMs: roundMs(atMs), offset: byteOffset, size: byteLength };
    yield `${index === 0 ? '' : ','}${JSON.stringify(chunk)}`;
  }
  yield ']';
  if (store.format !== 'event-stream') return;
  yield ',"_eventSourceMessages":[';
  for (let index = 0; index < store.eventCount; index++) {
    const row = store.eventRow(index);
    const message = {
      time: (sentMs + store.atMs(row)) / 1000,
      eventName: store.type(row),
      eventId: redactText(store.id(row), hidden),
      data: redactText(store.text(row), hidden),
    };
    yield `${index === 0 ? '' : ','}${JSON.stringify(message)}`;
  }
  yield ']';
}

/** Each step in ms; connecting has TLS in it, as the format has it. */
function timingsOf({ response, end, elapsedMs }: HarExchange) {
  const { connection } = response?.received ?? {};
  const { dnsMs = null, connectMs = null, proxyMs = null, tlsMs = null } = connection ?? {};
  const connect = connectMs === null ? -1 : roundMs(connectMs + (proxyMs ?? 0) + (tlsMs ?? 0));
  const [dns, ssl] = [dnsMs ?? -1, tlsMs ?? -1];
  const before = Math.max(0, dns) + Math.max(0, connect);
  const endMs = end?.atMs ?? elapsedMs;
  const headersMs = response?.atMs ?? endMs;
  const wait = roundMs(Math.max(0, headersMs - before));
  const receive = roundMs(Math.max(0, endMs - headersMs));
  const steps = { dns: roundMs(dns), connect, ssl: roundMs(ssl) };
  return { blocked: -1, ...steps, send: 0, wait, receive } satisfies Timings;
}

function timeOf({ dns, connect, send, wait, receive }: ReturnType<typeof timingsOf>): number {
  return roundMs(Math.max(0, dns) + Math.max(0, connect) + send + wait + receive);
}

/** False for bytes that no text decoder should see. */
function isText(exchange: HarExchange): boolean {
  const type = contentTypeOf(exchange);
  if (/^(?:image\/(?!svg)|audio|video|font)/i.test(type)) return false;
  const isWide = /^utf-16/i.test(charsetOf(type));
  return isWide || !exchange.bytes(0, Math.min(exchange.byteLength, 8000)).includes(0);
}

function contentTypeOf({ response }: HarExchange): string {
  return headerOf(response?.received.headers ?? [], 'content-type');
}

function headerOf(headers: HeaderList, wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}

function harHeaders(headers: HeaderList): Request['headers'] {
  return headers.map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): Request['queryString'] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name: decoded(name), value: decoded(value.join('=')) };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function httpVersion(received: WireResponse | undefined): string {
  return `HTTP/${received?.httpVersion ?? '1.1'}`;
}
