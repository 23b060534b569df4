/** What the page keeps over its own death: how the user has arranged it, nothing the server said. */
export interface SavedState {
  /** The run that `activeRow`, `isDetailOpen`, `follow` and `topRow` belong to. */
  readonly runId: number | null;
  readonly activeRow: number | null;
  readonly isDetailOpen: boolean;
  readonly follow: boolean;
  /** The first row in view, 0-based, fractions of a row included. */
  readonly topRow: number;
  /** px; null until the user has set it. */
  readonly detailHeight: number | null;
  /** Which collapsible sections are open. */
  readonly openSections: readonly string[];
}

/** A page nobody has arranged yet. */
export const UNTOUCHED: SavedState = {
  runId: null,
  activeRow: null,
  isDetailOpen: false,
  follow: true,
  topRow: 0,
  detailHeight: null,
  openSections: [],
};

/** Reads what an earlier version of the page may have kept; {@link UNTOUCHED} in place of what does not fit. */
export function readSavedState(value: unknown): SavedState {
  if (typeof value !== 'object' || value === null) return UNTOUCHED;
  const saved = value as Record<string, unknown>;
  const sections = saved['openSections'];
  return {
    runId: count(saved['runId']),
    activeRow: count(saved['activeRow']),
    isDetailOpen: saved['isDetailOpen'] === true,
    follow: saved['follow'] !== false,
    topRow: count(saved['topRow']) ?? 0,
    detailHeight: count(saved['detailHeight']),
    openSections: Array.isArray(sections) ? sections.filter((one) => typeof one === 'string') : [],
  };
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
