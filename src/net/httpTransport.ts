import { pipeline, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { CbError } from '../core/errors.ts';
import { headerValue } from '../core/cbhttp/resolve.ts';
import { msg } from '../core/message.ts';
import type { HeaderList, Transport, WireRequest } from '../core/ports.ts';
import { wrapNetworkError } from './networkError.ts';
import type { UndiciResponse } from './undici.ts';

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
      const { response, close } = opened;
      const headers = pairHeaders(response.headers);
      return {
        status: response.statusCode,
        statusText: response.statusText,
        httpVersion: '1.1', // HTTP/2 is not offered in the TLS handshake
        headers,
        body: readBody(response, headers, { host: url.host, method: request.method, close }),
      };
    },
  };
}

/** The body's chunks with content codings (RFC 9110, 8.4) removed as they come; closes the connection at the end. */
async function* readBody(
  response: UndiciResponse,
  headers: HeaderList,
  options: { host: string; method: string; close: () => Promise<void> },
): AsyncGenerator<Uint8Array> {
  const hasBody = options.method !== 'HEAD' && response.statusCode !== 204 && response.statusCode !== 304;
  const codings = hasBody ? (headerValue(headers, 'content-encoding') ?? '') : '';
  const decoders = codings
    .split(',')
    .map((coding) => decoderFor(coding.trim().toLowerCase()))
    .filter((decoder) => decoder !== null)
    .reverse();
  try {
    let source: NodeJS.ReadableStream = response.body;
    for (const decoder of decoders) {
      // The error reaches whoever iterates `source`; the callback only keeps it from being thrown as well.
      source = pipeline(source, decoder, () => {});
    }
    for await (const chunk of source) yield chunk as Uint8Array;
  } catch (error) {
    const bodyLengthKnown = headerValue(headers, 'content-length') !== undefined;
    throw wrapNetworkError(error, { host: options.host, bodyLengthKnown });
  } finally {
    response.body.destroy();
    await options.close();
  }
}

function decoderFor(coding: string): Transform | null {
  const flush = { flush: zlib.constants.Z_SYNC_FLUSH };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip(flush);
    case 'deflate':
      return zlib.createInflate(flush);
    case 'br':
      return zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH });
    default:
      return null;
  }
}

/** Names and values in turn; a value goes out as its UTF-8 bytes, which undici writes as latin1. */
function flatHeaders(request: WireRequest): string[] {
  return request.headers.flatMap(([name, value]) => {
    const bytes = Buffer.from(value, 'utf8').toString('latin1');
    // eslint-disable-next-line no-control-regex -- RFC 9110, 5.5
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
      throw new CbError(
        'invalid-header',
        msg('The header "{0}" cannot be sent: a character is not allowed.', name),
      );
    }
    return [name, bytes];
  });
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
