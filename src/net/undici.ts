/**
 * The one file that touches undici, and the first to be loaded when something is sent. Deep imports: the package's
 * root would install its own Agent as the process-wide dispatcher, which other extensions' `fetch` would then use.
 */
import Agent from 'undici/lib/dispatcher/agent.js';
import request from 'undici/lib/api/api-request.js';

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

/**
 * Sends on a connection of its own, which closes with the response's end. undici's own time limits are off: it
 * counts 300 s between chunks by default, and an event stream may be silent for longer.
 */
export async function undiciRequest(
  options: UndiciRequest,
): Promise<{ response: UndiciResponse; close: () => Promise<void> }> {
  const agent = new Agent({
    connect: { timeout: options.connectTimeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: 1,
    pipelining: 1,
  });
  const close = (): Promise<void> => agent.destroy();
  try {
    const { origin, path, method, headers, body, signal } = options;
    const response = await request.call(agent, {
      origin,
      path,
      method,
      headers,
      body,
      signal,
      responseHeaders: 'raw',
    });
    return { response, close };
  } catch (error) {
    await close();
    throw error;
  }
}
