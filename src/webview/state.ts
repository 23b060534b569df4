import type { PanelAnswer, RecordDetail } from '../protocol/answers.ts';
import {
  NO_FILTER,
  PROTOCOL_VERSION,
  type FilterInput,
  type PanelSnapshot,
  type Row,
  type RunSnapshot,
  type Tab,
  type ToWebview,
} from '../protocol/messages.ts';
import { assertNever } from './assertNever.ts';
import type { SavedState } from './savedState.ts';

/** A range of time, in ms since sending. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Everything the page draws from but what it fetches as that comes into view. */
export interface ViewState extends SavedState {
  /** False until the host has spoken. */
  readonly isLoaded: boolean;
  readonly panel: PanelSnapshot;
  readonly run: RunSnapshot | null;
  /** When `run` came, on the page's monotonic clock, in ms. */
  readonly receivedAtMs: number;
  /** The record in the detail pane; for a moment still the one selected before. */
  readonly record: RecordDetail | null;
  /** Characters the type and id columns need; 0 while no row has anything to say there. */
  readonly typeWidth: number;
  readonly idWidth: number;
  /** While true the page shows what it showed; the run goes on. */
  readonly isPaused: boolean;
  /** The part of the time that is selected, in the grid or in the timeline. */
  readonly range: TimeRange | null;
  /** Rows there were when the display was paused. */
  readonly pausedRowCount: number;
}

/** What can happen to a {@link ViewState}: a message from the host or an act of the user. */
export type Action =
  | { readonly type: 'message'; readonly message: ToWebview; readonly atMs: number }
  /** `position` counts in the rows shown; `row`, among all records, is null where it is not known yet. */
  | {
      readonly type: 'select';
      readonly position: number;
      readonly row: number | null;
      readonly follow: boolean;
    }
  | { readonly type: 'showRow'; readonly row: number }
  /** As `showRow`, but the tab stays. */
  | { readonly type: 'selectRow'; readonly row: number }
  | { readonly type: 'selectRange'; readonly range: TimeRange | null }
  | { readonly type: 'closeDetail' }
  | { readonly type: 'setFollow'; readonly follow: boolean }
  | { readonly type: 'scrolled'; readonly topRow: number }
  | { readonly type: 'resizeDetail'; readonly height: number }
  | { readonly type: 'setTab'; readonly tab: Tab }
  | { readonly type: 'setFilter'; readonly filter: FilterInput }
  | { readonly type: 'setPaused'; readonly isPaused: boolean };

const NO_PANEL: PanelSnapshot = {
  panelId: '',
  isPinned: false,
  canPin: false,
  request: null,
  tab: null,
  lost: null,
  logs: null,
};
const PER_RUN = { record: null, range: null, typeWidth: 0, idWidth: 0, isPaused: false } as const;

/** The state before the host's first word. */
export function initialState(saved: SavedState): ViewState {
  return {
    ...saved,
    ...PER_RUN,
    pausedRowCount: 0,
    isLoaded: false,
    panel: NO_PANEL,
    run: null,
    receivedAtMs: 0,
  };
}

/** The part of the state that outlives the page. */
export function toSavedState(state: ViewState): SavedState {
  const { runId, filterId, activeRow, selectedRow, isDetailOpen, follow, topRow } = state;
  const { panel, detailHeight, tab, filter } = state;
  const place = { runId, filterId, activeRow, selectedRow, isDetailOpen, follow, topRow };
  return { ...place, detailHeight, tab, filter, panelId: panel.panelId };
}

/** The state after an action; the same object if nothing changed. */
export function reduce(state: ViewState, action: Action): ViewState {
  switch (action.type) {
    case 'message':
      return reduceMessage(state, action.message, action.atMs);
    case 'select': {
      const { position, row, follow } = action;
      return { ...state, activeRow: position, selectedRow: row, isDetailOpen: true, follow };
    }
    case 'showRow':
      return withRow({ ...state, tab: 'events' }, action.row);
    case 'selectRow':
      return withRow(state, action.row);
    case 'selectRange':
      return { ...state, range: action.range };
    case 'closeDetail':
      return state.isDetailOpen ? { ...state, isDetailOpen: false, record: null } : state;
    case 'setFollow':
      return state.follow === action.follow ? state : { ...state, follow: action.follow };
    case 'scrolled':
      return state.topRow === action.topRow ? state : { ...state, topRow: action.topRow };
    case 'resizeDetail':
      return { ...state, detailHeight: action.height };
    case 'setTab':
      return state.tab === action.tab ? state : { ...state, tab: action.tab };
    case 'setFilter':
      return { ...state, filter: action.filter };
    case 'setPaused':
      return { ...state, isPaused: action.isPaused, pausedRowCount: liveRowCount(state) };
    default:
      return assertNever(action);
  }
}

function withRow(state: ViewState, row: number): ViewState {
  const shown = { ...state, selectedRow: row, isDetailOpen: true, follow: false };
  // The filter is taken off first: the row may not be among those it shows.
  return state.filterId === 0
    ? { ...shown, activeRow: row }
    : { ...shown, activeRow: null, filter: NO_FILTER };
}

function reduceMessage(state: ViewState, message: ToWebview, atMs: number): ViewState {
  switch (message.type) {
    case 'state': {
      // A page of another build: its reload is under way.
      if (message.protocolVersion !== PROTOCOL_VERSION) return state;
      const isOtherRequest = message.panel.request?.key !== state.panel.request?.key && state.isLoaded;
      const tab = isOtherRequest ? message.panel.tab : (state.tab ?? message.panel.tab);
      const next = withRun({ ...state, tab, panel: message.panel }, message.run, atMs);
      return withWidths(next, message.tail?.rows ?? []);
    }
    case 'answer':
      return message.runId === state.run?.runId ? withAnswer(state, message.answer) : state;
    case 'failed':
      return state;
    default:
      return assertNever(message);
  }
}

function withAnswer(state: ViewState, answer: PanelAnswer): ViewState {
  switch (answer.kind) {
    case 'rows': {
      if (answer.filterId !== state.filterId) return state;
      const next = withWidths(state, answer.rows);
      if (state.activeRow === null || state.selectedRow !== null) return next;
      const selectedRow = answer.rows[state.activeRow - answer.from]?.row ?? null;
      return selectedRow === null ? next : { ...next, selectedRow };
    }
    case 'record': {
      const isWanted = state.isDetailOpen && answer.record.row === state.selectedRow;
      return isWanted ? { ...state, record: answer.record } : state;
    }
    default:
      return state; // for whoever asked
  }
}

/** A new run, or none, starts with a clean page; how the user arranged it otherwise stays. */
function withRun(state: ViewState, run: RunSnapshot | null, atMs: number): ViewState {
  const runId = run?.runId ?? null;
  const next = { ...state, run, receivedAtMs: atMs, isLoaded: true };
  const filterId = run?.stream?.filter?.filterId ?? 0;
  if (runId === state.runId) return filterId === state.filterId ? next : withFilter(next, filterId);
  const clean = { ...next, ...PER_RUN, filterId, runId };
  return { ...clean, activeRow: null, selectedRow: null, isDetailOpen: false, follow: true, topRow: 0 };
}

/** Other rows: without a filter the selected record is found again among its neighbours. */
function withFilter(state: ViewState, filterId: number): ViewState {
  const found = filterId === 0 ? state.selectedRow : null;
  const isLive = isRunning(state) && state.follow;
  return {
    ...state,
    filterId,
    isPaused: false,
    activeRow: found,
    selectedRow: found,
    isDetailOpen: found !== null && state.isDetailOpen,
    record: found === null ? null : state.record,
    follow: isLive && found === null,
    topRow: 0,
  };
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

/** Rows the grid has: those of the filter, where there is one; no more than there were when the display was paused. */
export function shownRowCount(state: ViewState): number {
  const live = liveRowCount(state);
  return state.isPaused ? Math.min(live, state.pausedRowCount) : live;
}

function liveRowCount({ run }: ViewState): number {
  return run?.stream?.filter?.rowCount ?? run?.rowCount ?? 0;
}

/** The tabs that have something to show, in order. */
export function tabsOf({ run, panel }: ViewState): readonly Tab[] {
  const { logs } = panel;
  if (run === null) return logs === null ? [] : ['logs'];
  const tabs = tabsOfRun(run);
  return logs === null ? tabs : tabs.toSpliced(tabs.indexOf('problems'), 0, 'logs');
}

function tabsOfRun(run: RunSnapshot): readonly Tab[] {
  if (run.response === null) return ['headers', 'timeline', 'problems'];
  switch (run.response.format) {
    case 'event-stream':
      return ['events', 'text', 'timeline', 'chunks', 'headers', 'problems'];
    case 'json-lines':
    case 'json-seq':
      return ['events', 'text', 'body', 'timeline', 'chunks', 'headers', 'problems'];
    case 'chunks':
      return ['events', 'body', 'timeline', 'chunks', 'headers', 'problems'];
    case null:
      return ['body', 'timeline', 'headers', 'problems'];
    default:
      return assertNever(run.response.format);
  }
}

/** The tab that is shown: the one the user chose, where there is such a one. */
export function shownTab(state: ViewState): Tab | null {
  const offered = tabsOf(state);
  const wanted = state.tab;
  return wanted !== null && offered.includes(wanted) ? wanted : (offered[0] ?? null);
}

/** Mistakes and warnings in what came, and what is to be said of the run. */
export function problemCount({ run }: ViewState): number {
  const stream = run?.stream;
  return (run?.problemCount ?? 0) + (stream?.errorCount ?? 0) + (stream?.warningCount ?? 0);
}

/** True for an answer that is shown row by row. */
export function hasRows(run: RunSnapshot | null): boolean {
  return (run?.response?.format ?? null) !== null;
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
