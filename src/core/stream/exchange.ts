import { CbError, isCbError, type CbErrorCode } from '../errors.ts';
import { msg, type Message } from '../message.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import { headerValue } from '../cbhttp/resolve.ts';
import type { Clock, WireResponse } from '../ports.ts';
import { finalResponse, type SendingPorts } from './finalResponse.ts';
import type { StreamRecord } from './record.ts';
import { createSseDecoder } from './sseDecoder.ts';

/** How an exchange ended. */
export type EndReason =
  | 'complete'
  | 'cancelled'
  | 'timeout'
  | 'connect-timeout'
  | 'headers-timeout'
  | 'idle-timeout'
  | 'reset'
  | 'truncated'
  | 'error';

export interface ExchangeEnd {
  readonly reason: EndReason;
  /** Why, for every reason but `complete` and `cancelled`. */
  readonly error: CbError | null;
  /** Body bytes received, content codings removed. */
  readonly bytes: number;
}

/** What is told as it happens; `atMs` counts from the start of sending on the monotonic clock. */
export interface ExchangeListener {
  /** A response that was followed elsewhere; no more is told of it. */
  onRedirect?(atMs: number, response: WireResponse, nextUrl: string): void;
  /** The response that is not followed further. */
  onResponse(atMs: number, response: WireResponse, isEventStream: boolean): void;
  /** Each chunk of the body, before it is decoded; the next one is read when a promise it returns has settled. */
  onChunk(atMs: number, chunk: Uint8Array): void | Promise<void>;
  /** Each record of an event stream, at its chunk's time; without it nothing is decoded. */
  onRecord?(atMs: number, record: StreamRecord): void;
  /** Last, exactly once. */
  onEnd(atMs: number, end: ExchangeEnd): void;
}

export interface ExchangePorts extends SendingPorts {
  readonly clock: Clock;
}

/**
 * Sends one request and follows its response to the end. Resolves when `onEnd` has been called; rejects only if
 * the listener throws.
 * @param options.signal cancels: the connection is closed at once
 */
export async function runExchange(
  request: PreparedRequest,
  ports: ExchangePorts,
  listener: ExchangeListener,
  options: { readonly signal: AbortSignal },
): Promise<void> {
  const { clock } = ports;
  const startMs = clock.now();
  const elapsed = (): number => clock.now() - startMs;
  const stop = new AbortController();
  let bytes = 0;

  const onCancel = (): void => stop.abort(new CbError('cancelled', msg('Cancelled.')));
  if (options.signal.aborted) onCancel();
  options.signal.addEventListener('abort', onCancel, { once: true });
  const callOffTimeout = startTimer(clock, request.timeoutMs, () => {
    stop.abort(
      new CbError(
        'timeout',
        msg('No end after {0}: the time limit of this request.', seconds(request.timeoutMs)),
      ),
    );
  });
  const idle = idleTimer(clock, request.idleTimeoutMs, stop);

  let failure: unknown;
  try {
    stop.signal.throwIfAborted();
    const response = await finalResponse(request, ports, {
      signal: stop.signal,
      onSend: () => idle.restart('headers-timeout'),
      onRedirect: (redirect, nextUrl) => listener.onRedirect?.(elapsed(), redirect, nextUrl),
    });
    idle.restart('idle-timeout');
    const isEventStream = request.stream !== 'off' && isEventStreamType(response);
    listener.onResponse(elapsed(), response, isEventStream);
    let atMs = elapsed();
    const decoder =
      isEventStream && listener.onRecord !== undefined
        ? createSseDecoder((record) => listener.onRecord?.(atMs, record))
        : undefined;
    try {
      for await (const chunk of response.body) {
        stop.signal.throwIfAborted();
        idle.restart('idle-timeout');
        bytes += chunk.length;
        atMs = elapsed();
        const taken = listener.onChunk(atMs, chunk);
        decoder?.feed(chunk);
        if (taken !== undefined) await taken;
      }
    } finally {
      atMs = elapsed();
      decoder?.end();
    }
  } catch (error) {
    failure = stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    idle.callOff();
    callOffTimeout();
    options.signal.removeEventListener('abort', onCancel);
    stop.abort(); // closes what a throwing listener left open
  }
  const error = failure === undefined ? null : asCbError(failure);
  const reason = error === null ? 'complete' : reasonFor(error.code);
  listener.onEnd(elapsed(), { reason, error: reason === 'cancelled' ? null : error, bytes });
}

/** True for `text/event-stream`, whatever its parameters and letter case (HTML standard, 9.2.3). */
function isEventStreamType(response: WireResponse): boolean {
  const type = headerValue(response.headers, 'content-type') ?? '';
  return type.split(';', 1)[0]?.trim().toLowerCase() === 'text/event-stream';
}

function reasonFor(code: CbErrorCode): EndReason {
  switch (code) {
    case 'cancelled':
    case 'timeout':
    case 'connect-timeout':
    case 'headers-timeout':
    case 'idle-timeout':
    case 'reset':
    case 'truncated':
      return code;
    default:
      return 'error';
  }
}

function asCbError(failure: unknown): CbError {
  if (isCbError(failure)) return failure;
  const text = failure instanceof Error ? failure.message : String(failure);
  return new CbError('network', msg('The exchange failed: {0}', text), { cause: failure });
}

/** Aborts after a silence; restarted by every sign of life. */
function idleTimer(clock: Clock, idleMs: number, stop: AbortController) {
  let callOff = (): void => {};
  return {
    restart(code: 'headers-timeout' | 'idle-timeout'): void {
      callOff();
      callOff = startTimer(clock, idleMs, () => stop.abort(new CbError(code, silence(code, idleMs))));
    },
    callOff: (): void => callOff(),
  };
}

function silence(code: 'headers-timeout' | 'idle-timeout', idleMs: number): Message {
  return code === 'headers-timeout'
    ? msg('No response headers within {0}: the limit for silence.', seconds(idleMs))
    : msg('Nothing came for {0}: the limit for silence.', seconds(idleMs));
}

function startTimer(clock: Clock, ms: number, callback: () => void): () => void {
  return ms > 0 ? clock.after(ms, callback) : () => {};
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}
