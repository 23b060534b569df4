import type { AnswerTo, ChunkRow } from '../../protocol/answers.ts';
import type { RunSnapshot } from '../../protocol/messages.ts';
import { ChunkCache } from './chunkCache.ts';
import { ChunkGrid } from './chunkGrid.ts';
import { ChunkPane } from './chunkPane.ts';
import { element, setText } from '../dom.ts';
import { isRunning, type ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';

/** ms before chunks that could not be had are asked for again. */
const RETRY_MS = 250;

/** The network chunks of an event stream, as `onChunkedReceived` would have got them. */
export class ChunksTab implements TabView {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #hint = element('p', 'hint');
  readonly #grid: ChunkGrid;
  readonly #pane: ChunkPane;
  #cache = new ChunkCache();
  #runId: number | null = null;
  #isRunning = false;
  #isAsking = false;
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
    this.#grid = new ChunkGrid(strings, rowHeight, {
      chunk: (index) => this.#cache.get(index),
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
    this.#cache = new ChunkCache();
    this.#isAsking = false;
    this.#count = 0;
    this.#active = null;
    this.#isOpen = false;
    this.#follow = this.#isRunning;
    this.#shown = undefined;
    this.#content = null;
    this.#askedIndex = null;
    this.#grid.reset();
  }

  #noteEnd(run: RunSnapshot | null): void {
    if (!this.#isRunning || run === null || run.phase !== 'ended') return;
    this.#isRunning = false;
    this.#cache.forget((run.stream?.chunkCount ?? 0) - 1);
  }

  #draw(): void {
    this.#grid.element.hidden = this.#count === 0;
    this.#pane.element.hidden = !this.#isOpen;
    this.#grid.update({
      count: this.#count,
      active: this.#active,
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
    const range = this.#isAsking ? null : this.#cache.missing(from, Math.min(to, this.#count));
    if (range === null) return;
    const cache = this.#cache;
    this.#isAsking = true;
    const answer = await this.#context.ask<'chunks'>({ kind: 'chunks', ...range });
    if (cache !== this.#cache) return; // of another run
    cache.accept(answer?.chunks ?? []);
    const settle = (): void => {
      if (cache !== this.#cache) return;
      this.#isAsking = false;
      this.#context.redraw();
    };
    if (answer !== null && answer.chunks.length > 0) settle();
    else setTimeout(settle, RETRY_MS);
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
