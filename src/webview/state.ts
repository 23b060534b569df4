import {
  PROTOCOL_VERSION,
  type RecordDetail,
  type Row,
  type RunSnapshot,
  type ToWebview,
} from '../protocol/messages.ts';
import { assertNever } from './assertNever.ts';
import type { SavedState } from './savedState.ts';

/** The text of an answer that is not an event stream, as far as it has been fetched. */
export interface BodyText {
  readonly text: string;
  readonly isShortened: boolean;
}

/** Everything the page draws from but the rows, which are fetched as they come into view. */
export interface ViewState extends SavedState {
  /** False until the host has spoken. */
  readonly isLoaded: boolean;
  readonly run: RunSnapshot | null;
  /** When `run` came, on the page's monotonic clock, in ms. */
  readonly receivedAtMs: number;
  /** The record in the detail pane; for a moment still the one selected before. */
  readonly record: RecordDetail | null;
  readonly body: BodyText | null;
  /** Characters the type and id columns need; 0 while no row has anything to say there. */
  readonly typeWidth: number;
  readonly idWidth: number;
}

/** What can happen to a {@link ViewState}: a message from the host or an act of the user. */
export type Action =
  | { readonly type: 'message'; readonly message: ToWebview; readonly atMs: number }
  | { readonly type: 'select'; readonly row: number; readonly follow: boolean }
  | { readonly type: 'closeDetail' }
  | { readonly type: 'setFollow'; readonly follow: boolean }
  | { readonly type: 'scrolled'; readonly topRow: number }
  | { readonly type: 'resizeDetail'; readonly height: number }
  | { readonly type: 'toggleSection'; readonly section: string; readonly isOpen: boolean };

const PER_RUN = { record: null, body: null, typeWidth: 0, idWidth: 0 } as const;

/** The state before the host's first word. */
export function initialState(saved: SavedState): ViewState {
  return { ...saved, ...PER_RUN, isLoaded: false, run: null, receivedAtMs: 0 };
}

/** The part of the state that outlives the page. */
export function toSavedState(state: ViewState): SavedState {
  const { runId, activeRow, isDetailOpen, follow, topRow, detailHeight, openSections } = state;
  return { runId, activeRow, isDetailOpen, follow, topRow, detailHeight, openSections };
}

/** The state after an action; the same object if nothing changed. */
export function reduce(state: ViewState, action: Action): ViewState {
  switch (action.type) {
    case 'message':
      return reduceMessage(state, action.message, action.atMs);
    case 'select':
      return { ...state, activeRow: action.row, isDetailOpen: true, follow: action.follow };
    case 'closeDetail':
      return state.isDetailOpen ? { ...state, isDetailOpen: false, record: null } : state;
    case 'setFollow':
      return state.follow === action.follow ? state : { ...state, follow: action.follow };
    case 'scrolled':
      return state.topRow === action.topRow ? state : { ...state, topRow: action.topRow };
    case 'resizeDetail':
      return { ...state, detailHeight: action.height };
    case 'toggleSection': {
      const others = state.openSections.filter((one) => one !== action.section);
      return { ...state, openSections: action.isOpen ? [...others, action.section] : others };
    }
    default:
      return assertNever(action);
  }
}

function reduceMessage(state: ViewState, message: ToWebview, atMs: number): ViewState {
  switch (message.type) {
    case 'state':
      // A page of another build: its reload is under way.
      if (message.protocolVersion !== PROTOCOL_VERSION) return state;
      return withRun(state, message.run, atMs);
    case 'rows':
      return message.runId === state.run?.runId ? withWidths(state, message.rows) : state;
    case 'record': {
      const isWanted =
        state.isDetailOpen && message.runId === state.run?.runId && message.record.row === state.activeRow;
      return isWanted ? { ...state, record: message.record } : state;
    }
    case 'body':
      return message.runId === state.run?.runId
        ? { ...state, body: { text: message.text, isShortened: message.isShortened } }
        : state;
    case 'failed':
      return state;
    default:
      return assertNever(message);
  }
}

/** A new run, or none, starts with a clean page; how the user arranged it otherwise stays. */
function withRun(state: ViewState, run: RunSnapshot | null, atMs: number): ViewState {
  const runId = run?.runId ?? null;
  const next = { ...state, run, receivedAtMs: atMs, isLoaded: true };
  if (runId === state.runId) return next;
  return { ...next, ...PER_RUN, runId, activeRow: null, isDetailOpen: false, follow: true, topRow: 0 };
}

function withWidths(state: ViewState, rows: readonly Row[]): ViewState {
  let { typeWidth, idWidth } = state;
  for (const row of rows) {
    if (row.eventType !== '' && row.eventType !== 'message')
      typeWidth = Math.max(typeWidth, row.eventType.length);
    idWidth = Math.max(idWidth, row.id.length);
  }
  return typeWidth === state.typeWidth && idWidth === state.idWidth
    ? state
    : { ...state, typeWidth, idWidth };
}

/** True from sending to the end. */
export function isRunning(state: ViewState): boolean {
  return state.run !== null && state.run.phase !== 'ended';
}

/** ms since the run was sent, at `nowMs` of the page's clock: ticks on between messages from sending to the end. */
export function elapsedAt(state: ViewState, nowMs: number): number {
  if (state.run === null) return 0;
  const isTicking = isRunning(state) && state.run.phase !== 'preparing';
  return state.run.elapsedMs + (isTicking ? Math.max(0, nowMs - state.receivedAtMs) : 0);
}
