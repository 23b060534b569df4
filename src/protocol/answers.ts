import type { TextPreview } from '../core/stream/assembly/rowPreview.ts';
import type { LogAnswer } from './logs.ts';
import type { Row, VerdictShown } from './messages.ts';

/** A record in full. */
export interface RecordDetail extends Row {
  readonly lastEventId: string;
  /** Where its lines stand in the stream, in bytes, and the chunk that completed it. */
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly chunkIndex: number;
  /** At most a megabyte of it. */
  readonly data: string;
  readonly isShortened: boolean;
}

/** One network chunk. */
export interface ChunkRow {
  readonly index: number;
  /** ms since sending. */
  readonly atMs: number;
  /** ms since the chunk before. */
  readonly gapMs: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Records it completed. */
  readonly rowCount: number;
  /** Its beginning as text, on one line. */
  readonly preview: string;
  /** What the events it completed say, as of a row. */
  readonly text: TextPreview | null;
}

/** A span of the stream's time without a sign of it. */
export interface StallShown {
  readonly fromMs: number;
  readonly toMs: number;
  /** The event that ended it, 0-based; null if none has. */
  readonly eventIndex: number | null;
  /** That event's row among all records; null if none has. */
  readonly row: number | null;
  /** Comments that came in it. */
  readonly heartbeats: number;
}

/** The stream's picture: counts in bins of equal width from `fromMs` on. Times in ms since sending. */
export interface Timeline {
  readonly endMs: number;
  /** Where the bins begin: 0 unless a range was asked for. */
  readonly fromMs: number;
  readonly binMs: number;
  readonly events: readonly number[];
  /** Comments, and events whose type says that they are one. */
  readonly heartbeats: readonly number[];
  readonly bytes: readonly number[];
  readonly chunks: readonly number[];
  /** Of the whole stream. */
  readonly totals: { readonly heartbeats: number; readonly chunks: number };
  readonly stalls: readonly StallShown[];
  /** Null where it has not happened. */
  readonly headersAtMs: number | null;
  readonly firstByteMs: number | null;
  readonly firstEventMs: number | null;
  readonly firstTextMs: number | null;
  /** When the exchange ended, and whether `wx.cloud.callHTTPFunction` would call `success` or `fail` then. */
  readonly end: { readonly atMs: number; readonly callback: 'success' | 'fail' } | null;
  /** When chunks in the range came: all, or none where they are more than a thousand. */
  readonly chunkAtMs: readonly number[];
  /** When the last chunk came; null where none has. */
  readonly lastByteMs: number | null;
  readonly eventsPerSecond: number | null;
  /** Gaps between events in ms; null below two events. */
  readonly gaps: {
    readonly p50: number;
    readonly p95: number;
    readonly max: number;
    /** The event after the longest gap, 0-based, and its row. */
    readonly maxBefore: number;
    readonly maxBeforeRow: number;
  } | null;
}

/** A finding of the wire linter. */
export interface FindingShown {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** In bytes from the stream's beginning; null for one about the whole answer. */
  readonly byteOffset: number | null;
  /** Null where it belongs to no event. */
  readonly eventIndex: number | null;
  readonly row: number | null;
}

/** Verdicts and findings; of each code at most the first few hundred. */
export interface Problems {
  readonly verdicts: readonly VerdictShown[];
  readonly findings: readonly FindingShown[];
  /** How often each code was found, where not every finding is listed. */
  readonly totals: readonly { readonly code: string; readonly count: number; readonly listed: number }[];
}

/** The answers to the queries of the same kind. */
export type PanelAnswer =
  | LogAnswer
  | { readonly kind: 'rows'; readonly filterId: number; readonly from: number; readonly rows: readonly Row[] }
  | { readonly kind: 'record'; readonly record: RecordDetail }
  | {
      readonly kind: 'types';
      readonly types: readonly { readonly type: string; readonly count: number }[];
      /** Events of types that are not listed. */
      readonly others: number;
    }
  | {
      readonly kind: 'text';
      readonly channel: string;
      readonly from: number;
      readonly text: string;
      /** The channel's length when this was answered. */
      readonly length: number;
    }
  | { readonly kind: 'timeline'; readonly timeline: Timeline }
  /** Null where there is no record any more. */
  | { readonly kind: 'rowAt'; readonly row: number | null }
  | { readonly kind: 'chunks'; readonly from: number; readonly chunks: readonly ChunkRow[] }
  | {
      readonly kind: 'chunk';
      readonly index: number;
      /** At most 64 KiB of it. */
      readonly bytes: Uint8Array;
      readonly isShortened: boolean;
    }
  | { readonly kind: 'problems'; readonly problems: Problems }
  | {
      readonly kind: 'body';
      readonly contentType: string;
      /** Which of the body's bytes this is; `from` is what was asked for, or 0. */
      readonly from: number;
      readonly to: number;
      /** Null for what is no text. */
      readonly text: string | null;
      /** As what the request wants it shown (`@data-type`, `@response-type`); null for what its Content-Type says. */
      readonly wanted: 'json' | 'text' | 'binary' | null;
      /** For an image or what is no text; else null. */
      readonly bytes: Uint8Array | null;
      /** True if the body is longer than what is handed over. */
      readonly isShortened: boolean;
    };

/** The answer to a query of one kind. */
export type AnswerTo<K extends PanelAnswer['kind']> = Extract<PanelAnswer, { readonly kind: K }>;
