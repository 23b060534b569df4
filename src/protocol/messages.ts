import type { TextPreview } from '../core/stream/assembly/rowPreview.ts';
import type { ConnectionFacts, HeaderList } from '../core/ports.ts';
import type { Route } from '../core/profiles/profile.ts';
import type { EndReason } from '../core/stream/exchange.ts';
import type { RecordKind } from '../core/stream/record.ts';
import type { StreamFormat } from '../core/stream/streamFormat.ts';
import type { LogMessage, LogsSnapshot } from './logs.ts';
import type { PanelQuery } from './queries.ts';
import type { PanelAnswer } from './answers.ts';

/** Raised when a message changes its meaning; both sides come from one build, so a mismatch is a stale page. */
export const PROTOCOL_VERSION = 6;

/**
 * Where a run stands: `preparing` while the user may still be asked for something; `connecting` until response
 * headers come; `streaming` while rows come; `receiving` while any other body comes; `waiting` after a break, until it is
 * sent again; `ended`.
 */
export type Phase = 'preparing' | 'waiting' | 'connecting' | 'streaming' | 'receiving' | 'ended';

/**
 * The panel's tabs. `events`, `text` and `chunks` are of what is shown row by row, `body` of all but event streams, `logs`
 * where a function's log can be had.
 */
export const tabs = ['events', 'text', 'timeline', 'chunks', 'body', 'headers', 'logs', 'problems'] as const;
export type Tab = (typeof tabs)[number];

/** Which rows the grid shows. */
export interface FilterInput {
  /** Empty for no condition on the text. */
  readonly text: string;
  readonly mode: 'text' | 'regex' | 'jsonpath';
  readonly matchCase: boolean;
  /** Null for every type. */
  readonly type: string | null;
  readonly showComments: boolean;
}

/** The filter that shows everything. */
export const NO_FILTER: FilterInput = {
  text: '',
  mode: 'text',
  matchCase: false,
  type: null,
  showComments: true,
};

/** A filter at work: its rows are an index that grows while the stream is searched. */
export interface FilterSnapshot {
  /** Counts up with every filter set; goes with the query `rows`. */
  readonly filterId: number;
  /** Matching rows so far. */
  readonly rowCount: number;
  /** True once every row there is has been looked at. */
  readonly isDone: boolean;
  /** Why the filter cannot work; empty if it does. */
  readonly error: string;
  /** Rows not found of which only the beginning was searched, and how many bytes that is. */
  readonly cutCount: number;
  readonly cutBytes: number;
}

/** One of the assembled texts. */
export interface ChannelSnapshot {
  readonly key: string;
  readonly kind: 'content' | 'reasoning' | 'tool' | 'refusal';
  /** A tool's name, a message's id; may be empty. */
  readonly label: string;
  /** UTF-16 units. */
  readonly length: number;
}

/** What was assembled from a stream's events so far. */
export interface TextSnapshot {
  readonly channels: readonly ChannelSnapshot[];
  /** Tokens or characters per second, null before the first. */
  readonly rate: { readonly perSecond: number; readonly unit: 'tokens' | 'characters' } | null;
}

/** A judgement in the user's language. */
export interface VerdictShown {
  readonly verdict: string;
  readonly tone: 'good' | 'neutral' | 'bad';
  readonly title: string;
  readonly evidence: readonly string[];
  readonly advice: readonly string[];
}

/** What is known of an event stream beyond its counts. */
export interface StreamSnapshot {
  readonly filter: FilterSnapshot | null;
  readonly text: TextSnapshot;
  readonly chunkCount: number;
  /** Findings of the wire linter that are listed, by severity. */
  readonly errorCount: number;
  readonly warningCount: number;
  readonly infoCount: number;
  /** Whether life signs come as they should; `words` only where there is something to say. */
  readonly liveness: { readonly state: 'active' | 'quiet' | 'missed'; readonly words: string };
  /** What became of it where it went on after a break, the last time; empty where it did not. */
  readonly resumed: string;
  /** True once everything received has been assembled, checked and timed. */
  readonly isAnalysed: boolean;
}

/** Everything the panel shows of a run but what it asks for: a full snapshot, never a delta. */
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
    /** How it is shown row by row; null for a whole. */
    readonly format: StreamFormat | null;
  } | null;
  /** How it was sent, as far as it was. */
  readonly sent: SentFacts;
  /** Until when, in ms since sending, it waits to be sent again; `attempt` is 0 by the user's wish. */
  readonly wait: { readonly untilMs: number; readonly attempt: number; readonly attempts: number } | null;
  /** True where the user may have it sent again to go on. */
  readonly canResume: boolean;
  /** True where a function of the workspace was asked on this machine and does not run: the user may have it started. */
  readonly canStart: boolean;
  /** ms since sending, at the moment of this message; final once ended. */
  readonly elapsedMs: number;
  /** The function's own time limit in ms, where cloudbaserc names it. */
  readonly functionTimeoutMs: number | null;
  /** Records of all kinds. */
  readonly rowCount: number;
  readonly eventCount: number;
  /** Body bytes, content codings removed. */
  readonly byteCount: number;
  /** Bad verdicts and findings about the headers, once all is known. */
  readonly problemCount: number;
  /** Null until a response is known to be shown row by row. */
  readonly stream: StreamSnapshot | null;
  readonly end: {
    readonly reason: EndReason;
    /** What went wrong and what to do, in the user's language; empty if nothing did. */
    readonly message: string;
    readonly advice: readonly string[];
  } | null;
}

/** How a request reached its server. */
export interface SentFacts {
  /** Null for a URL that no profile resolved. */
  readonly route: Route | null;
  readonly functionName: string | null;
  /** Null until a response came. */
  readonly connection: ConnectionFacts | null;
  /** What was followed elsewhere, in order; URLs without secrets. */
  readonly redirects: readonly { readonly status: number; readonly url: string }[];
}

/** What a panel knows of a run that ended with the window it belonged to. */
export interface LostRun {
  readonly method: string;
  readonly url: string;
  readonly profile: string;
  readonly phase: Phase;
  readonly reason: EndReason | null;
  readonly eventCount: number;
  readonly byteCount: number;
}

/** How the panel stands among the others. */
export interface PanelSnapshot {
  /** Names the panel to the host again after the window was reloaded. */
  readonly panelId: string;
  /** A pinned panel keeps its run: a resend opens another one. */
  readonly isPinned: boolean;
  /** False where there is nothing to pin, in the bottom panel. */
  readonly canPin: boolean;
  /** Null where nothing was sent here, or nobody knows any more what. */
  readonly request: { readonly uri: string; readonly key: string; readonly label: string } | null;
  /** The tab shown last for this request. */
  readonly tab: Tab | null;
  /** What the panel showed before the window was reloaded; null where it was not, or another run is shown. */
  readonly lost: LostRun | 'unknown' | null;
  /** The function's log; null where none can be had. */
  readonly logs: LogsSnapshot | null;
}

export type ToWebview =
  | {
      readonly type: 'state';
      readonly protocolVersion: number;
      readonly panel: PanelSnapshot;
      readonly run: RunSnapshot | null;
      /** The rows that are new since the last state, where they are few: spares asking for them. */
      readonly tail: {
        readonly filterId: number;
        readonly from: number;
        readonly rows: readonly Row[];
      } | null;
    }
  | {
      readonly type: 'answer';
      readonly requestId: number;
      /** 0 where the panel shows no run. */
      readonly runId: number;
      readonly answer: PanelAnswer;
    }
  /** The answer to a request that cannot be answered: stale run or filter, row out of range. */
  | { readonly type: 'failed'; readonly requestId: number };

/** What the user can have copied or opened in an editor. */
export type ContentReference =
  | { readonly kind: 'record'; readonly row: number }
  | { readonly kind: 'text'; readonly channel: string }
  | { readonly kind: 'body' }
  /** All events as JSON Lines. */
  | { readonly kind: 'stream' };

export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  | { readonly type: 'sendAgain' }
  | { readonly type: 'resume' }
  /** Starts the function that refused the connection, and sends again. */
  | { readonly type: 'startFunction' }
  | { readonly type: 'compareWithPrevious' }
  /** The request as code. */
  | { readonly type: 'copyAs' }
  /** A picture of the timeline; the host asks where. */
  | { readonly type: 'savePicture'; readonly svg: string }
  | LogMessage
  | { readonly type: 'setPinned'; readonly isPinned: boolean }
  | { readonly type: 'setTab'; readonly tab: Tab }
  | { readonly type: 'setFilter'; readonly filter: FilterInput }
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'copyText'; readonly text: string }
  | { readonly type: 'copy'; readonly runId: number; readonly content: ContentReference }
  | { readonly type: 'open'; readonly runId: number; readonly content: ContentReference }
  /** The host asks in which form, and where. */
  | { readonly type: 'save'; readonly runId: number }
  | {
      readonly type: 'get';
      readonly requestId: number;
      readonly runId: number;
      readonly query: PanelQuery;
    };

/** One line of the event grid. */
export interface Row {
  /** 0-based among all records. */
  readonly row: number;
  readonly kind: RecordKind;
  /** 0-based among the events, -1 for other kinds. */
  readonly eventIndex: number;
  /** ms since sending. */
  readonly atMs: number;
  /** ms since the event before. */
  readonly gapMs: number;
  /** Event type; empty for other kinds. */
  readonly eventType: string;
  readonly id: string;
  /** The beginning of the data on one line. */
  readonly preview: string;
  /** What it says by a convention of chat models; null where it fits none. */
  readonly text: TextPreview | null;
  /** True for an event that came before the break already. */
  readonly isDuplicate: boolean;
}
