/**
 * The one file that touches undici, and the first to be loaded when something is sent. Deep imports: the package's
 * root would install its own Agent as the process-wide dispatcher, which other extensions' `fetch` would then use.
 */
import type { Socket } from 'node:net';
import type { buildConnector as Connectors } from 'undici';
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import { ConnectTimeoutError } from 'undici/lib/core/errors.js';
import Agent from 'undici/lib/dispatcher/agent.js';

/** What undici answers: header names and values in turn, latin1. */
export type UndiciResponse = Awaited<ReturnType<typeof request>>;

/** What undici takes; see its `Dispatcher.RequestOptions`. */
export interface UndiciRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: string[];
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal;
  readonly connectTimeoutMs: number;
}

/** An open exchange on a connection of its own. */
export interface UndiciExchange {
  readonly response: UndiciResponse;
  /** What broke the socket, if anything did: undici takes a reset for the end of a body without framing. */
  readonly socketError: () => Error | undefined;
  readonly close: () => Promise<void>;
}

/**
 * Sends on a connection of its own, which closes with the response's end. undici's own time limits are off: it
 * counts 300 s between chunks by default, and an event stream may be silent for longer.
 */
export async function undiciRequest(options: UndiciRequest): Promise<UndiciExchange> {
  const { origin, path, method, headers, body, signal, connectTimeoutMs } = options;
  let socketError: Error | undefined;
  const connect = abortableConnector(signal, connectTimeoutMs, (error) => {
    socketError = error;
  });
  const agent = new Agent({ connect, headersTimeout: 0, bodyTimeout: 0, connections: 1, pipelining: 1 });
  const close = (): Promise<void> => agent.destroy();
  try {
    const response = await request.call(agent, {
      origin,
      path,
      method,
      headers,
      body,
      signal,
      responseHeaders: 'raw',
    });
    return { response, socketError: () => socketError, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connects with a limit of its own and ends at once when aborted: undici can abort only what is connected. */
function abortableConnector(
  signal: AbortSignal,
  timeoutMs: number,
  onSocketError: (error: Error) => void,
): Connectors.connector {
  const connector = buildConnector({ timeout: 0 });
  return (target, callback) => {
    const end = (error: Error): void => void socket.destroy(error);
    const onAbort = (): void => end(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    const timer =
      timeoutMs > 0
        ? setTimeout(
            () => end(new ConnectTimeoutError('Connect Timeout Error')),
            Math.min(timeoutMs, 2 ** 31 - 1),
          )
        : undefined;
    const socket = connector(target, (...result) => {
      clearTimeout(timer);
      callback(...result);
    }) as unknown as Socket; // the connector returns its socket, which undici's types leave out
    socket.on('error', onSocketError);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
  };
}
