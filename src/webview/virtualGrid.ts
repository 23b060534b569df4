import { element, setAttribute } from './dom.ts';
import { rowForKey } from './navigation.ts';
import { rowsInView, topToReveal } from './scrollMap.ts';
import { VirtualRows, type VirtualRow } from './virtualRows.ts';
import { VirtualScroller } from './virtualScroller.ts';

/** Rows drawn beyond the window, and rows fetched beyond it, on either side. */
const DRAWN_BEYOND = 4;
const FETCHED_BEYOND = 40;

/** A line of a {@link VirtualGrid}; its element has an id, and its row as `data-index`. */
export interface GridLine extends VirtualRow {
  readonly moveTo: (y: number) => void;
}

/** How a line stands in its grid. */
export interface LineLook {
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

/** How a grid stands. */
export interface GridState {
  readonly rowCount: number;
  /** The row the keyboard stands on. */
  readonly activeRow: number | null;
  /** True while that row is shown in full in a pane below. */
  readonly isOpen: boolean;
  /** True while the end is kept in view. */
  readonly follow: boolean;
}

/** What a grid is made of, and what is done in it. */
export interface GridPorts<Line extends GridLine> {
  readonly label: string;
  /** Holds the row of the columns' names, which does not scroll, and that row's id. */
  readonly strip: HTMLElement;
  readonly columnsId: string;
  readonly columnCount: number;
  readonly makeLine: () => Line;
  /** Fills a line with the row it stands for. */
  readonly showLine: (line: Line, look: LineLook) => void;
  /** The row the keyboard stands on now, also if it has not been drawn there yet. */
  readonly activeRow: () => number | null;
  readonly onWant: (from: number, to: number) => void;
  readonly onSelect: (row: number, follow: boolean) => void;
  readonly onFollow: (follow: boolean) => void;
  /** A row was gone to with Shift; left out where nothing is to be done of several rows. */
  readonly onExtend?: (row: number) => void;
  /** Rows above the window, not always a whole number. */
  readonly onScrolled?: (topRow: number) => void;
  readonly onClose: () => void;
  /** False if there is nothing to copy. */
  readonly onCopy: () => boolean;
}

/** A grid of any number of rows, of which only those in the window exist as elements. Lives as long as the page. */
export class VirtualGrid<Line extends GridLine> {
  readonly element: HTMLElement;
  readonly #ports: GridPorts<Line>;
  readonly #rowHeight: number;
  readonly #scroller: VirtualScroller;
  readonly #rows: VirtualRows<Line>;
  #state: GridState = { rowCount: 0, activeRow: null, isOpen: false, follow: false };
  #topRow = 0;
  /** What {@link VirtualGrid.reset} has begun, until the first state after it. */
  #reset: { readonly isRevealed: boolean } | null = { isRevealed: false };
  /** The active row is to be brought into view once the grid has a height: its tab is being shown. */
  #isRevealDue = false;

  constructor(rowHeight: number, ports: GridPorts<Line>) {
    this.#ports = ports;
    this.#rowHeight = rowHeight;
    this.#scroller = new VirtualScroller(rowHeight, {
      onScroll: (isUp) => this.#userScrolled(isUp),
      onResize: (viewHeightBefore) => this.#resized(viewHeightBefore),
    });
    this.#rows = new VirtualRows(this.#scroller.layer, ports.makeLine);
    const grid = this.#scroller.element;
    grid.setAttribute('role', 'grid');
    grid.setAttribute('aria-label', ports.label);
    grid.setAttribute('aria-owns', ports.columnsId);
    grid.setAttribute('aria-colcount', String(ports.columnCount));
    grid.tabIndex = 0;
    grid.addEventListener('keydown', (event) => this.#keyPressed(event));
    grid.addEventListener('click', (event) => this.#clicked(event));
    this.element = element('section', 'grid', { children: [ports.strip, grid] });
    this.element.style.setProperty('--row-height', `${rowHeight}px`);
  }

  /** Moves the keyboard into the grid. */
  focus(): void {
    this.#scroller.element.focus({ preventScroll: true });
  }

  /** Begins with other rows, at a top; `isRevealed` brings the active one into view. */
  reset(topRow: number, isRevealed: boolean): void {
    this.#rows.place(0, 0);
    this.#scroller.setRowCount(0);
    this.#topRow = topRow;
    this.#reset = { isRevealed };
  }

  update(state: GridState): void {
    const { activeRow: activeBefore } = this.#state;
    const isRevealed = this.#reset?.isRevealed ?? activeBefore !== state.activeRow;
    this.#state = state;
    // The columns' names are the first row.
    setAttribute(this.#scroller.element, 'aria-rowcount', String(state.rowCount + 1));
    this.#scroller.setRowCount(state.rowCount);
    if (this.#reset !== null) this.#scroller.setTop(this.#topRow * this.#rowHeight);
    this.#reset = null;
    if (state.follow) this.#scroller.setToEnd();
    else if (isRevealed) this.#revealActive();
    this.#draw();
  }

  #draw(): void {
    const { top, extent } = this.#scroller;
    if (extent.viewHeight === 0) return;
    const { activeRow, isOpen } = this.#state;
    const { from, to } = rowsInView(top, extent, DRAWN_BEYOND);
    let activeId: string | null = null;
    for (const line of this.#rows.place(from, to)) {
      const isActive = line.number === activeRow;
      line.moveTo(line.number * this.#rowHeight - top);
      this.#ports.showLine(line, { isActive, isSelected: isActive && isOpen });
      if (isActive) activeId = line.element.id;
    }
    setAttribute(this.#scroller.element, 'aria-activedescendant', activeId);
    const wanted = rowsInView(top, extent, FETCHED_BEYOND);
    this.#ports.onWant(wanted.from, wanted.to);
  }

  #userScrolled(isUp: boolean): void {
    if (isUp) this.#ports.onFollow(false);
    else if (this.#scroller.isAtEnd) this.#ports.onFollow(true);
    this.#noteTop();
    this.#draw();
  }

  /** A pane that opens below must not cover what the user looks at. */
  #resized(viewHeightBefore: number): void {
    const { activeRow, follow, isOpen } = this.#state;
    const y = (activeRow ?? -1) * this.#rowHeight - this.#scroller.top;
    if (viewHeightBefore === 0) this.#scroller.setTop(this.#topRow * this.#rowHeight);
    if (follow) this.#scroller.setToEnd();
    else if (this.#isRevealDue || (isOpen && y >= 0 && y < viewHeightBefore)) this.#revealActive();
    this.#draw();
  }

  #revealActive(): void {
    const { activeRow } = this.#state;
    this.#isRevealDue = this.#scroller.extent.viewHeight === 0;
    if (activeRow === null || this.#isRevealDue) return;
    this.#scroller.setTop(topToReveal(activeRow, this.#scroller.top, this.#scroller.extent));
    this.#noteTop();
  }

  #noteTop(): void {
    this.#topRow = this.#scroller.top / this.#rowHeight;
    this.#ports.onScrolled?.(this.#topRow);
  }

  #clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (target === null) return;
    const row = Number(target.dataset['index']);
    if (event.shiftKey && this.#ports.onExtend !== undefined) this.#ports.onExtend(row);
    else this.#ports.onSelect(row, false);
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#ports.onClose();
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && this.#ports.onCopy()) event.preventDefault();
    const isExtending = event.shiftKey && this.#ports.onExtend !== undefined && event.key !== ' ';
    if (event.altKey || event.ctrlKey || event.metaKey || (event.shiftKey && !isExtending)) return;
    const { extent, top } = this.#scroller;
    const row =
      event.key === 'Enter' || event.key === ' '
        ? this.#ports.activeRow()
        : rowForKey(event.key, {
            activeRow: this.#ports.activeRow(),
            first: Math.ceil(top / extent.rowHeight),
            last: Math.floor((top + extent.viewHeight) / extent.rowHeight) - 1,
            rowCount: extent.rowCount,
          });
    if (row === null) return;
    event.preventDefault();
    if (isExtending) this.#ports.onExtend?.(row);
    else this.#ports.onSelect(row, event.key === 'End');
  }
}
