/** Loaded on the first send: undici, HTTP/2, TLS and all they need. */
import { headerValue } from '../core/cbhttp/resolve.ts';
import type { CbError } from '../core/errors.ts';
import type { HeaderList, TlsSettings, Transport, WireRequest, WireResponse } from '../core/ports.ts';
import { connect } from './connect.ts';
import type { Connection, ConnectionRequest, ConnectionResponse } from './connection.ts';
import { createConnectionPool, IDLE_MS } from './connectionPool.ts';
import { decodeContent, isContentCoded } from './contentCoding.ts';
import { createHttp1Connection } from './http1Connection.ts';
import { createHttp2Connection } from './http2Connection.ts';
import { wrapNetworkError } from './networkError.ts';
import { proxyFor, type Proxy, type ProxySources } from './proxySettings.ts';
import { createTlsContexts } from './tlsContext.ts';

/** Methods that have the same effect if sent twice (RFC 9110, 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
/** ms that a connection may have waited to carry a request that is not sent twice: few servers close it sooner. */
const FRESH_MS = 1000;

/** A transport with its open connections; whoever makes it disposes it. */
export interface OwnedTransport extends Transport {
  /** Closes all connections at once, also those in use. */
  dispose(): void;
}

/** HTTP/1.1, and over TLS HTTP/2, with connections kept alive. Redirects are not followed. */
export function createWireTransport(proxies: ProxySources): OwnedTransport {
  const pool = createConnectionPool();
  const contexts = createTlsContexts();

  const open = async (
    key: string,
    url: URL,
    request: WireRequest,
    proxy: Proxy | null,
    signal: AbortSignal,
  ): Promise<Connection> => {
    const { connectTimeoutMs, tls } = request;
    const connected = await connect(url, { signal, connectTimeoutMs, tls, proxy, contexts });
    const connection =
      connected.protocol === 'h2'
        ? createHttp2Connection(connected, url.origin)
        : createHttp1Connection(connected, IDLE_MS);
    pool.add(key, connection);
    return connection;
  };

  return {
    async send(request, { signal }) {
      signal.throwIfAborted();
      const url = new URL(request.url);
      const proxy = proxyFor(url, request.proxy, proxies);
      const key = connectionKey(url, proxy, request.tls);
      const asSent = connectionRequest(request, url, proxy, signal);
      const exchange = async (connection: Connection, isReused: boolean): Promise<WireResponse> => {
        try {
          const response = await connection.send(asSent);
          const { facts, factsReused } = connection;
          return wireResponse(response, asSent, isReused ? factsReused : facts, (isWhole) => {
            if (isWhole) pool.give(key, connection);
            else pool.close(connection);
          });
        } catch (error) {
          pool.close(connection);
          signal.throwIfAborted();
          throw error;
        }
      };

      const isIdempotent = IDEMPOTENT.has(request.method);
      const waiting = pool.take(key, isIdempotent ? IDLE_MS : FRESH_MS);
      try {
        if (waiting !== undefined) {
          try {
            return await exchange(waiting, true);
          } catch (error) {
            signal.throwIfAborted();
            if (!isIdempotent || waiting.hasAnswered) throw error;
          }
        }
        return await exchange(await open(key, url, request, proxy, signal), false);
      } catch (error) {
        signal.throwIfAborted();
        throw wrapNetworkError(error, { host: url.host, bodyLengthKnown: false });
      }
    },
    dispose: () => pool.dispose(),
  };
}

/** The same for connections that may stand in for each other. */
function connectionKey({ origin }: URL, proxy: Proxy | null, tls: TlsSettings): string {
  return proxy === null && origin.startsWith('http:') ? origin : JSON.stringify([origin, proxy, tls]);
}

function connectionRequest(
  request: WireRequest,
  url: URL,
  proxy: Proxy | null,
  signal: AbortSignal,
): ConnectionRequest {
  const { method, body } = request;
  const isForwarded = proxy !== null && url.protocol === 'http:'; // for https the proxy only carries bytes
  const path = url.pathname + url.search;
  const headers = headerValue(request.headers, 'host') === undefined ? ['Host', url.host] : [];
  if (isForwarded && proxy.authorization !== null) headers.push('Proxy-Authorization', proxy.authorization);
  // A value goes out as its UTF-8 bytes, one character each.
  for (const [name, value] of request.headers) {
    headers.push(name, isAscii(value) ? value : Buffer.from(value, 'utf8').toString('latin1'));
  }
  return { method, url, target: isForwarded ? url.origin + path : path, headers, body, signal };
}

function wireResponse(
  response: ConnectionResponse,
  request: ConnectionRequest,
  connection: WireResponse['connection'],
  release: (isWhole: boolean) => void,
): WireResponse {
  const { status, statusText, httpVersion } = response;
  const headers = pairHeaders(response.headers);
  return {
    status,
    statusText,
    httpVersion,
    headers,
    connection,
    body: readBody(response, headers, request, release),
  };
}

/** The body's chunks with content codings (RFC 9110, 8.4) removed as they come; releases the connection at the end. */
function readBody(
  response: ConnectionResponse,
  headers: HeaderList,
  { method, url: { host } }: ConnectionRequest,
  release: (isWhole: boolean) => void,
): AsyncIterableIterator<Uint8Array> {
  const hasBody = method !== 'HEAD' && response.status !== 204 && response.status !== 304;
  const isLengthKnown = headerValue(headers, 'content-length') !== undefined;
  const isDelimitedByClose = !isLengthKnown && headerValue(headers, 'transfer-encoding') === undefined;
  let broken: Error | undefined;
  const asFailure = (error: unknown): CbError =>
    wrapNetworkError(error, { host, bodyLengthKnown: isLengthKnown, isAnswered: true });
  const isCoded = hasBody && isContentCoded(headers);
  const chunks = watchedChunks(
    response.body,
    (error) => {
      broken = error ?? (isDelimitedByClose ? response.breakage() : undefined);
      release(broken === undefined);
      // Decoders hand over first what they hold.
      if (broken !== undefined && hasBody && !isCoded) throw asFailure(broken);
    },
    () => release(false),
  );
  if (!isCoded) return chunks;

  async function* decoded(): AsyncGenerator<Uint8Array> {
    try {
      yield* decodeContent(chunks, headers);
    } catch (error) {
      throw asFailure(broken ?? error);
    }
    if (broken !== undefined) throw asFailure(broken);
  }
  const decoding = decoded();
  return {
    next: () => decoding.next().catch((error: unknown) => leave(error)),
    async return() {
      await chunks.return?.(); // also where nothing was taken yet
      return decoding.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };

  /** A decoder gave up before the body ended. */
  async function leave(error: unknown): Promise<never> {
    await chunks.return?.();
    throw error;
  }
}

/**
 * The chunks of a body, with word of its end. By hand, since a generator that was not started yet does not notice
 * that it is left.
 * @param onEnd once, with what broke it; may throw what is told instead of the end
 * @param onLeave once, instead
 */
function watchedChunks(
  body: AsyncIterable<Uint8Array>,
  onEnd: (error?: Error) => void,
  onLeave: () => void,
): AsyncIterableIterator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  const end: IteratorReturnResult<undefined> = { done: true, value: undefined };
  let isOver = false;
  const onNext = (result: IteratorResult<Uint8Array>): IteratorResult<Uint8Array> => {
    if (result.done !== true) return result;
    return finish();
  };
  const onError = (error: unknown): IteratorResult<Uint8Array> =>
    finish(error instanceof Error ? error : new Error(String(error)));
  const finish = (error?: Error): IteratorResult<Uint8Array> => {
    if (!isOver) {
      isOver = true;
      onEnd(error);
    }
    return end;
  };
  return {
    next: () => source.next().then(onNext, onError),
    async return() {
      if (isOver) return end;
      isOver = true;
      onLeave();
      await source.return?.();
      return end;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function pairHeaders(flat: readonly string[]): HeaderList {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] ?? '', fromUtf8(flat[at + 1] ?? '')]);
  return pairs;
}

/** A received value is taken for UTF-8 where it is that, else for latin1. */
function fromUtf8(latin1: string): string {
  if (isAscii(latin1)) return latin1;
  const text = Buffer.from(latin1, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? latin1 : text;
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  return /^[\u0000-\u007f]*$/.test(text);
}
