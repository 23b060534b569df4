import type { LogDetail, LogRow, LogsSnapshot } from '../../protocol/logs.ts';
import type { LineView } from '../../core/functions/requestLines.ts';
import { ChoiceGroup } from '../choiceGroup.ts';
import { element, setText } from '../dom.ts';
import { RowCache } from '../events/rowCache.ts';
import { fill } from '../format.ts';
import type { ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';
import type { VirtualGrid } from '../virtualGrid.ts';
import { logGrid } from './logGrid.ts';
import type { LogLine } from './logLine.ts';
import { LogPane } from './logPane.ts';
import { LogSearchBar } from './logSearchBar.ts';
import { logsHint, logsWords } from './logsWords.ts';

/** ms before lines that could not be had are asked for again. */
const RETRY_MS = 250;
/** Characters of a time of day, and of a date with one. */
const CLOCK_WIDTH = 12;
const DATE_WIDTH = 19;

/** The log of the function: on this machine live, those of the request told apart; deployed once it was searched. */
export class LogsTab implements TabView {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #views: ChoiceGroup;
  readonly #viewBar: HTMLElement;
  readonly #search: LogSearchBar;
  readonly #words = element('p', 'note', { id: 'log-words', attributes: { 'aria-live': 'polite' } });
  readonly #failure = element('p', 'note log-failure', { id: 'log-failure', role: 'alert' });
  readonly #hint = element('p', 'hint', { id: 'log-hint' });
  readonly #grid: VirtualGrid<LogLine>;
  readonly #more: HTMLButtonElement;
  readonly #pane: LogPane;
  #cache = new RowCache<LogRow>();
  #logs: LogsSnapshot | null = null;
  #runId: number | null = null;
  #listId = -1;
  #view: LineView = 'all';
  #count = 0;
  #active: number | null = null;
  #follow = false;
  #detail: LogDetail | null = null;

  /** @param rowHeight of the grid, in px */
  constructor(context: TabContext, rowHeight: number) {
    this.#context = context;
    const strings = context.strings.logs;
    this.#views = new ChoiceGroup(strings.lines, (view) => this.#setView(view === 'all' ? 'all' : 'request'));
    this.#search = new LogSearchBar(strings, {
      onSearch: (choice) => context.post({ type: 'searchLogs', choice }),
      onCancel: () => context.post({ type: 'cancelLogs' }),
    });
    this.#grid = logGrid(strings, rowHeight, {
      activeRow: () => this.#active,
      showLine: (line, look) => line.show(this.#cache.get(line.number), look),
      onWant: (from, to) => void this.#fetchRows(from, to),
      onSelect: (row, follow) => void this.#select(row, follow),
      onFollow: (follow) => (this.#follow = follow && this.#logs?.search === null),
      onClose: () => this.#close(),
      onCopy: () => this.#copy(),
    });
    this.#more = element('button', 'text-button', {
      id: 'more-logs',
      text: strings.more,
      attributes: { type: 'button' },
    });
    this.#more.addEventListener('click', () => context.post({ type: 'moreLogs' }));
    this.#pane = new LogPane(strings, { onClose: () => this.#close(), onCopy: () => void this.#copy() });
    this.#viewBar = element('div', 'view-bar', { children: [this.#views.element] });
    this.element = element('div', 'logs-tab', {
      children: [
        this.#viewBar,
        this.#search.element,
        this.#failure,
        this.#words,
        this.#hint,
        this.#grid.element,
        element('div', 'log-more', { children: [this.#more] }),
        this.#pane.element,
      ],
    });
  }

  update(state: ViewState): void {
    const { logs } = state.panel;
    if (logs === null) return;
    const isFirst = this.#logs === null || state.runId !== this.#runId;
    const isOtherSearch = logs.search !== null && logs.listId !== this.#listId;
    if (isFirst) this.#view = logs.search === null ? 'request' : 'all';
    if (isFirst || isOtherSearch) this.#reset(logs);
    else if (logs.listId !== this.#listId) this.#cache = new RowCache(); // the lines are numbered anew
    this.#runId = state.runId;
    this.#listId = logs.listId;
    this.#logs = logs;
    if (!state.isPaused || isFirst) this.#count = logs.counts[this.#view];
    this.#drawWords(logs);
    this.#draw();
  }

  #reset(logs: LogsSnapshot): void {
    this.#cache = new RowCache();
    this.#active = null;
    this.#detail = null;
    this.#follow = logs.search === null;
    this.#grid.reset(0, false);
  }

  #drawWords(logs: LogsSnapshot): void {
    const { strings } = this.#context;
    const { search, counts } = logs;
    this.#viewBar.hidden = search !== null;
    this.#search.element.hidden = search === null;
    if (search === null) {
      const { ofRequest, all } = strings.logs;
      const choices = [
        { value: 'request', label: fill(ofRequest, String(counts.request)) },
        { value: 'all', label: fill(all, String(counts.all)) },
      ];
      this.#views.update(choices, this.#view);
    } else {
      this.#search.update(logs, search);
    }
    setText(this.#failure, search?.failure ?? '');
    this.#failure.hidden = (search?.failure ?? '') === '';
    const words = logsWords(logs, strings.logs);
    setText(this.#words, words);
    this.#words.hidden = words === '';
    const hint = this.#count > 0 ? '' : logsHint(logs, this.#view, strings.logs);
    setText(this.#hint, hint);
    this.#hint.hidden = hint === '';
    this.#more.hidden = search?.hasMore !== true;
    this.#more.disabled = search?.state === 'searching';
  }

  #draw(): void {
    const width = this.#logs?.search === null ? CLOCK_WIDTH : DATE_WIDTH;
    this.#grid.element.style.setProperty('--time-width', String(width));
    this.#grid.element.hidden = this.#count === 0;
    this.#pane.element.hidden = this.#detail === null;
    this.#grid.update({
      rowCount: this.#count,
      activeRow: this.#active,
      isOpen: this.#detail !== null,
      follow: this.#follow,
    });
  }

  #setView(view: LineView): void {
    if (view === this.#view || this.#logs === null) return;
    this.#view = view;
    this.#count = this.#logs.counts[view];
    this.#reset(this.#logs);
    this.#context.redraw();
  }

  async #fetchRows(from: number, to: number): Promise<void> {
    const cache = this.#cache;
    const range = cache.missing(from, to);
    if (range === null) return;
    const ticket = cache.asked(range);
    const query = { kind: 'logs', listId: this.#listId, view: this.#view, ...range } as const;
    const answer = await this.#context.ask<'logs'>(query);
    const isOurs = answer?.listId === query.listId && answer.view === query.view;
    if (cache.accept(ticket, isOurs ? answer.rows : [])) this.#context.redraw();
    else setTimeout(() => this.#context.redraw(), RETRY_MS);
  }

  /** The line shown last stays until this one has come: nothing flickers. */
  async #select(row: number, follow: boolean): Promise<void> {
    this.#active = row;
    this.#follow = follow && this.#logs?.search === null;
    this.#context.redraw();
    const answer = await this.#context.ask<'log'>({
      kind: 'log',
      listId: this.#listId,
      view: this.#view,
      row,
    });
    if (answer === null || this.#active !== row) return;
    this.#detail = answer.log;
    this.#pane.show(answer.log);
    this.#context.redraw();
  }

  #close(): void {
    if (this.#detail === null) return;
    this.#detail = null;
    this.#grid.focus();
    this.#context.redraw();
  }

  #copy(): boolean {
    if (this.#detail === null) return false;
    this.#context.post({ type: 'copyText', text: this.#detail.text });
    return true;
  }
}
