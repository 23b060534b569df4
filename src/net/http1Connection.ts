/**
 * The one file that touches undici. Deep imports: the package's root would install its own Agent as the process-wide
 * dispatcher, which other extensions' `fetch` would then use.
 */
import type { Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { BodySource } from '../core/ports.ts';
import type { Connected } from './connect.ts';
import { createBodyQueue, type BodyQueue } from './bodyQueue.ts';
import { reused, type Connection, type ConnectionRequest, type ConnectionResponse } from './connection.ts';
import { watchResponseHeads, type ResponseHeads } from './responseHeads.ts';

/**
 * HTTP/1.1 (RFC 9112) on a connection, by undici. Its own time limits are off: it counts 300 s between chunks by
 * default, and an event stream may be silent for longer.
 */
export function createHttp1Connection({ socket, facts }: Connected, idleTimeoutMs: number): Connection {
  const heads = watchResponseHeads(socket);
  let broken: Error | undefined;
  socket.on('error', (error) => {
    broken ??= error; // undici adds its own
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
    factsReused: reused(facts),
    send(request) {
      heads.expect();
      return new Promise((resolve, reject) => {
        client.dispatch(
          dispatchOptions(request),
          makeHandler(request.signal, { heads, breakage: () => broken }, resolve, (error) => {
            // undici says only that it was closed; the socket, and TLS's alerts, say why.
            reject('code' in error && error.code === 'UND_ERR_SOCKET' ? (broken ?? error) : error);
          }),
        );
      });
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

function dispatchOptions({ method, target, headers, body }: ConnectionRequest): Dispatcher.DispatchOptions {
  const length =
    isSource(body) && body.byteLength > 0 ? ['content-length', String(body.byteLength)] : undefined;
  return {
    path: target,
    method,
    headers: (length === undefined ? headers : [...headers, ...length]) as string[],
    body: (isSource(body) ? iterable(body) : body) as Uint8Array, // iterables too, which the types leave out
  };
}

/**
 * Takes what undici tells of one exchange. In place of its `request`, which makes a stream of each body, parses the
 * headers twice, and loses what a stream holds when the connection breaks.
 */
function makeHandler(
  signal: AbortSignal,
  from: { readonly heads: ResponseHeads; readonly breakage: () => Error | undefined },
  resolve: (response: ConnectionResponse) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  let abort: ((error?: Error) => void) | undefined;
  let body: BodyQueue | undefined;
  let breakage: Error | undefined;
  const finish = (): void => signal.removeEventListener('abort', onAbort);
  const stop = (error: Error): void => {
    finish();
    if (body === undefined) reject(error);
    else body.breakOff(error);
    abort?.(error);
  };
  const onAbort = (): void => {
    const reason: unknown = signal.reason;
    stop(reason instanceof Error ? reason : new Error(String(reason)));
  };
  signal.addEventListener('abort', onAbort);
  return {
    onConnect(abortRequest) {
      abort = abortRequest;
      if (signal.aborted) onAbort();
    },
    onHeaders(status, rawHeaders, resume, statusText) {
      if (status < 200) return true;
      body = createBodyQueue(resume, () => stop(new Error('left')));
      const headers = rawHeaders.map((field) => field.toString('latin1'));
      const { version: httpVersion } = from.heads;
      resolve({ status, statusText, httpVersion, headers, body, breakage: () => breakage });
      return true;
    },
    onData: (chunk) => body?.push(chunk) ?? true,
    onComplete() {
      finish();
      breakage = from.breakage(); // behind it, undici breaks a connection that is not kept
      body?.end();
    },
    onError(error) {
      finish();
      if (body === undefined) reject(error);
      else body.end(error);
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
