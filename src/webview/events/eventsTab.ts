import { element } from '../dom.ts';
import { FilterBar } from './filterBar.ts';
import { EventGrid } from './grid.ts';
import { Hint } from './hint.ts';
import type { PanelClient } from '../panelClient.ts';
import { RangeNote } from './rangeNote.ts';
import { RecordDetail } from './recordDetail.ts';
import type { ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';

/** The events: the filter, the grid, and the record that is selected in it. */
export class EventsTab implements TabView {
  readonly element: HTMLElement;
  readonly #filter: FilterBar;
  readonly #range: RangeNote;
  readonly #hint: Hint;
  readonly #grid: EventGrid;
  readonly #detail: RecordDetail;

  constructor(context: TabContext, client: PanelClient, rowHeight: number) {
    const { strings } = context;
    const showFrom = async (atMs: number): Promise<void> => {
      const answer = await context.ask<'rowAt'>({ kind: 'rowAt', atMs });
      if (answer !== null && answer.row !== null) context.showRow(answer.row);
    };
    const close = (): void => {
      client.dispatch({ type: 'closeDetail' });
      this.#grid.focus();
    };
    this.#filter = new FilterBar(context, {
      onFilter: (filter) => client.dispatch({ type: 'setFilter', filter }),
      onLeave: () => this.#grid.focus(),
    });
    this.#hint = new Hint(strings, () => this.#filter.clear());
    this.#grid = new EventGrid(strings, client.rows, rowHeight, {
      activeRow: () => client.state.activeRow,
      onWant: (from, to) => client.wantRows(from, to),
      onSelect: (position, row, follow) => client.dispatch({ type: 'select', position, row, follow }),
      onFollow: (follow) => client.dispatch({ type: 'setFollow', follow }),
      onRange: (range) => client.dispatch({ type: 'selectRange', range }),
      onScrolled: (topRow) => client.dispatch({ type: 'scrolled', topRow }),
      onClose: close,
      onCopy: () => client.copyRecord(),
    });
    this.#detail = new RecordDetail(context, {
      onClose: close,
      onResize: (height) => client.dispatch({ type: 'resizeDetail', height }),
    });
    this.#range = new RangeNote(
      strings,
      (atMs) => void showFrom(atMs),
      () => client.dispatch({ type: 'selectRange', range: null }),
    );
    const parts = [
      this.#filter.element,
      this.#range.element,
      this.#hint.element,
      this.#grid.element,
      this.#detail.element,
    ];
    this.element = element('div', 'events-tab', { children: parts });
    this.element.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'f') {
        event.preventDefault();
        event.stopPropagation();
        this.#filter.focus();
      }
    });
  }

  update(state: ViewState): void {
    this.#filter.update(state);
    this.#range.update(state.range);
    this.#hint.update(state);
    this.#grid.update(state);
    this.#detail.update(state);
  }
}
