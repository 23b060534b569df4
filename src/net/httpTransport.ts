import { headerValue } from '../core/cbhttp/resolve.ts';
import type { HeaderList, Transport, WireRequest } from '../core/ports.ts';
import { decodeContent } from './contentCoding.ts';
import { wrapNetworkError } from './networkError.ts';
import type { UndiciExchange } from './undici.ts';

/**
 * HTTP/1.1 over TCP and TLS by undici, loaded on first use. Redirects are not followed: a 3xx is an answer like
 * any other.
 */
export function createHttpTransport(): Transport {
  return {
    send: async (request, { signal }) => {
      const { undiciRequest } = await import('./undici.ts');
      signal.throwIfAborted();
      const url = new URL(request.url);
      let opened;
      try {
        opened = await undiciRequest({
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method,
          headers: flatHeaders(request),
          body: request.body,
          signal,
          connectTimeoutMs: request.connectTimeoutMs,
        });
      } catch (error) {
        signal.throwIfAborted();
        throw wrapNetworkError(error, { host: url.host, bodyLengthKnown: false });
      }
      const { response } = opened;
      const headers = pairHeaders(response.headers);
      return {
        status: response.statusCode,
        statusText: response.statusText,
        httpVersion: '1.1', // HTTP/2 is not offered in the TLS handshake
        headers,
        body: readBody(opened, headers, { host: url.host, method: request.method }),
      };
    },
  };
}

/** The body's chunks with content codings (RFC 9110, 8.4) removed as they come; closes the connection at the end. */
async function* readBody(
  { response, socketError, close }: UndiciExchange,
  headers: HeaderList,
  { host, method }: { host: string; method: string },
): AsyncGenerator<Uint8Array> {
  const hasBody = method !== 'HEAD' && response.statusCode !== 204 && response.statusCode !== 304;
  const isDelimitedByClose = !['content-length', 'transfer-encoding'].some((name) =>
    headerValue(headers, name),
  );
  let broken: Error | undefined;
  /** Ends as if all were well, so that decoders hand over what they hold; the break is told after that. */
  async function* untilBroken(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of response.body) yield chunk as Uint8Array;
      if (isDelimitedByClose) broken = socketError();
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
    response.body.destroy();
    await close();
  }
}

/** Names and values in turn; a value goes out as its UTF-8 bytes, which undici writes as latin1. */
function flatHeaders(request: WireRequest): string[] {
  return request.headers.flatMap(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]);
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
