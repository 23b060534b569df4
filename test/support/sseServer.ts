import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as it arrived, its body read to the end. */
export interface ScriptedRequest {
  readonly method: string;
  /** Path and query as on the request line, undecoded. */
  readonly url: string;
  /** In the order and with the names as sent; values decoded as UTF-8. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The first value of a header, by its name in any case. */
  header(name: string): string | undefined;
}

/** How a body's bytes are framed: as HTTP chunks, as they are (content-length), or as they are up to the FIN. */
type Framing = 'chunked' | 'length' | 'close';

/**
 * One request and its answer, which the test writes step by step. Every step resolves when its bytes were handed to
 * the system, or when the connection turned out to be gone: look at {@link ScriptedConnection.closed} for that.
 */
export interface ScriptedConnection {
  readonly request: ScriptedRequest;
  /** Resolves when the TCP connection is gone, whoever closed it. */
  readonly closed: Promise<void>;
  /**
   * Sends the status line and the headers, exactly these. Framing follows from them: a `Content-Length` or
   * `Connection: close` header means that `write` sends bytes as they are; otherwise `Transfer-Encoding: chunked` is
   * added and each `write` is one HTTP chunk.
   */
  head(status: number, headers?: Readonly<Record<string, string>>, statusText?: string): Promise<void>;
  /** Sends a piece of the body: these bytes, text as UTF-8. An empty piece sends nothing. */
  write(bytes: Uint8Array | string): Promise<void>;
  /** Sends bytes past all framing: broken status lines, broken chunks. */
  raw(bytes: Uint8Array | string): Promise<void>;
  /** Ends the answer the regular way: the last chunk, or a FIN where the body ends with the connection. */
  end(): Promise<void>;
  /** Closes the connection with a FIN, wherever the answer stands. */
  destroy(): void;
  /** Resets the connection (TCP RST), wherever the answer stands. */
  reset(): void;
}

/** An HTTP/1.1 server on 127.0.0.1 whose answers a test writes byte by byte. */
export interface ScriptedServer {
  readonly port: number;
  /** Without a slash at the end, for example `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** How many TCP connections are open now, those kept for a next request included. */
  readonly openConnections: number;
  /** How many requests are there whose answer has not ended, and whose connection stands. */
  readonly openExchanges: number;
  /** The next request that no one has taken yet, in the order of arrival. Rejects when the server is disposed. */
  nextRequest(): Promise<ScriptedConnection>;
  /** Closes what is still open and stops listening. */
  dispose(): Promise<void>;
}

/**
 * Starts a scripted server on a free port. With a `handler`, each request goes to it, and `nextRequest` never sees
 * one; what it throws ends that connection with a reset. The caller disposes the server.
 */
export async function startScriptedServer(
  handler?: (connection: ScriptedConnection) => void | Promise<void>,
): Promise<ScriptedServer> {
  const untaken: ScriptedConnection[] = [];
  const waiting: Deferred<ScriptedConnection>[] = [];
  const sockets = new Set<Socket>();
  const open = new Set<symbol>();

  const accept = async (message: IncomingMessage): Promise<void> => {
    const exchange = Symbol(message.url);
    const onEnd = (): void => void open.delete(exchange);
    open.add(exchange);
    message.socket.once('close', onEnd);
    const connection = scriptedConnection(message.socket, await readRequest(message), onEnd);
    if (handler) {
      await handler(connection);
      return;
    }
    const taker = waiting.shift();
    if (taker) {
      taker.resolve(connection);
    } else {
      untaken.push(connection);
    }
  };

  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, (message) => {
    // The answer goes to the socket directly: node:http's own response object would add and check headers.
    accept(message).catch(() => message.socket.resetAndDestroy());
  });
  server.headersTimeout = 0;
  server.on('connection', (socket) => {
    socket.setNoDelay(true);
    socket.setMaxListeners(0); // each request on it has its own
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    get openConnections() {
      return sockets.size;
    },
    get openExchanges() {
      return open.size;
    },
    async nextRequest() {
      const next = untaken.shift();
      if (next) {
        return next;
      }
      const taker = deferred<ScriptedConnection>();
      waiting.push(taker);
      return taker.promise;
    },
    async dispose() {
      for (const taker of waiting.splice(0)) {
        taker.reject(new Error('the scripted server was disposed'));
      }
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      });
    },
  };
}

/** @param onEnd the answer has ended the regular way */
function scriptedConnection(socket: Socket, request: ScriptedRequest, onEnd: () => void): ScriptedConnection {
  let framing: Framing | undefined;
  let bytesLeft = 0;

  const send = (bytes: Uint8Array | string): Promise<void> =>
    new Promise((resolve) => {
      if (socket.destroyed || socket.writableEnded || bytes.length === 0) {
        resolve();
      } else {
        socket.write(bytes, () => resolve());
      }
    });

  return {
    request,
    closed: new Promise((resolve) => {
      if (socket.destroyed) {
        resolve();
      } else {
        socket.once('close', () => resolve());
      }
    }),
    head(status, headers = {}, statusText = 'OK') {
      const names = Object.keys(headers).map((name) => name.toLowerCase());
      if (status === 204 || status === 304) {
        framing = 'length'; // of nothing (RFC 9112, 6.3)
        onEnd();
      } else if (names.includes('content-length')) {
        framing = 'length';
        bytesLeft = Number(
          Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1],
        );
        if (bytesLeft === 0) onEnd();
      } else if (Object.entries(headers).some(isConnectionClose)) {
        framing = 'close';
      } else {
        framing = 'chunked';
      }
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      if (framing === 'chunked' && !names.includes('transfer-encoding')) {
        lines.push('Transfer-Encoding: chunked\r\n');
      }
      return send(`HTTP/1.1 ${status} ${statusText}\r\n${lines.join('')}\r\n`);
    },
    async write(bytes) {
      if (framing === undefined) {
        throw new Error('write() before head()');
      }
      const body = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
      if (framing !== 'chunked' || body.length === 0) {
        bytesLeft -= body.length;
        if (framing === 'length' && bytesLeft <= 0) onEnd();
        return send(body);
      }
      socket.cork(); // one packet, where it fits
      void send(`${body.length.toString(16)}\r\n`);
      void send(body);
      const done = send('\r\n');
      socket.uncork();
      return done;
    },
    raw: send,
    async end() {
      onEnd();
      if (framing === 'chunked') {
        await send('0\r\n\r\n');
      } else if (framing === 'close') {
        socket.end();
      }
    },
    destroy() {
      socket.end();
    },
    reset() {
      socket.resetAndDestroy();
    },
  };
}

function isConnectionClose([name, value]: readonly [string, string]): boolean {
  return name.toLowerCase() === 'connection' && value.toLowerCase() === 'close';
}

async function readRequest(message: IncomingMessage): Promise<ScriptedRequest> {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const value = Buffer.from(message.rawHeaders[index + 1] ?? '', 'latin1').toString('utf8');
    headers.push([message.rawHeaders[index] ?? '', value]);
  }
  return {
    method: message.method ?? '',
    url: message.url ?? '',
    headers,
    body: await buffer(message),
    header: (name) => headers.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1],
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
