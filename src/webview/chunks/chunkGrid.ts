import type { ChunkRow } from '../../protocol/answers.ts';
import type { ChunksStrings } from '../../protocol/strings/chunksStrings.ts';
import { chunkColumns, ChunkLine } from './chunkLine.ts';
import { element, setAttribute } from '../dom.ts';
import { rowForKey } from '../navigation.ts';
import { rowsInView, topToReveal } from '../scrollMap.ts';
import { VirtualRows } from '../virtualRows.ts';
import { VirtualScroller } from '../virtualScroller.ts';

/** Rows drawn beyond the window, and rows fetched beyond it, on either side. */
const DRAWN_BEYOND = 4;
const FETCHED_BEYOND = 40;

/** What the grid shows. */
export interface ChunkGridState {
  readonly count: number;
  /** The chunk the keyboard stands on, null for none. */
  readonly active: number | null;
  /** True while the active chunk is shown in the pane. */
  readonly isOpen: boolean;
  /** True while the end is kept in view. */
  readonly follow: boolean;
}

/** What the user does in the grid, and what it needs. */
export interface ChunkGridActions {
  readonly chunk: (index: number) => ChunkRow | undefined;
  readonly onWant: (from: number, to: number) => void;
  readonly onSelect: (index: number, follow: boolean) => void;
  readonly onFollow: (follow: boolean) => void;
  readonly onClose: () => void;
  /** False if there is nothing to copy. */
  readonly onCopy: () => boolean;
}

/** The network chunks as a list of which only the rows in the window exist as elements. */
export class ChunkGrid {
  readonly element: HTMLElement;
  readonly #actions: ChunkGridActions;
  readonly #rowHeight: number;
  readonly #scroller: VirtualScroller;
  readonly #rows: VirtualRows<ChunkLine>;
  #state: ChunkGridState = { count: 0, active: null, isOpen: false, follow: false };

  constructor(strings: ChunksStrings, rowHeight: number, actions: ChunkGridActions) {
    this.#actions = actions;
    this.#rowHeight = rowHeight;
    this.#scroller = new VirtualScroller(rowHeight, {
      onScroll: (isUp) => this.#userScrolled(isUp),
      onResize: (viewHeightBefore) => this.#resized(viewHeightBefore),
    });
    this.#rows = new VirtualRows(this.#scroller.layer, () => new ChunkLine());
    const header = headerRow(strings);
    const grid = this.#scroller.element;
    grid.setAttribute('role', 'grid');
    grid.setAttribute('aria-label', strings.label);
    // The names of the columns do not scroll, so they stand outside.
    grid.setAttribute('aria-owns', header.id);
    grid.setAttribute('aria-colcount', String(chunkColumns.length));
    grid.tabIndex = 0;
    grid.addEventListener('keydown', (event) => this.#keyPressed(event));
    grid.addEventListener('click', (event) => this.#clicked(event));
    const strip = element('div', 'column-strip', { children: [header] });
    this.element = element('section', 'grid chunk-grid', { children: [strip, grid] });
    this.element.style.setProperty('--row-height', `${rowHeight}px`);
  }

  /** Moves the keyboard into the grid. */
  focus(): void {
    this.#scroller.element.focus({ preventScroll: true });
  }

  /** Begins again with another run's chunks. */
  reset(): void {
    this.#rows.place(0, 0);
    this.#scroller.setRowCount(0);
  }

  update(state: ChunkGridState): void {
    const before = this.#state;
    this.#state = state;
    setAttribute(this.#scroller.element, 'aria-rowcount', String(state.count + 1));
    this.#scroller.setRowCount(state.count);
    const digits = Math.max(3, String(Math.max(0, state.count - 1)).length);
    this.element.style.setProperty('--index-width', String(digits));
    if (state.follow) this.#scroller.setToEnd();
    else if (before.active !== state.active) this.#revealActive();
    this.#draw();
  }

  #draw(): void {
    const { active, isOpen } = this.#state;
    const { top, extent } = this.#scroller;
    if (extent.viewHeight === 0) return;
    const { from, to } = rowsInView(top, extent, DRAWN_BEYOND);
    for (const line of this.#rows.place(from, to)) {
      const isActive = line.number === active;
      line.moveTo(line.number * this.#rowHeight - top);
      line.show(this.#actions.chunk(line.number), isActive, isActive && isOpen);
    }
    const isActiveLive = active !== null && active >= from && active < to;
    setAttribute(this.#scroller.element, 'aria-activedescendant', isActiveLive ? `chunk-${active}` : null);
    const wanted = rowsInView(top, extent, FETCHED_BEYOND);
    this.#actions.onWant(wanted.from, wanted.to);
  }

  #userScrolled(isUp: boolean): void {
    if (isUp) this.#actions.onFollow(false);
    else if (this.#scroller.isAtEnd) this.#actions.onFollow(true);
    this.#draw();
  }

  /** A pane that opens below must not cover what the user looks at. */
  #resized(viewHeightBefore: number): void {
    const { active, follow, isOpen } = this.#state;
    const y = (active ?? -1) * this.#rowHeight - this.#scroller.top;
    if (follow) this.#scroller.setToEnd();
    else if (isOpen && y >= 0 && y < viewHeightBefore) this.#revealActive();
    this.#draw();
  }

  #revealActive(): void {
    const { active } = this.#state;
    if (active === null) return;
    this.#scroller.setTop(topToReveal(active, this.#scroller.top, this.#scroller.extent));
  }

  #clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (target !== null) this.#actions.onSelect(Number(target.dataset['index']), false);
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#actions.onClose();
    const isCopy = (event.ctrlKey || event.metaKey) && event.key === 'c';
    if (isCopy && this.#actions.onCopy()) event.preventDefault();
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { active } = this.#state;
    const { extent, top } = this.#scroller;
    const index =
      event.key === 'Enter' || event.key === ' '
        ? active
        : rowForKey(event.key, {
            activeRow: active,
            first: Math.ceil(top / extent.rowHeight),
            last: Math.floor((top + extent.viewHeight) / extent.rowHeight) - 1,
            rowCount: extent.rowCount,
          });
    if (index === null) return;
    event.preventDefault();
    this.#actions.onSelect(index, event.key === 'End');
  }
}

function headerRow(strings: ChunksStrings): HTMLElement {
  const names = {
    index: strings.columnIndex,
    time: strings.columnTime,
    gap: strings.columnGap,
    size: strings.columnSize,
    offset: strings.columnOffset,
    records: strings.columnRecords,
    data: strings.columnText,
  };
  return element('div', 'columns', {
    id: 'chunk-columns',
    role: 'row',
    attributes: { 'aria-rowindex': '1' },
    children: chunkColumns.map((column) =>
      element('span', `cell ${column}`, {
        role: 'columnheader',
        children: [element('span', 'column-name', { text: names[column] })],
      }),
    ),
  });
}
