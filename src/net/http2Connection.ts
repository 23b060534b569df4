import * as http2 from 'node:http2';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Connected } from './connect.ts';
import { reused, type Connection, type ConnectionRequest, type ConnectionResponse } from './connection.ts';

/** Fields of one connection, which HTTP/2 has not (RFC 9113, 8.2.2), and those that become pseudo-fields. */
const NOT_SENT = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'host',
]);

/** Fields of a response; Node's own limit is 128, where over HTTP/1 only their length counts. */
const MAX_FIELDS = 2000;

/** HTTP/2 (RFC 9113) on a TLS connection, one exchange at a time. */
export function createHttp2Connection({ socket, facts }: Connected, origin: string): Connection {
  const session = http2.connect(origin, { createConnection: () => socket, maxHeaderListPairs: MAX_FIELDS });
  let hasAnswered = false;
  let isLeaving = false;
  let broken: Error | undefined;
  session.on('error', (error: Error) => {
    broken = error;
  });
  session.on('goaway', () => {
    isLeaving = true;
  });

  return {
    facts,
    factsReused: reused(facts),
    async send(request) {
      hasAnswered = false;
      const stream = openStream(session, request);
      const { signal } = request;
      const onAbort = (): void => void stream.destroy(asError(signal.reason));
      signal.addEventListener('abort', onAbort, { once: true });
      stream.once('close', () => signal.removeEventListener('abort', onAbort));
      if (signal.aborted) onAbort();
      const failure = failureOf(stream, () => broken);
      const isSent = sendBody(stream, request);
      try {
        const response = await Promise.race([responseOf(stream), failure.promise, isSent.then(never)]);
        hasAnswered = true;
        return { ...response, body: readBody(stream, failure), breakage: () => undefined };
      } catch (error) {
        stream.destroy();
        throw error;
      }
    },
    get isOpen() {
      return !isLeaving && !session.closed && !session.destroyed;
    },
    get hasAnswered() {
      return hasAnswered;
    },
    onClose(listener) {
      if (session.destroyed) listener();
      else session.once('close', listener);
    },
    setIdle(isIdle) {
      if (session.destroyed) return;
      if (isIdle) session.unref();
      else session.ref();
    },
    close() {
      session.destroy();
      socket.destroy();
    },
  };
}

function openStream(
  session: http2.ClientHttp2Session,
  { method, url, target, headers, body }: ConnectionRequest,
): http2.ClientHttp2Stream {
  const fields: Record<string, string[]> = {};
  let authority = url.host;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = (headers[at] ?? '').toLowerCase();
    const value = headers[at + 1] ?? '';
    if (name === 'host') authority = value;
    if (NOT_SENT.has(name) || (name === 'te' && value.toLowerCase() !== 'trailers')) continue;
    (fields[name] ??= []).push(value);
  }
  const length = body instanceof Uint8Array ? body.length : (body?.byteLength ?? null);
  if (length !== null) fields['content-length'] = [String(length)];
  const all: http2.OutgoingHttpHeaders = {
    ...Object.fromEntries(
      Object.entries(fields).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
    ),
    ':method': method,
    ':scheme': url.protocol.slice(0, -1),
    ':authority': authority,
    ':path': target,
    [http2.sensitiveHeaders as unknown as string]: ['authorization', 'cookie'],
  };
  return session.request(all, { endStream: body === null || length === 0 });
}

/** Rejects where the body cannot be made; where the server takes no more of it, its answer says why. */
async function sendBody(stream: http2.ClientHttp2Stream, { body }: ConnectionRequest): Promise<void> {
  if (body === null || stream.writableEnded) return;
  if (body instanceof Uint8Array) {
    stream.end(body);
    return;
  }
  let madeBad: Error | undefined;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* body.open();
    } catch (error) {
      madeBad = asError(error);
      throw error;
    }
  };
  try {
    await pipeline(Readable.from(pieces()), stream, { end: true });
  } catch {
    if (madeBad !== undefined) throw madeBad;
  }
}

/** What breaks a stream, whether it says so by an error or only by its end. */
function failureOf(stream: http2.ClientHttp2Stream, sessionError: () => Error | undefined) {
  let reason: Error | undefined;
  // A stream that is reset with code 0 ends like one that is whole, but is closed when its end is first pushed.
  const push = stream.push.bind(stream);
  let isWhole = false;
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk === null && !isWhole && stream.closed) reason ??= sessionError() ?? closedEarly(stream);
    isWhole ||= chunk === null;
    return push(chunk, encoding);
  };
  const promise = new Promise<never>((_resolve, reject) => {
    stream.on('error', (error: Error) => {
      reason = error;
      reject(error);
    });
    stream.once('aborted', () => {
      if (isWhole) return; // the server wants no more of the request's body (RFC 9113, 8.1)
      reason ??= sessionError() ?? closedEarly(stream);
    });
    stream.once('close', () => {
      if (!stream.readableEnded) reason ??= sessionError() ?? closedEarly(stream);
      reject(reason ?? closedEarly(stream));
    });
  });
  promise.catch(() => {}); // once the response is there, the body tells it
  return { promise, reason: () => reason };
}

function closedEarly({ rstCode }: http2.ClientHttp2Stream): Error {
  return Object.assign(new Error(`the stream was closed, HTTP/2 code ${rstCode}`), {
    code: 'ERR_HTTP2_STREAM_ERROR',
  });
}

async function responseOf(
  stream: http2.ClientHttp2Stream,
): Promise<Pick<ConnectionResponse, 'status' | 'statusText' | 'httpVersion' | 'headers'>> {
  const [fields, , raw] = (await once(stream, 'response')) as [
    http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader,
    number,
    readonly string[],
  ];
  const headers: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (!name.startsWith(':')) headers.push(name, raw[at + 1] ?? '');
  }
  return { status: fields[':status'] ?? 0, statusText: '', httpVersion: '2', headers };
}

async function* readBody(
  stream: http2.ClientHttp2Stream,
  failure: { readonly reason: () => Error | undefined },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    throw failure.reason() ?? error;
  } finally {
    stream.destroy();
  }
  const reason = failure.reason();
  if (reason !== undefined) throw reason;
}

function never(): Promise<never> {
  return new Promise(() => {});
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
