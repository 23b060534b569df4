import { headerValue } from '../../cbhttp/resolve.ts';
import { CbError, isCbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import type { WireResponse } from '../../ports.ts';
import type { PreparedRequest } from '../../profiles/prepare.ts';
import { checkHeader } from '../../profiles/sentFields.ts';
import { runExchange, type ExchangeEnd, type ExchangeListener, type ExchangePorts } from '../exchange.ts';

/** ms to wait before connecting again where the stream names none: what browsers take. */
export const DEFAULT_RETRY_MS = 3000;
/** The longest a timer can wait. */
const MAX_WAIT_MS = 2 ** 31 - 1;

/** How far a stream came. */
export interface StreamPosition {
  /** As the HTML standard keeps it; empty for none. */
  readonly lastEventId: string;
  /** The reconnection time that the stream named last; null where it named none. */
  readonly retryMs: number | null;
}

/** What a stream tells beyond one exchange. Times count from the first sending, breaks included. */
export interface FollowListener extends ExchangeListener {
  /** The request will be sent again at `untilMs`: for the `attempt`-th time of `attempts` by itself; 0 by the user's wish. */
  onWait?(atMs: number, untilMs: number, attempt: number, attempts: number): void;
  /** It is sent again now, after this event ID. */
  onResume?(atMs: number, lastEventId: string): void;
}

export interface FollowOptions {
  /** Cancels: the connection is closed at once, a wait is over. */
  readonly signal: AbortSignal;
  /** Asked after a break. */
  readonly position: () => StreamPosition;
  /** To resume what has ended: how, and when it was sent first on the clock; else null. */
  readonly after: { readonly startMs: number; readonly atMs: number; readonly end: ExchangeEnd } | null;
}

/**
 * Sends a request and follows its event stream to the end, over as many breaks as the request allows (`@reconnect`),
 * as the HTML standard reconnects (9.2.3): after the stream's `retry`, with `Last-Event-ID`. A clean end is one, and
 * so is an answer that is no event stream: 204 says that no more is to come. With `after` it begins with the wait.
 * `onEnd` is called once, last; where the first wait of a resumed stream is cancelled, with the end that it had.
 */
export async function followStream(
  request: PreparedRequest,
  ports: ExchangePorts,
  listener: FollowListener,
  { signal, position, after }: FollowOptions,
): Promise<void> {
  const { clock } = ports;
  const startMs = after?.startMs ?? clock.now();
  const elapsed = (): number => clock.now() - startMs;
  const attempts = request.reconnects ?? 0;
  let bytes = after?.end.bytes ?? 0;
  let before = after;
  let isStream = after !== null;
  let isFirst = after === null;
  // The first one of a resumed stream is by the user's wish, and does not count.
  for (let attempt = 0; ; attempt++) {
    let lastEventId = '';
    if (!isFirst) {
      const waited = position();
      lastEventId = waited.lastEventId;
      const waitMs = Math.min(waited.retryMs ?? DEFAULT_RETRY_MS, MAX_WAIT_MS);
      listener.onWait?.(elapsed(), elapsed() + waitMs, attempt, attempts);
      if (!(await wait(ports, waitMs, signal))) {
        if (before !== null) listener.onEnd(before.atMs, before.end);
        else listener.onEnd(elapsed(), { reason: 'cancelled', error: null, bytes });
        return;
      }
      before = null;
      listener.onResume?.(elapsed(), lastEventId);
      listener.onRecord?.(elapsed(), { kind: 'resumed', lastEventId });
    }
    const offsetMs = elapsed();
    let end: ExchangeEnd | undefined;
    let answer: { readonly response: WireResponse; readonly isEventStream: boolean } | undefined;
    const told = offsetListener(listener, offsetMs, {
      onResponse: (response, isEventStream) => {
        answer = { response, isEventStream };
      },
      onEnd: (ended) => {
        end = ended;
      },
    });
    const sent = isFirst ? request : resuming(request, lastEventId);
    if (isCbError(sent)) told.onEnd(0, { reason: 'error', error: sent, bytes: 0 });
    else await runExchange(sent, ports, told, { signal, lastEventId });
    if (end === undefined) throw new Error('The exchange has no end.');
    bytes += end.bytes;
    isStream ||= answer?.isEventStream === true;
    const ended = isFirst ? end : resumedEnd(end, answer);
    isFirst = false;
    const isDone = !isStream || attempt >= attempts || !isBreak(ended) || answer?.isEventStream === false;
    if (isDone) {
      listener.onEnd(elapsed(), { ...ended, bytes });
      return;
    }
  }
}

/** Whether connecting again can help: the connection was lost, or not to be had. */
export function isBreak({ reason, error }: ExchangeEnd): boolean {
  switch (reason) {
    case 'reset':
    case 'truncated':
    case 'idle-timeout':
    case 'headers-timeout':
    case 'connect-timeout':
      return true;
    case 'complete':
    case 'cancelled':
    case 'timeout':
      return false;
    case 'error':
      return ['connection-refused', 'dns', 'unreachable', 'network', 'decompression'].includes(
        error?.code ?? '',
      );
  }
}

/** The same request, to go on after an event; `invalid-header` for an id that no field can hold. */
function resuming(request: PreparedRequest, id: string): PreparedRequest | CbError {
  try {
    checkHeader(['Last-Event-ID', id]);
  } catch (error) {
    if (isCbError(error)) return error;
    throw error;
  }
  return withLastEventId(request, id);
}

/** The same with another token, too. */
function withLastEventId(request: PreparedRequest, id: string): PreparedRequest {
  const { wire, reauthorize } = request;
  const headers = wire.headers.filter(([name]) => name.toLowerCase() !== 'last-event-id');
  if (id !== '') headers.push(['Last-Event-ID', id]);
  return {
    ...request,
    wire: { ...wire, headers },
    ...(reauthorize !== undefined && {
      reauthorize: async (...refusal: Parameters<typeof reauthorize>) => {
        const other = await reauthorize(...refusal);
        return other === null ? null : withLastEventId(other, id);
      },
    }),
  };
}

/** An answer that is no event stream ends a stream that was to be resumed, whatever its own end. */
function resumedEnd(
  end: ExchangeEnd,
  answer: { readonly response: WireResponse; readonly isEventStream: boolean } | undefined,
): ExchangeEnd {
  if (end.reason !== 'complete' || answer === undefined || answer.isEventStream) return end;
  const { status, statusText, headers } = answer.response;
  if (status === 204) return end;
  const type = headerValue(headers, 'content-type') ?? '';
  const what = [`${status} ${statusText}`.trim(), type].filter((part) => part !== '').join(', ');
  const error = new CbError(
    'protocol',
    msg('The stream was not resumed: the answer is no event stream ({0}).', what),
  );
  return { ...end, reason: 'error', error };
}

/** False if the signal ended the wait. */
function wait({ clock }: ExchangePorts, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const onAbort = (): void => {
      callOff();
      resolve(false);
    };
    const callOff = clock.after(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** One exchange's listener, which counts time from the first sending and keeps its end to itself. */
function offsetListener(
  listener: FollowListener,
  offsetMs: number,
  hooks: {
    readonly onResponse: (response: WireResponse, isEventStream: boolean) => void;
    readonly onEnd: (end: ExchangeEnd) => void;
  },
): ExchangeListener {
  return {
    onSend: (headers) => listener.onSend?.(headers),
    onRedirect: (atMs, response, nextUrl) => listener.onRedirect?.(offsetMs + atMs, response, nextUrl),
    onResponse: (atMs, response, hasRecords, format) => {
      hooks.onResponse(response, format === 'event-stream');
      listener.onResponse(offsetMs + atMs, response, hasRecords, format);
    },
    onChunk: (atMs, chunk) => listener.onChunk(offsetMs + atMs, chunk),
    ...(listener.onRecord !== undefined && {
      onRecord: (atMs, record) => listener.onRecord?.(offsetMs + atMs, record),
    }),
    onLastEventId: (id) => listener.onLastEventId?.(id),
    onEnd: (_atMs, end) => hooks.onEnd(end),
  };
}

/** Keeps how far a stream came, for who keeps no store of it. */
export function trackPosition(listener: FollowListener): {
  readonly listener: FollowListener;
  readonly position: () => StreamPosition;
} {
  let lastEventId = '';
  let retryMs: number | null = null;
  return {
    position: () => ({ lastEventId, retryMs }),
    listener: {
      ...listener,
      onRecord: (atMs, record) => {
        if (record.kind === 'retry') retryMs = record.ms;
        listener.onRecord?.(atMs, record);
      },
      onLastEventId: (id) => (lastEventId = id),
    },
  };
}
