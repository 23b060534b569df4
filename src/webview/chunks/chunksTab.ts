import type { AnswerTo, ChunkRow } from '../../protocol/answers.ts';
import type { RunSnapshot } from '../../protocol/messages.ts';
import { chunkGrid } from './chunkGrid.ts';
import type { ChunkLine } from './chunkLine.ts';
import { ChunkPane } from './chunkPane.ts';
import { element, setText } from '../dom.ts';
import { RowCache } from '../events/rowCache.ts';
import { isRunning, type ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';
import type { VirtualGrid } from '../virtualGrid.ts';

/** ms before chunks that could not be had are asked for again. */
const RETRY_MS = 250;

/** The network chunks of an event stream, as `onChunkedReceived` would have got them. */
export class ChunksTab implements TabView {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #hint = element('p', 'hint');
  readonly #grid: VirtualGrid<ChunkLine>;
  readonly #pane: ChunkPane;
  #cache = new RowCache<ChunkRow>();
  #runId: number | null = null;
  #isRunning = false;
  #count = 0;
  #active: number | null = null;
  #isOpen = false;
  #follow = false;
  #shown: ChunkRow | undefined;
  #content: AnswerTo<'chunk'> | null = null;
  #askedIndex: number | null = null;

  /** @param rowHeight of the grid, in px */
  constructor(context: TabContext, rowHeight: number) {
    this.#context = context;
    const strings = context.strings.chunks;
    this.#grid = chunkGrid(strings, rowHeight, {
      activeRow: () => this.#active,
      showLine: (line, look) => line.show(this.#cache.get(line.number), look),
      onWant: (from, to) => void this.#fetchRows(from, to),
      onSelect: (index, follow) => this.#select(index, follow),
      onFollow: (follow) => (this.#follow = follow),
      onClose: () => this.#close(),
      onCopy: () => this.#copy(),
    });
    this.#pane = new ChunkPane(strings, { onClose: () => this.#close(), onCopy: () => void this.#copy() });
    this.element = element('div', 'chunks-tab', {
      children: [this.#hint, this.#grid.element, this.#pane.element],
    });
  }

  update(state: ViewState): void {
    const { run } = state;
    if (state.runId !== this.#runId) this.#reset(state);
    const chunkCount = run?.stream?.chunkCount ?? 0;
    if (!state.isPaused || this.#count === 0) this.#count = chunkCount;
    this.#noteEnd(run);
    this.#hint.hidden = this.#count > 0;
    const { waiting, none } = this.#context.strings.chunks;
    setText(this.#hint, isRunning(state) ? waiting : none);
    this.#draw();
  }

  #reset(state: ViewState): void {
    this.#runId = state.runId;
    this.#isRunning = isRunning(state);
    this.#cache = new RowCache();
    this.#count = 0;
    this.#active = null;
    this.#isOpen = false;
    this.#follow = this.#isRunning;
    this.#shown = undefined;
    this.#content = null;
    this.#askedIndex = null;
    this.#grid.reset(0, false);
  }

  #noteEnd(run: RunSnapshot | null): void {
    if (!this.#isRunning || run === null || run.phase !== 'ended') return;
    this.#isRunning = false;
    this.#cache.forget((run.stream?.chunkCount ?? 0) - 1);
  }

  #draw(): void {
    this.#grid.element.hidden = this.#count === 0;
    this.#pane.element.hidden = !this.#isOpen;
    const digits = Math.max(3, String(Math.max(0, this.#count - 1)).length);
    this.#grid.element.style.setProperty('--index-width', String(digits));
    this.#grid.update({
      rowCount: this.#count,
      activeRow: this.#active,
      isOpen: this.#isOpen,
      follow: this.#follow,
    });
    if (this.#isOpen && this.#active !== null) this.#showChunk(this.#active);
  }

  /** The chunk shown last stays until the bytes of this one have come: nothing flickers. */
  #showChunk(index: number): void {
    if (this.#askedIndex === null && this.#content?.index !== index) void this.#fetchBytes(index);
    // Its row may have left the cache since.
    this.#shown = this.#cache.get(index) ?? (this.#shown?.index === index ? this.#shown : undefined);
    if (this.#content === null || this.#content.index === index) {
      this.#pane.show(index, this.#shown, this.#content);
    }
  }

  async #fetchRows(from: number, to: number): Promise<void> {
    const cache = this.#cache;
    const range = cache.missing(from, to);
    if (range === null) return;
    const ticket = cache.asked(range);
    const answer = await this.#context.ask<'chunks'>({ kind: 'chunks', ...range });
    if (cache.accept(ticket, answer?.chunks ?? [])) this.#context.redraw();
    else setTimeout(() => this.#context.redraw(), RETRY_MS);
  }

  async #fetchBytes(index: number): Promise<void> {
    const runId = this.#runId;
    this.#askedIndex = index;
    const answer = await this.#context.ask<'chunk'>({ kind: 'chunk', index });
    if (runId !== this.#runId) return;
    this.#askedIndex = null;
    if (answer === null) return;
    this.#content = answer;
    this.#context.redraw();
  }

  #select(index: number, follow: boolean): void {
    this.#active = index;
    this.#isOpen = true;
    this.#follow = follow;
    this.#context.redraw();
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#content = null;
    this.#grid.focus();
    this.#context.redraw();
  }

  /** False where no chunk is open, so that the browser copies what is marked. */
  #copy(): boolean {
    const { text } = this.#pane;
    if (!this.#isOpen || text === null || this.#content?.index !== this.#active) return false;
    this.#context.post({ type: 'copyText', text });
    return true;
  }
}
