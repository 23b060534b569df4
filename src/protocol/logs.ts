import type { LineRelation, LineView } from '../core/functions/requestLines.ts';

/** How far back deployed logs are searched: five minutes around the run, or up to now. */
export const logRanges = ['run', 'hour', 'day', 'week'] as const;
export type LogRange = (typeof logRanges)[number];

export const lineViews = ['all', 'request'] as const satisfies readonly LineView[];

/** What deployed logs are searched for. */
export interface LogChoice {
  /** Which of the request's ids; null for all lines of the function. */
  readonly id: number | null;
  readonly range: LogRange;
  /** The zone that the service's times are taken for. */
  readonly utcOffsetMinutes: number;
}

/** How the search of deployed logs stands. */
export interface LogSearchSnapshot {
  readonly envId: string;
  readonly profile: string;
  /** `idle` until the user asks for it. */
  readonly state: 'idle' | 'searching' | 'found' | 'failed';
  /** Why, and what to do, in the user's language; empty unless it failed. */
  readonly failure: string;
  /** True where there is a page after those that were read. */
  readonly hasMore: boolean;
  /** What was asked last, or is proposed. */
  readonly choice: LogChoice;
  readonly ranges: readonly LogRange[];
  /** Zones to choose from, in minutes. */
  readonly utcOffsets: readonly number[];
  /** The range as it was sent, in that zone; empty before. */
  readonly from: string;
  readonly to: string;
}

/** What the panel shows of a function's logs but the lines, which it asks for. */
export interface LogsSnapshot {
  /** Another one where lines have other numbers: goes with the queries `logs` and `log`. */
  readonly listId: number;
  readonly functionName: string;
  /** False for a panel of a function's logs alone. */
  readonly hasRequest: boolean;
  /** The request's ids, secrets masked. */
  readonly requestIds: readonly string[];
  /** Lines of all, and of the request. */
  readonly counts: Readonly<Record<LineView, number>>;
  /** Lines of the request that hold its id. */
  readonly idCount: number;
  /** Null for a function that runs on this machine: its lines come by themselves. */
  readonly search: LogSearchSnapshot | null;
}

/** A line of a log. */
export interface LogRow {
  /** ms since 1970; null for one whose time is only known as text. */
  readonly atMs: number | null;
  /** As the service writes it; empty where `atMs` says it. */
  readonly time: string;
  /** `stdout`, `stderr` or a level; may be empty. */
  readonly stream: string;
  /** Its beginning on one line. */
  readonly preview: string;
  readonly relation: LineRelation;
}

/** A line in full. */
export interface LogDetail extends LogRow {
  /** ms since sending; null where that cannot be told. */
  readonly sinceMs: number | null;
  /** At most a megabyte of it. */
  readonly text: string;
  readonly isShortened: boolean;
}

/** What the webview asks of the logs; `view` says which lines are counted. */
export type LogQuery =
  | {
      readonly kind: 'logs';
      readonly listId: number;
      readonly view: LineView;
      readonly from: number;
      readonly count: number;
    }
  | { readonly kind: 'log'; readonly listId: number; readonly view: LineView; readonly row: number };

/** The answers to the queries of the same kind. */
export type LogAnswer =
  | {
      readonly kind: 'logs';
      readonly listId: number;
      readonly view: LineView;
      readonly from: number;
      readonly rows: readonly LogRow[];
    }
  | {
      readonly kind: 'log';
      readonly listId: number;
      readonly view: LineView;
      readonly row: number;
      readonly log: LogDetail;
    };

/** What the user does with deployed logs. */
export type LogMessage =
  /** Searches; a search that is under way ends. */
  | { readonly type: 'searchLogs'; readonly choice: LogChoice }
  /** Reads the next page. */
  | { readonly type: 'moreLogs' }
  | { readonly type: 'cancelLogs' };
