import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { GridColumns } from './gridColumns.ts';
import { GridRow } from './gridRow.ts';
import type { RowCache } from './rowCache.ts';
import { hasRows, shownRowCount, type TimeRange, type ViewState } from '../state.ts';
import { VirtualGrid, type GridPorts } from '../virtualGrid.ts';

/** More rows than this at once come without a fade: a flood must not flicker. */
const MAX_FRESH = 8;

/** What the user does in the grid, and what the grid needs. */
export interface GridActions extends Pick<
  GridPorts<GridRow>,
  'activeRow' | 'onWant' | 'onFollow' | 'onClose' | 'onCopy'
> {
  /** `row` is the record's number among all, null where it has not been fetched yet. */
  readonly onSelect: (position: number, row: number | null, follow: boolean) => void;
  readonly onScrolled: (topRow: number) => void;
  /** The time of these rows is selected. */
  readonly onRange: (range: TimeRange) => void;
}

/** The events as a grid. */
export class EventGrid {
  readonly element: HTMLElement;
  readonly #columns: GridColumns;
  readonly #grid: VirtualGrid<GridRow>;
  #state: ViewState | null = null;
  #rowCount = 0;
  #freshFrom = Infinity;
  /** When the event came at which a selection by Shift began. */
  #anchorMs: number | null = null;

  constructor(strings: PanelStrings, rows: RowCache, rowHeight: number, actions: GridActions) {
    this.#columns = new GridColumns(strings, {
      onFollow: actions.onFollow,
      onLeave: () => this.focus(),
    });
    this.#grid = new VirtualGrid(rowHeight, {
      ...actions,
      label: strings.eventsLabel,
      strip: this.#columns.element,
      columnsId: this.#columns.headerId,
      columnCount: 6,
      makeLine: () => new GridRow(strings),
      showLine: (line, look) =>
        line.show(rows.get(line.number), {
          ...look,
          isFresh: line.number >= this.#freshFrom,
          range: this.#state?.range ?? null,
        }),
      onSelect: (position, follow) => {
        this.#anchorMs = null;
        actions.onSelect(position, rows.get(position)?.row ?? null, follow);
      },
      onExtend: (position) => {
        const active = actions.activeRow();
        this.#anchorMs ??= (active === null ? undefined : rows.get(active)?.atMs) ?? null;
        const atMs = rows.get(position)?.atMs;
        actions.onSelect(position, rows.get(position)?.row ?? null, false);
        if (atMs === undefined) return;
        this.#anchorMs ??= atMs;
        actions.onRange({ fromMs: Math.min(this.#anchorMs, atMs), toMs: Math.max(this.#anchorMs, atMs) });
      },
    });
    this.element = this.#grid.element;
  }

  /** Moves the keyboard into the grid. */
  focus(): void {
    this.#grid.focus();
  }

  update(state: ViewState): void {
    const before = this.#state;
    this.#state = state;
    const { runId, filterId, activeRow, isDetailOpen: isOpen, follow } = state;
    const rowCount = shownRowCount(state);
    const isSameRun = before?.runId === runId;
    if (!isSameRun || before.filterId !== filterId) {
      this.#grid.reset(state.topRow, isSameRun);
      this.#rowCount = 0;
    }
    const filter = state.run?.stream?.filter ?? null;
    // Columns without a row say nothing.
    this.element.hidden = !hasRows(state.run) || (filter !== null && rowCount === 0);
    const arrived = rowCount - this.#rowCount;
    if (arrived !== 0) this.#freshFrom = arrived <= MAX_FRESH ? rowCount - arrived : Infinity;
    this.#rowCount = rowCount;
    this.#columns.update(state);
    this.#grid.update({ rowCount, activeRow, isOpen, follow });
  }
}
