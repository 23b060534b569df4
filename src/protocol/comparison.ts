import type { PairState } from '../core/compare/alignEvents.ts';
import type { ComparedHeader } from '../core/compare/compareHeaders.ts';
import type { ComparedTiming } from '../core/compare/compareTiming.ts';
import type { BodyState } from '../core/compare/comparisonVerdict.ts';
import type { TextPreview } from '../core/stream/assembly/rowPreview.ts';
import type { EndReason } from '../core/stream/exchange.ts';
import type { Timeline } from './answers.ts';
import type { Phase } from './messages.ts';

/** Raised when a message between a comparison's page and the host changes its meaning. */
export const COMPARISON_VERSION = 1;

/** The comparison's tabs; `events` only of two streams. */
export const comparisonTabs = ['overview', 'events', 'timeline'] as const;
export type ComparisonTab = (typeof comparisonTabs)[number];

/** What the page keeps while it is hidden, and over a reload of the window. */
export interface SavedComparison {
  readonly tab: ComparisonTab;
  readonly onlyDifferences: boolean;
  /** {@link ComparedRun.id} of run A and of run B; for the host, which brings the comparison back. */
  readonly runs: readonly [string, string];
}

/** Run A stands left, run B right. */
export const sides = ['left', 'right'] as const;
export type Side = (typeof sides)[number];

/** What the page shows of one run. */
export interface ComparedRun {
  /** What the run goes by in the history. */
  readonly id: string;
  /** What the request is called. */
  readonly label: string;
  readonly method: string;
  /** Secrets are masked. */
  readonly url: string;
  readonly profile: string;
  readonly phase: Phase;
  readonly reason: EndReason | null;
  readonly status: number | null;
  readonly statusText: string;
  /** When it was sent, in ms since 1970; null where it was not. */
  readonly sentMs: number | null;
  readonly elapsedMs: number;
  readonly isStream: boolean;
  readonly eventCount: number;
  readonly byteCount: number;
  readonly heartbeatCount: number;
  /** What the function's own limit is, in ms. */
  readonly limitMs: number | null;
  /** Judgements on it alone, in the user's language: whether it streams, how it ended. */
  readonly judgements: readonly string[];
}

/** Two streams' events side by side, but for the rows. */
export interface ComparedEvents {
  /** Another one where rows have other numbers: goes with the queries. */
  readonly alignmentId: number;
  /** Rows of all, and of those that differ. */
  readonly length: number;
  readonly differenceCount: number;
  readonly counts: Readonly<Record<PairState, number>>;
  readonly isById: boolean;
  /** Events of either side beyond those that are compared. */
  readonly omitted: number;
}

/** Everything the page shows of a comparison but what it asks for. */
export interface ComparisonSnapshot {
  readonly left: ComparedRun;
  readonly right: ComparedRun;
  readonly isLive: boolean;
  readonly tone: 'good' | 'neutral' | 'bad';
  /** In the user's language. */
  readonly verdict: string;
  readonly headers: readonly ComparedHeader[];
  readonly timing: readonly ComparedTiming[];
  /** Null unless both are streams. */
  readonly events: ComparedEvents | null;
  /** Null where one is a stream, or has not ended. */
  readonly body: BodyState | null;
  /** True where both have an assembled text. */
  readonly hasTexts: boolean;
  /** True where both were sent for it, and can be sent again. */
  readonly canSendBoth: boolean;
}

/** One of a pair's events, as a row shows it. */
export interface ComparedEvent {
  /** 0-based among the run's events. */
  readonly eventIndex: number;
  readonly atMs: number;
  readonly eventType: string;
  readonly id: string;
  /** The beginning of the data on one line. */
  readonly preview: string;
  /** What it says by a convention of chat models; null where it fits none. */
  readonly text: TextPreview | null;
}

/** A row of the two columns. */
export interface EventPair {
  /** 0-based among all pairs. */
  readonly pair: number;
  readonly state: PairState;
  readonly left: ComparedEvent | null;
  readonly right: ComparedEvent | null;
}

/** A pair in full: at most a megabyte of each. */
export interface PairDetail extends EventPair {
  readonly leftData: string;
  readonly rightData: string;
}

/** What the page asks for. */
export type ComparisonQuery =
  | {
      readonly kind: 'pairs';
      readonly alignmentId: number;
      readonly onlyDifferences: boolean;
      readonly from: number;
      readonly count: number;
    }
  /** `row` counts in all pairs, or in those that differ. */
  | {
      readonly kind: 'pair';
      readonly alignmentId: number;
      readonly onlyDifferences: boolean;
      readonly row: number;
    }
  /** The next pair that differs, after or before one; counts in all pairs. */
  | {
      readonly kind: 'difference';
      readonly alignmentId: number;
      readonly pair: number;
      readonly direction: 'next' | 'previous';
    }
  /** As the panel's own; the range left out is all of it. */
  | {
      readonly kind: 'timelines';
      readonly bins: number;
      readonly fromMs?: number;
      readonly toMs?: number;
    };

/** The answers to the queries of the same kind. */
export type ComparisonAnswer =
  | {
      readonly kind: 'pairs';
      readonly alignmentId: number;
      readonly from: number;
      readonly pairs: readonly EventPair[];
    }
  | { readonly kind: 'pair'; readonly detail: PairDetail }
  | { readonly kind: 'difference'; readonly pair: number | null }
  | { readonly kind: 'timelines'; readonly left: Timeline; readonly right: Timeline };

/** The answer to a query of one kind. */
export type ComparisonAnswerTo<K extends ComparisonAnswer['kind']> = Extract<
  ComparisonAnswer,
  { readonly kind: K }
>;

export type ToComparison =
  | { readonly type: 'state'; readonly protocolVersion: number; readonly comparison: ComparisonSnapshot }
  | { readonly type: 'answer'; readonly requestId: number; readonly answer: ComparisonAnswer }
  /** The answer to a request that cannot be answered: a stale alignment, a row out of range. */
  | { readonly type: 'failed'; readonly requestId: number };

/** What can be opened in the diff editor. */
export type DiffReference =
  | { readonly kind: 'body' }
  /** The assembled text. */
  | { readonly kind: 'text' }
  /** `pair` counts in all pairs. */
  | { readonly kind: 'event'; readonly alignmentId: number; readonly pair: number };

export type FromComparison =
  | { readonly type: 'ready' }
  | { readonly type: 'swap' }
  | { readonly type: 'sendBoth' }
  | { readonly type: 'openDiff'; readonly content: DiffReference }
  | { readonly type: 'savePicture'; readonly svg: string }
  | { readonly type: 'get'; readonly requestId: number; readonly query: ComparisonQuery };
