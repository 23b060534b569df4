import type { TextStrings } from './textStrings.ts';
import type { BodyStrings } from './bodyStrings.ts';
import type { HeadersStrings } from './headersStrings.ts';
import type { LogsStrings } from './logsStrings.ts';
import type { ProblemsStrings } from './problemsStrings.ts';
import type { RecordStrings } from './recordStrings.ts';
import type { ContentStrings } from './contentStrings.ts';
import type { TimelineStrings } from './timelineStrings.ts';
import type { ChunksStrings } from './chunksStrings.ts';
import type { Tab } from '../messages.ts';
import type { EndReason } from '../../core/stream/exchange.ts';

/**
 * The webview's words, handed over by the host in the user's language. `{0}` … are filled by the webview; `{0|event|events}`
 * becomes one of the two.
 */
export interface PanelStrings {
  readonly cancel: string;
  readonly sendAgain: string;
  /** To go on with a stream after a break. */
  readonly resumeStream: string;
  readonly resumeStreamHint: string;
  readonly startFunction: string;
  readonly copyUrl: string;
  readonly unverified: string;
  readonly unverifiedHint: string;
  readonly copy: string;
  readonly close: string;
  readonly follow: string;
  readonly preparing: string;
  readonly connecting: string;
  /** `Sending again in {0}` */
  readonly waiting: string;
  /** `Sending again in {0} ({1} of {2})` */
  readonly waitingAttempt: string;
  readonly streaming: string;
  readonly receiving: string;
  readonly reasons: Readonly<Record<EndReason, string>>;
  /** `{0} {0|event|events}` */
  readonly events: string;
  /** `{0} {0|byte|bytes}` */
  readonly bytes: string;
  readonly columnIndex: string;
  readonly columnTime: string;
  readonly columnType: string;
  readonly columnId: string;
  readonly columnData: string;
  readonly comment: string;
  readonly retry: string;
  readonly incomplete: string;
  /** Where a stream goes on after a break. */
  readonly resumed: string;
  /** An event that came before. */
  readonly duplicate: string;
  readonly eventsLabel: string;
  readonly waitingForEvents: string;
  readonly noEvents: string;
  readonly nothingSent: string;
  /** `{0} new {0|event|events}` for screen readers. */
  readonly announceEvents: string;
  readonly protectedProfile: string;
  readonly columnGap: string;
  readonly tabs: Readonly<Record<Tab, string>>;
  readonly tabsLabel: string;
  readonly toolbarLabel: string;
  readonly pause: string;
  readonly resume: string;
  readonly copyAll: string;
  readonly openBeside: string;
  readonly save: string;
  readonly compareWithPrevious: string;
  readonly copyAs: string;
  readonly pin: string;
  readonly unpin: string;
  readonly filterPlaceholder: string;
  readonly matchCase: string;
  readonly useRegex: string;
  readonly useJsonPath: string;
  readonly filterType: string;
  readonly allTypes: string;
  /** `Other types ({0})`: events of types that are not listed. */
  readonly otherTypes: string;
  readonly hideComments: string;
  readonly clearFilter: string;
  /** `{0} of {1} {1|row|rows}` */
  readonly filterCount: string;
  readonly noMatches: string;
  /** `{0} long {0|row was|rows were} searched in {0|its|their} first {1} only.` `{1}` is a size. */
  readonly rowsCut: string;
  /** `{0} left until the function's time limit` */
  readonly timeLeft: string;
  readonly tokensPerSecond: string;
  readonly charactersPerSecond: string;
  /** The window was reloaded while it ran: `{0}` events had come. */
  readonly lostRunning: string;
  /** It had ended, as `{0}`, with `{1}` events. */
  readonly lostEnded: string;
  readonly lostUnknown: string;
  readonly text: TextStrings;
  readonly body: BodyStrings;
  readonly headers: HeadersStrings;
  readonly problems: ProblemsStrings;
  readonly record: RecordStrings;
  readonly content: ContentStrings;
  readonly timeline: TimelineStrings;
  readonly chunks: ChunksStrings;
  readonly logs: LogsStrings;
}
