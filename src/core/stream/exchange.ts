import { isCbError, type CbError, type CbErrorCode } from '../errors.ts';
import { failed } from '../failures/failed.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import { headerValue } from '../cbhttp/resolve.ts';
import type { Clock, HeaderList, WireResponse } from '../ports.ts';
import { finalResponse, type SendingPorts } from './finalResponse.ts';
import type { StreamRecord } from './record.ts';
import { createSseDecoder } from './sseDecoder.ts';
import { stopSignal } from './stopSignal.ts';
import { streamFormat, type StreamFormat } from './streamFormat.ts';

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
  /** Before each request that goes out. @param headers with the profile's cookies: they hold secrets */
  onSend?(headers: HeaderList): void;
  /** A response that was followed elsewhere; no more is told of it. */
  onRedirect?(atMs: number, response: WireResponse, nextUrl: string): void;
  /**
   * The response that is not followed further.
   * @param hasRecords true if `onRecord` is told its records: those of an event stream, and of JSON texts with
   * `@stream on`
   * @param format how to show it row by row; null for a whole
   */
  onResponse(atMs: number, response: WireResponse, hasRecords: boolean, format: StreamFormat | null): void;
  /** Each chunk of the body, before it is decoded; the next one is read when a promise it returns has settled. */
  onChunk(atMs: number, chunk: Uint8Array): void | Promise<void>;
  /** Each record, at its chunk's time; without it nothing is decoded. */
  onRecord?(atMs: number, record: StreamRecord): void;
  /** The stream's last event ID has changed; told with {@link onRecord} alone. */
  onLastEventId?(id: string): void;
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
 * @param options.lastEventId of the connection before
 */
export async function runExchange(
  request: PreparedRequest,
  ports: ExchangePorts,
  listener: ExchangeListener,
  options: { readonly signal: AbortSignal; readonly lastEventId?: string },
): Promise<void> {
  const { clock } = ports;
  const startMs = clock.now();
  const elapsed = (): number => clock.now() - startMs;
  const stop = stopSignal(request, clock, options.signal);
  let bytes = 0;

  let failure: unknown;
  let isThrough = false;
  let response: WireResponse | undefined;
  try {
    stop.signal.throwIfAborted();
    response = await finalResponse(request, ports, {
      signal: stop.signal,
      onSend: (headers) => {
        listener.onSend?.(headers);
        stop.restart('headers-timeout');
      },
      onRedirect: (redirect, nextUrl) => listener.onRedirect?.(elapsed(), redirect, nextUrl),
    });
    stop.restart('idle-timeout');
    const format = streamFormat(request.stream, headerValue(response.headers, 'content-type') ?? '');
    const isJson = format === 'json-lines' || format === 'json-seq';
    const hasRecords = format === 'event-stream' || (isJson && request.stream === 'on');
    listener.onResponse(elapsed(), response, hasRecords, format);
    let atMs = elapsed();
    const decoder =
      hasRecords && listener.onRecord !== undefined
        ? createSseDecoder((record) => listener.onRecord?.(atMs, record), {
            format: format ?? 'event-stream',
            lastEventId: options.lastEventId ?? '',
            onLastEventId: (id) => listener.onLastEventId?.(id),
          })
        : undefined;
    try {
      for await (const chunk of response.body) {
        stop.signal.throwIfAborted();
        stop.restart('idle-timeout');
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
    isThrough = true;
  } catch (error) {
    failure = stop.reason() ?? error;
  } finally {
    stop.callOff();
    // What a throwing listener left open is closed.
    if (!isThrough) await response?.body[Symbol.asyncIterator]().return?.();
  }
  const error = failure === undefined ? null : asCbError(failure);
  const reason = error === null ? 'complete' : reasonFor(error.code);
  listener.onEnd(elapsed(), { reason, error: reason === 'cancelled' ? null : error, bytes });
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
  return failed('exchange-failed', [text], { cause: failure });
}
