import type { PairState } from '../../core/compare/alignEvents.ts';
import type { TimingKey } from '../../core/compare/compareTiming.ts';
import type { EndReason } from '../../core/stream/exchange.ts';
import type { ComparisonTab } from '../comparison.ts';
import type { Phase } from '../messages.ts';
import type { TimelineStrings } from './timelineStrings.ts';

/** The words of a comparison's page. `{0}` … are filled by the webview. */
export interface ComparisonStrings {
  readonly tabsLabel: string;
  readonly tabs: Readonly<Record<ComparisonTab, string>>;
  readonly toolbarLabel: string;
  readonly swap: string;
  readonly sendBoth: string;
  readonly openBodies: string;
  readonly openTexts: string;
  readonly openEvent: string;
  readonly phases: Readonly<Record<Exclude<Phase, 'ended'>, string>>;
  readonly reasons: Readonly<Record<EndReason, string>>;
  readonly runA: string;
  readonly runB: string;
  /** `{0} {0|event|events}` */
  readonly events: string;
  readonly noStatus: string;
  /** The table of what was asked and answered. */
  readonly facts: string;
  readonly fact: string;
  readonly difference: string;
  readonly request: string;
  readonly profile: string;
  readonly status: string;
  readonly sent: string;
  readonly ending: string;
  readonly body: string;
  readonly eventCount: string;
  readonly heartbeats: string;
  readonly judgements: string;
  readonly bodySame: string;
  readonly bodyLaidOut: string;
  readonly bodyDifferent: string;
  readonly timing: string;
  readonly timings: Readonly<Record<TimingKey, string>>;
  readonly headers: string;
  readonly header: string;
  readonly showSame: string;
  /** How a header field or a pair of events stands. */
  readonly states: Readonly<Record<PairState, string>>;
  /** Of a field that is another in each response. */
  readonly expected: string;
  readonly allHeadersSame: string;
  readonly eventsLabel: string;
  readonly columnState: string;
  readonly onlyDifferences: string;
  readonly nextDifference: string;
  readonly previousDifference: string;
  /** `{0} {0|difference|differences}` */
  readonly differences: string;
  readonly noDifferences: string;
  /** `{0} alike`: of events that differ in ids and times alone. */
  readonly alikeCount: string;
  readonly byId: string;
  readonly byOrder: string;
  /** `{0} events were not compared` */
  readonly omitted: string;
  readonly noStreams: string;
  readonly detail: string;
  readonly close: string;
  readonly noEvent: string;
  readonly timeline: TimelineStrings;
}
