/** Loaded on the first send: undici, HTTP/2, TLS and all they need. */
import { headerValue } from '../core/cbhttp/resolve.ts';
import type { ConnectionFacts, HeaderList, Transport, WireRequest, WireResponse } from '../core/ports.ts';
import { connect } from './connect.ts';
import type { Connection, ConnectionRequest, ConnectionResponse } from './connection.ts';
import { createConnectionPool, IDLE_MS } from './connectionPool.ts';
import { decodeContent } from './contentCoding.ts';
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
      const key = JSON.stringify([url.origin, proxy, request.tls]);
      const asSent = connectionRequest(request, url, proxy, signal);
      const exchange = async (connection: Connection, isReused: boolean): Promise<WireResponse> => {
        try {
          const response = await connection.send(asSent);
          const facts = isReused ? reused(connection.facts) : connection.facts;
          return wireResponse(response, asSent, facts, (isWhole) => {
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

function reused(facts: ConnectionFacts): ConnectionFacts {
  return { ...facts, isReused: true, dnsMs: null, connectMs: null, proxyMs: null, tlsMs: null };
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
  for (const [name, value] of request.headers)
    headers.push(name, Buffer.from(value, 'utf8').toString('latin1'));
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
async function* readBody(
  response: ConnectionResponse,
  headers: HeaderList,
  { method, url: { host } }: ConnectionRequest,
  release: (isWhole: boolean) => void,
): AsyncGenerator<Uint8Array> {
  const hasBody = method !== 'HEAD' && response.status !== 204 && response.status !== 304;
  const isDelimitedByClose = !['content-length', 'transfer-encoding'].some((name) =>
    headerValue(headers, name),
  );
  let broken: Error | undefined;
  let isWhole = false;
  /** Ends as if all were well, so that decoders hand over what they hold; the break is told after that. */
  async function* untilBroken(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of response.body) yield chunk;
      if (isDelimitedByClose) broken = response.breakage();
      isWhole = broken === undefined;
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
    }
  }
  try {
    yield* decodeContent(untilBroken(), hasBody ? headers : []);
    if (broken !== undefined && hasBody) throw broken;
  } catch (error) {
    const bodyLengthKnown = headerValue(headers, 'content-length') !== undefined;
    throw wrapNetworkError(broken ?? error, { host, bodyLengthKnown });
  } finally {
    release(isWhole);
  }
}

function pairHeaders(flat: readonly string[]): HeaderList {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] ?? '', fromUtf8(flat[at + 1] ?? '')]);
  return pairs;
}

/** A received value is taken for UTF-8 where it is that, else for latin1. */
function fromUtf8(latin1: string): string {
  const text = Buffer.from(latin1, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? latin1 : text;
}
