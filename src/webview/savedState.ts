import { NO_FILTER, tabs, type FilterInput, type Tab } from '../protocol/messages.ts';

/** What the page keeps over its own death: how the user has arranged it and which panel it was, no event of it. */
export interface SavedState {
  /** The run that `activeRow`, `selectedRow`, `isDetailOpen`, `follow` and `topRow` belong to. */
  readonly runId: number | null;
  /** The filter whose rows `activeRow` and `topRow` count in; 0 for all rows. */
  readonly filterId: number;
  /** Where the keyboard stands in the rows that are shown, 0-based. */
  readonly activeRow: number | null;
  /** The record there, by its number among all; null while it is not known. */
  readonly selectedRow: number | null;
  readonly isDetailOpen: boolean;
  readonly follow: boolean;
  /** The first row in view, 0-based, fractions of a row included. */
  readonly topRow: number;
  /** px; null until the user has set it. */
  readonly detailHeight: number | null;
  /** Null until the user has chosen one. */
  readonly tab: Tab | null;
  readonly filter: FilterInput;
  /** Names the panel to the host after the window was reloaded. */
  readonly panelId: string | null;
}

/** A page nobody has arranged yet. */
export const UNTOUCHED: SavedState = {
  runId: null,
  filterId: 0,
  activeRow: null,
  selectedRow: null,
  isDetailOpen: false,
  follow: true,
  topRow: 0,
  detailHeight: null,
  tab: null,
  filter: NO_FILTER,
  panelId: null,
};

/** Reads what an earlier version of the page may have kept; {@link UNTOUCHED} in place of what does not fit. */
export function readSavedState(value: unknown): SavedState {
  if (typeof value !== 'object' || value === null) return UNTOUCHED;
  const saved = value as Record<string, unknown>;
  return {
    ...UNTOUCHED,
    runId: count(saved['runId']),
    filterId: count(saved['filterId']) ?? 0,
    activeRow: count(saved['activeRow']),
    selectedRow: count(saved['selectedRow']),
    isDetailOpen: saved['isDetailOpen'] === true,
    follow: saved['follow'] !== false,
    topRow: count(saved['topRow']) ?? 0,
    detailHeight: count(saved['detailHeight']),
    tab: tabs.find((tab) => tab === saved['tab']) ?? null,
    filter: readFilter(saved['filter']),
  };
}

function readFilter(value: unknown): FilterInput {
  if (typeof value !== 'object' || value === null) return NO_FILTER;
  const { text, mode, matchCase, type, showComments } = value as Record<string, unknown>;
  return {
    text: typeof text === 'string' ? text : '',
    mode: mode === 'regex' || mode === 'jsonpath' ? mode : 'text',
    matchCase: matchCase === true,
    type: typeof type === 'string' ? type : null,
    showComments: showComments !== false,
  };
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
