import type { EndReason } from '../core/stream/exchange.ts';
import type { HeaderList } from '../core/ports.ts';

/** Raised when a message changes its meaning; both sides come from one build, so a mismatch is a stale page. */
export const PROTOCOL_VERSION = 1;

/** The most rows one `getRows` may ask for. */
export const MAX_ROWS_PER_REQUEST = 500;

/**
 * Where a run stands: `preparing` while the user may still be asked for something; `connecting` until response headers come; `streaming` while events come; `receiving` while
 * any other body comes; `ended`.
 */
export type Phase = 'preparing' | 'connecting' | 'streaming' | 'receiving' | 'ended';

/** Everything the panel shows of a run but its rows: a full snapshot, never a delta. */
export interface RunSnapshot {
  /** Counts up with every send; an answer that carries an older one is stale. */
  readonly runId: number;
  readonly method: string;
  /** Secrets are masked in URL and headers. */
  readonly url: string;
  readonly requestHeaders: HeaderList;
  readonly profile: string;
  /** True for a profile that asks before every send. */
  readonly isProtected: boolean;
  readonly phase: Phase;
  /** Null until headers come. */
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly headers: HeaderList;
    readonly isEventStream: boolean;
  } | null;
  /** ms since sending, at the moment of this message; final once ended. */
  readonly elapsedMs: number;
  readonly rowCount: number;
  readonly eventCount: number;
  /** Body bytes, content codings removed. */
  readonly byteCount: number;
  readonly end: {
    readonly reason: EndReason;
    /** What went wrong and what to do, in the user's language; empty if nothing did. */
    readonly message: string;
    readonly advice: readonly string[];
  } | null;
}

/** One line of the event grid. */
export interface Row {
  /** 0-based among all records. */
  readonly row: number;
  readonly kind: 'event' | 'comment' | 'retry' | 'incomplete';
  /** 0-based among the events, -1 for other kinds. */
  readonly eventIndex: number;
  /** ms since sending. */
  readonly atMs: number;
  /** Event type; empty for other kinds. */
  readonly eventType: string;
  readonly id: string;
  /** The beginning of the data on one line. */
  readonly preview: string;
}

/** A record in full. */
export interface RecordDetail extends Row {
  readonly lastEventId: string;
  /** At most a megabyte of it. */
  readonly data: string;
  readonly isShortened: boolean;
  /** The data indented, where it is JSON; else null. */
  readonly prettyData: string | null;
}

export type ToWebview =
  | { readonly type: 'state'; readonly protocolVersion: number; readonly run: RunSnapshot | null }
  | {
      readonly type: 'rows';
      readonly requestId: number;
      readonly runId: number;
      readonly rows: readonly Row[];
    }
  | {
      readonly type: 'record';
      readonly requestId: number;
      readonly runId: number;
      readonly record: RecordDetail;
    }
  | {
      readonly type: 'body';
      readonly requestId: number;
      readonly runId: number;
      readonly text: string;
      /** True if the body is longer than what is shown. */
      readonly isShortened: boolean;
    }
  /** The answer to a request that cannot be answered: stale run, row out of range. */
  | { readonly type: 'failed'; readonly requestId: number };

export type FromWebview =
  | { readonly type: 'ready' }
  | {
      readonly type: 'getRows';
      readonly requestId: number;
      readonly runId: number;
      readonly from: number;
      readonly count: number;
    }
  | { readonly type: 'getRecord'; readonly requestId: number; readonly runId: number; readonly row: number }
  | { readonly type: 'getBody'; readonly requestId: number; readonly runId: number }
  | { readonly type: 'copyRecord'; readonly runId: number; readonly row: number }
  | { readonly type: 'copyBody'; readonly runId: number }
  | { readonly type: 'cancel' }
  | { readonly type: 'sendAgain' };

/** Narrows what a webview posted, which is untrusted; null for anything that is not a {@link FromWebview}. */
export function parseFromWebview(value: unknown): FromWebview | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  const message = value as Record<string, unknown>;
  switch (message['type']) {
    case 'ready':
    case 'cancel':
    case 'sendAgain':
      return { type: message['type'] };
    case 'getRows':
      return withIntegers(message, 'getRows', 'requestId', 'runId', 'from', 'count');
    case 'getRecord':
      return withIntegers(message, 'getRecord', 'requestId', 'runId', 'row');
    case 'getBody':
      return withIntegers(message, 'getBody', 'requestId', 'runId');
    case 'copyRecord':
      return withIntegers(message, 'copyRecord', 'runId', 'row');
    case 'copyBody':
      return withIntegers(message, 'copyBody', 'runId');
    default:
      return null;
  }
}

function withIntegers(
  message: Record<string, unknown>,
  type: FromWebview['type'],
  ...keys: readonly string[]
): FromWebview | null {
  if (!keys.every((key) => Number.isSafeInteger(message[key]))) return null;
  return { type, ...Object.fromEntries(keys.map((key) => [key, message[key]])) } as FromWebview;
}

/** The webview's words, handed over by the host in the user's language. `{0}` … are filled by the webview. */
export interface PanelStrings {
  readonly cancel: string;
  readonly sendAgain: string;
  readonly copy: string;
  readonly close: string;
  readonly following: string;
  readonly follow: string;
  readonly preparing: string;
  readonly connecting: string;
  readonly streaming: string;
  readonly receiving: string;
  readonly reasons: Readonly<Record<EndReason, string>>;
  /** `{0} events` */
  readonly events: string;
  /** `{0} bytes` */
  readonly bytes: string;
  readonly columnIndex: string;
  readonly columnTime: string;
  readonly columnType: string;
  readonly columnId: string;
  readonly columnData: string;
  readonly comment: string;
  readonly retry: string;
  readonly incomplete: string;
  readonly requestHeaders: string;
  readonly responseHeaders: string;
  readonly eventsLabel: string;
  readonly detailLabel: string;
  readonly bodyLabel: string;
  readonly waitingForEvents: string;
  readonly noEvents: string;
  readonly emptyBody: string;
  readonly shortened: string;
  readonly nothingSent: string;
  /** `Event {0}` */
  readonly eventTitle: string;
  /** `{0} new events` for screen readers. */
  readonly announceEvents: string;
  readonly protectedProfile: string;
}
