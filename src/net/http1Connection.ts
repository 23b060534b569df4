/**
 * The one file that touches undici. Deep imports: the package's root would install its own Agent as the process-wide
 * dispatcher, which other extensions' `fetch` would then use.
 */
import request from 'undici/lib/api/api-request.js';
import Client from 'undici/lib/dispatcher/client.js';
import type { BodySource } from '../core/ports.ts';
import type { Connected } from './connect.ts';
import type { Connection, ConnectionRequest } from './connection.ts';
import { watchResponseHeads } from './responseHeads.ts';

/**
 * HTTP/1.1 (RFC 9112) on a connection, by undici. Its own time limits are off: it counts 300 s between chunks by
 * default, and an event stream may be silent for longer.
 */
export function createHttp1Connection({ socket, facts }: Connected, idleTimeoutMs: number): Connection {
  const heads = watchResponseHeads(socket);
  let broken: Error | undefined;
  socket.on('error', (error) => {
    broken = error;
  });
  let isTaken = false;
  // The origin is of no matter, each request brings its Host; an https one would make undici look after its names.
  const client = new Client('http://localhost', {
    connect: (_target, callback) => {
      // Within this call the client would not notice that it is connected.
      queueMicrotask(() => {
        if (isTaken || socket.destroyed) {
          callback(broken ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' }), null);
        } else {
          isTaken = true;
          callback(null, socket);
        }
      });
    },
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleTimeoutMs,
    keepAliveMaxTimeout: idleTimeoutMs,
  });
  return {
    facts,
    async send({ method, target, headers, body, signal }: ConnectionRequest) {
      heads.expect();
      const sent = body === null || body instanceof Uint8Array ? body : iterable(body);
      const length = isSource(body) && body.byteLength > 0 ? ['content-length', String(body.byteLength)] : [];
      const response = await request.call(client, {
        path: target,
        method,
        headers: [...headers, ...length],
        body: sent as Uint8Array, // undici takes iterables too, its types do not
        signal,
        responseHeaders: 'raw',
      });
      return {
        status: response.statusCode,
        statusText: response.statusText,
        httpVersion: heads.version,
        headers: response.headers,
        body: response.body,
        breakage: () => broken,
      };
    },
    get isOpen() {
      return !socket.destroyed && broken === undefined;
    },
    get hasAnswered() {
      return heads.hasBegun;
    },
    onClose(listener) {
      if (socket.destroyed) listener();
      else socket.once('close', listener);
    },
    setIdle: () => {}, // undici sees to that
    close() {
      client.destroy().catch(() => {});
      socket.destroy(); // also where the client has never had it
    },
  };
}

function isSource(body: ConnectionRequest['body']): body is BodySource {
  return body !== null && !(body instanceof Uint8Array);
}

/** undici takes what can be iterated, not what can be opened. */
function iterable(source: BodySource): Uint8Array | AsyncIterable<Uint8Array> {
  if (source.byteLength === 0) return new Uint8Array(0);
  return { [Symbol.asyncIterator]: () => source.open()[Symbol.asyncIterator]() };
}
