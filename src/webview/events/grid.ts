import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { element, setAttribute } from '../dom.ts';
import { GridColumns } from './gridColumns.ts';
import { GridRow } from './gridRow.ts';
import { rowForKey } from '../navigation.ts';
import type { RowCache } from './rowCache.ts';
import { rowsInView, topToReveal } from '../scrollMap.ts';
import { shownRowCount, type ViewState } from '../state.ts';
import { VirtualScroller } from '../virtualScroller.ts';

/** Rows drawn beyond the window, and rows fetched beyond it, on either side. */
const DRAWN_BEYOND = 4;
const FETCHED_BEYOND = 40;
/** More rows than this at once come without a fade: a flood must not flicker. */
const MAX_FRESH = 8;

/** What the user does in the grid, and what the grid needs. */
export interface GridActions {
  /** The row the keyboard stands on now, also if it has not been drawn there yet. */
  readonly activeRow: () => number | null;
  readonly onWant: (from: number, to: number) => void;
  /** `row` is the record's number among all, null where it has not been fetched yet. */
  readonly onSelect: (position: number, row: number | null, follow: boolean) => void;
  readonly onFollow: (follow: boolean) => void;
  readonly onScrolled: (topRow: number) => void;
  readonly onClose: () => void;
  /** False if there is nothing to copy. */
  readonly onCopy: () => boolean;
}

/** The events as a list of which only the rows in the window exist as elements. */
export class EventGrid {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #rows: RowCache;
  readonly #actions: GridActions;
  readonly #columns: GridColumns;
  readonly #scroller: VirtualScroller;
  /** The rows on the page, in order, without gaps. */
  readonly #live: GridRow[] = [];
  readonly #free: GridRow[] = [];
  readonly #rowHeight: number;
  #state: ViewState | null = null;
  #freshFrom = Infinity;
  /** The active row is to be brought into view once the grid has a height: its tab is being shown. */
  #isRevealDue = false;

  constructor(strings: PanelStrings, rows: RowCache, rowHeight: number, actions: GridActions) {
    this.#strings = strings;
    this.#rows = rows;
    this.#rowHeight = rowHeight;
    this.#actions = actions;
    this.#columns = new GridColumns(strings, actions.onFollow);
    this.#scroller = new VirtualScroller(rowHeight, {
      onScroll: (isUp) => this.#userScrolled(isUp),
      onResize: (viewHeightBefore) => this.#resized(viewHeightBefore),
    });
    const grid = this.#scroller.element;
    grid.setAttribute('role', 'grid');
    grid.setAttribute('aria-label', strings.eventsLabel);
    grid.setAttribute('aria-owns', this.#columns.headerId);
    grid.setAttribute('aria-colcount', '6');
    grid.tabIndex = 0;
    grid.addEventListener('keydown', (event) => this.#keyPressed(event));
    grid.addEventListener('click', (event) => this.#clicked(event));
    this.element = element('section', 'grid', { children: [this.#columns.element, grid] });
    this.element.style.setProperty('--row-height', `${rowHeight}px`);
  }

  /** Moves the keyboard into the grid. */
  focus(): void {
    this.#scroller.element.focus({ preventScroll: true });
  }

  update(state: ViewState): void {
    const before = this.#state;
    this.#state = state;
    const rowCount = shownRowCount(state);
    const areOtherRows = before?.runId !== state.runId || before.filterId !== state.filterId;
    if (areOtherRows) this.#empty();
    this.element.hidden = state.run?.response?.isEventStream !== true;
    if (this.element.hidden) return;
    const arrived = rowCount - this.#scroller.extent.rowCount;
    if (arrived !== 0) this.#freshFrom = arrived <= MAX_FRESH ? rowCount - arrived : Infinity;
    // The columns' names are the first row.
    setAttribute(this.#scroller.element, 'aria-rowcount', String(rowCount + 1));
    this.#columns.update(state);
    this.#scroller.setRowCount(rowCount);
    if (areOtherRows) this.#scroller.setTop(state.topRow * this.#rowHeight);
    const isSameRun = before !== null && before.runId === state.runId;
    if (state.follow) this.#scroller.setToEnd();
    else if (isSameRun && (areOtherRows || before.activeRow !== state.activeRow)) this.#revealActive();
    this.#draw();
  }

  #draw(): void {
    const state = this.#state;
    if (state === null || this.element.hidden || this.#scroller.extent.viewHeight === 0) return;
    const { top, extent } = this.#scroller;
    const { from, to } = rowsInView(top, extent, DRAWN_BEYOND);
    this.#placeRows(from, to);
    for (const view of this.#live) {
      const isActive = view.number === state.activeRow;
      view.moveTo(view.number * this.#rowHeight - top);
      view.show(view.number, this.#rows.get(view.number), {
        isActive,
        isSelected: isActive && state.isDetailOpen,
        isFresh: view.number >= this.#freshFrom,
      });
    }
    const { activeRow } = state;
    const isActiveLive = activeRow !== null && activeRow >= from && activeRow < to;
    setAttribute(this.#scroller.element, 'aria-activedescendant', isActiveLive ? `row-${activeRow}` : null);
    const wanted = rowsInView(top, extent, FETCHED_BEYOND);
    this.#actions.onWant(wanted.from, wanted.to);
  }

  /** Makes the elements on the page those of the rows from `from` up to `to`, in order for screen readers. */
  #placeRows(from: number, to: number): void {
    const live = this.#live;
    while (live.length > 0 && ((live[0]?.number ?? 0) < from || (live[0]?.number ?? 0) >= to))
      this.#retire(live.shift());
    while (live.length > 0 && (live.at(-1)?.number ?? 0) >= to) this.#retire(live.pop());
    const first = live[0]?.number ?? to;
    for (let row = first - 1; row >= from; row--) {
      const view = this.#take(row);
      this.#scroller.layer.prepend(view.element);
      live.unshift(view);
    }
    for (let row = (live.at(-1)?.number ?? from - 1) + 1; row < to; row++) {
      const view = this.#take(row);
      this.#scroller.layer.append(view.element);
      live.push(view);
    }
  }

  #empty(): void {
    while (this.#live.length > 0) this.#retire(this.#live.pop());
    this.#scroller.setRowCount(0);
  }

  #take(row: number): GridRow {
    const view = this.#free.pop() ?? new GridRow(this.#strings);
    view.show(row, undefined, { isActive: false, isSelected: false, isFresh: false });
    return view;
  }

  #retire(view: GridRow | undefined): void {
    if (view === undefined) return;
    view.element.remove();
    view.clear();
    this.#free.push(view);
  }

  #userScrolled(isUp: boolean): void {
    if (isUp) this.#actions.onFollow(false);
    else if (this.#scroller.isAtEnd) this.#actions.onFollow(true);
    this.#actions.onScrolled(this.#scroller.top / this.#rowHeight);
    this.#draw();
  }

  /** A pane that opens below must not cover what the user looks at. */
  #resized(viewHeightBefore: number): void {
    const { activeRow, follow, isDetailOpen } = this.#state ?? {};
    const { top } = this.#scroller;
    const y = (activeRow ?? -1) * this.#rowHeight - top;
    if (viewHeightBefore === 0 && this.#state !== null)
      this.#scroller.setTop(this.#state.topRow * this.#rowHeight);
    if (follow === true) this.#scroller.setToEnd();
    else if (this.#isRevealDue) this.#revealActive();
    else if (isDetailOpen === true && y >= 0 && y < viewHeightBefore) this.#revealActive();
    this.#draw();
  }

  #revealActive(): void {
    const activeRow = this.#state?.activeRow ?? null;
    this.#isRevealDue = this.#scroller.extent.viewHeight === 0;
    if (activeRow === null || this.#isRevealDue) return;
    this.#scroller.setTop(topToReveal(activeRow, this.#scroller.top, this.#scroller.extent));
    this.#actions.onScrolled(this.#scroller.top / this.#rowHeight);
  }

  #clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const row = Number(target?.dataset['index'] ?? -1);
    if (row >= 0) this.#select(row, false);
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#actions.onClose();
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && this.#actions.onCopy())
      event.preventDefault();
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { extent, top } = this.#scroller;
    const row =
      event.key === 'Enter' || event.key === ' '
        ? this.#actions.activeRow()
        : rowForKey(event.key, {
            activeRow: this.#actions.activeRow(),
            first: Math.ceil(top / extent.rowHeight),
            last: Math.floor((top + extent.viewHeight) / extent.rowHeight) - 1,
            rowCount: extent.rowCount,
          });
    if (row === null) return;
    event.preventDefault();
    this.#select(row, event.key === 'End');
  }

  #select(position: number, follow: boolean): void {
    this.#actions.onSelect(position, this.#rows.get(position)?.row ?? null, follow);
  }
}
