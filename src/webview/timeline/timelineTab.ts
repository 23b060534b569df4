import type { Timeline } from '../../protocol/answers.ts';
import type { RunSnapshot } from '../../protocol/messages.ts';
import { element } from '../dom.ts';
import { Poll } from '../poll.ts';
import { elapsedAt, type ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';
import { svgFile } from './svgCanvas.ts';
import { TimelineBar } from './timelineBar.ts';
import { TimelineFigures } from './timelineFigures.ts';
import { spanOf } from './timelineLayout.ts';
import { TimelinePicture } from './timelinePicture.ts';
import { TimelineTables } from './timelineTables.ts';
import { askedRange, panned, revealing, ZOOM_STEP, zoomed, type TimeView } from './timelineView.ts';

/** The host's bins: some ten to every one that is drawn, as it draws round ones. */
const BINS = 2000;
/** At most this share of the time goes into answers, however long one takes. */
const ANSWER_SHARE = 0.1;

/** The exchange over time: figures, a picture, and the same as tables. */
export class TimelineTab implements TabView {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #hint: HTMLElement;
  readonly #content: HTMLElement;
  readonly #figures: TimelineFigures;
  readonly #bar: TimelineBar;
  readonly #picture: TimelinePicture;
  readonly #tables: TimelineTables;
  readonly #poll = new Poll();
  readonly #isMotionReduced = window.matchMedia('(prefers-reduced-motion: reduce)');
  #runId: number | null = null;
  #timeline: Timeline | null = null;
  /** The part that is shown; null for all, also as that grows. */
  #view: TimeView | null = null;
  #state: ViewState | null = null;
  #shown: { readonly timeline: Timeline; readonly endMs: number; readonly rest: string } | null = null;
  #askAgainAtMs = 0;
  #selected: { readonly row: number; readonly atMs: number } | null = null;
  #askedRow = -1;

  constructor(context: TabContext) {
    this.#context = context;
    const strings = context.strings.timeline;
    this.#hint = element('p', 'hint', { text: strings.notSent });
    this.#figures = new TimelineFigures(strings, context.showRow);
    this.#bar = new TimelineBar(strings, {
      onZoom: (isIn) => this.#zoom(isIn ? ZOOM_STEP : 1 / ZOOM_STEP, this.#centre()),
      onFit: () => this.#setView(null),
      onSave: () => this.#save(),
      onClear: () => context.selectRange(null),
    });
    this.#picture = new TimelinePicture(strings, 'timeline', strings.label, {
      onZoom: (share, aroundMs) => this.#zoom(share, aroundMs),
      onPan: (byMs) => this.#setView(panned(this.#view, this.#endMs(), byMs)),
      onFit: () => this.#setView(null),
      onReveal: (atMs) => this.#setView(revealing(this.#view, this.#endMs(), atMs)),
      onSelect: (range) => context.selectRange(range),
      onPick: (atMs, isGoneTo) => void this.#pick(atMs, isGoneTo),
    });
    this.#tables = new TimelineTables(strings, context.showRow);
    const parts = [this.#figures, this.#bar, this.#picture, this.#tables];
    this.#content = element('div', 'timeline-content', { children: parts.map((part) => part.element) });
    this.element = element('div', 'timeline-tab', { children: [this.#hint, this.#content] });
  }

  update(state: ViewState): void {
    const { run } = state;
    this.#state = state;
    if (state.runId !== this.#runId) this.#reset(state.runId);
    // A run that failed before it was sent took no time.
    const isSent = run !== null && run.phase !== 'preparing' && (run.phase !== 'ended' || run.elapsedMs > 0);
    if (isSent && !state.isPaused) this.#fetch(run);
    this.#fetchSelected(state);
    this.#hint.hidden = isSent || !state.isLoaded;
    this.#content.hidden = !isSent || this.#timeline === null;
    if (run !== null && this.#timeline !== null) this.#draw(state, run, this.#timeline);
  }

  #reset(runId: number | null): void {
    this.#runId = runId;
    this.#timeline = null;
    this.#view = null;
    this.#shown = null;
    this.#askAgainAtMs = 0;
    this.#selected = null;
    this.#askedRow = -1;
    this.#picture.reset();
  }

  #fetch(run: RunSnapshot): void {
    const isLive = run.phase !== 'ended';
    const range = askedRange(this.#view, this.#endMs());
    const rangeKey = range === null ? '' : `${range.fromMs}-${range.toMs}`;
    if (isLive && performance.now() < this.#askAgainAtMs) return;
    const seconds = isLive ? Math.floor(run.elapsedMs / 1000) : 0;
    const askedAtMs = performance.now();
    this.#poll.update({
      runId: run.runId,
      key: [run.phase, run.byteCount, run.rowCount, run.stream?.isAnalysed, seconds, rangeKey].join(),
      isUrgent: !isLive,
      ask: () => this.#context.ask({ kind: 'timeline', bins: BINS, ...range }),
      take: ({ timeline }) => {
        const now = performance.now();
        this.#askAgainAtMs = now + (now - askedAtMs) * (1 / ANSWER_SHARE - 1);
        this.#timeline = timeline;
        this.#context.redraw();
      },
    });
  }

  /** When the event came that is selected among the events. */
  #fetchSelected({ selectedRow: row, record }: ViewState): void {
    if (row === null) {
      this.#selected = null;
      this.#askedRow = -1;
      return;
    }
    if (record?.row === row) this.#selected = { row, atMs: record.atMs };
    if (this.#selected?.row === row || this.#askedRow === row) return;
    this.#askedRow = row;
    void this.#context.ask<'rows'>({ kind: 'rows', filterId: 0, from: row, count: 1 }).then((answer) => {
      const found = answer?.rows[0];
      if (found === undefined || this.#askedRow !== row) return;
      this.#selected = { row, atMs: found.atMs };
      this.#context.redraw();
    });
  }

  #draw(state: ViewState, run: RunSnapshot, timeline: Timeline): void {
    const isOpen = run.phase !== 'ended' && timeline.end === null;
    const isStill = state.isPaused || this.#isMotionReduced.matches || !isOpen;
    const shownMs = this.#shown?.endMs ?? timeline.endMs;
    const endMs = isStill
      ? timeline.endMs
      : Math.max(timeline.endMs, shownMs, elapsedAt(state, performance.now()));
    const selection = { range: state.range, atMs: this.#selected?.atMs ?? null };
    const rest = JSON.stringify([this.#view, selection]);
    const before = this.#shown;
    if (before?.timeline === timeline && before.endMs === endMs && before.rest === rest) return;
    this.#shown = { timeline, endMs, rest };
    const isStream = run.stream !== null;
    this.#figures.element.hidden = !isStream;
    this.#bar.element.hidden = !isStream;
    this.#figures.update(timeline, endMs);
    const shown = {
      timeline,
      endMs,
      isStream,
      limitMs: run.functionTimeoutMs,
      view: this.#view,
      isZoomed: this.#view !== null,
      selection,
    };
    this.#bar.update({ view: this.#view, range: state.range });
    this.#picture.update(shown);
    this.#tables.update({ ...shown, connection: run.sent.connection });
  }

  /** The right edge where nothing is zoomed. */
  #endMs(): number {
    const endMs = this.#shown?.endMs ?? this.#timeline?.endMs ?? 0;
    return spanOf({ endMs, limitMs: this.#state?.run?.functionTimeoutMs ?? null });
  }

  #centre(): number {
    const { fromMs, toMs } = this.#view ?? { fromMs: 0, toMs: this.#endMs() };
    const { cursorMs } = this.#picture;
    return cursorMs > fromMs && cursorMs < toMs ? cursorMs : (fromMs + toMs) / 2;
  }

  #zoom(share: number, aroundMs: number): void {
    this.#setView(zoomed(this.#view, this.#endMs(), share, aroundMs));
  }

  #setView(view: TimeView | null): void {
    if (JSON.stringify(view) === JSON.stringify(this.#view)) return;
    this.#view = view;
    if (this.#state !== null) this.update(this.#state);
  }

  async #pick(atMs: number, isGoneTo: boolean): Promise<void> {
    const answer = await this.#context.ask<'rowAt'>({ kind: 'rowAt', atMs });
    if (answer === null || answer.row === null) return;
    if (isGoneTo) this.#context.showRow(answer.row);
    else this.#context.selectRow(answer.row);
  }

  #save(): void {
    const picture = this.#picture.svg();
    const { style } = this.#picture;
    const run = this.#state?.run;
    if (picture === null || style === null || run === undefined || run === null) return;
    const heading = `${run.method} ${run.url}${run.profile === '' ? '' : ` · ${run.profile}`}`;
    this.#context.post({ type: 'savePicture', svg: svgFile([{ ...picture, heading }], style) });
  }
}
