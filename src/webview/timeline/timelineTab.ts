import type { Timeline } from '../../protocol/answers.ts';
import type { RunSnapshot } from '../../protocol/messages.ts';
import { element } from '../dom.ts';
import { Poll } from '../poll.ts';
import { elapsedAt, type ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';
import { TimelineFigures } from './timelineFigures.ts';
import { TimelinePicture } from './timelinePicture.ts';
import { TimelineTables } from './timelineTables.ts';

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
  readonly #picture: TimelinePicture;
  readonly #tables: TimelineTables;
  readonly #poll = new Poll();
  readonly #isMotionReduced = window.matchMedia('(prefers-reduced-motion: reduce)');
  #runId: number | null = null;
  #timeline: Timeline | null = null;
  #shown: { readonly timeline: Timeline; readonly endMs: number } | null = null;
  #askAgainAtMs = 0;

  constructor(context: TabContext) {
    this.#context = context;
    const strings = context.strings.timeline;
    this.#hint = element('p', 'hint', { text: strings.notSent });
    this.#figures = new TimelineFigures(strings, context.showRow);
    this.#picture = new TimelinePicture(strings);
    this.#tables = new TimelineTables(strings, context.showRow);
    const parts = [this.#figures, this.#picture, this.#tables];
    this.#content = element('div', 'timeline-content', { children: parts.map((part) => part.element) });
    this.element = element('div', 'timeline-tab', { children: [this.#hint, this.#content] });
  }

  update(state: ViewState): void {
    const { run } = state;
    if (state.runId !== this.#runId) this.#reset(state.runId);
    // A run that failed before it was sent took no time.
    const isSent = run !== null && run.phase !== 'preparing' && (run.phase !== 'ended' || run.elapsedMs > 0);
    if (isSent && !state.isPaused) this.#fetch(run);
    this.#hint.hidden = isSent || !state.isLoaded;
    this.#content.hidden = !isSent || this.#timeline === null;
    if (run !== null && this.#timeline !== null) this.#draw(state, run, this.#timeline);
  }

  #reset(runId: number | null): void {
    this.#runId = runId;
    this.#timeline = null;
    this.#shown = null;
    this.#askAgainAtMs = 0;
    this.#picture.reset();
  }

  #fetch(run: RunSnapshot): void {
    const isLive = run.phase !== 'ended';
    if (isLive && performance.now() < this.#askAgainAtMs) return;
    const seconds = isLive ? Math.floor(run.elapsedMs / 1000) : 0;
    const askedAtMs = performance.now();
    this.#poll.update({
      runId: run.runId,
      key: [run.phase, run.byteCount, run.rowCount, run.stream?.isAnalysed, seconds].join(),
      isUrgent: !isLive,
      ask: () => this.#context.ask({ kind: 'timeline', bins: BINS }),
      take: ({ timeline }) => {
        const now = performance.now();
        this.#askAgainAtMs = now + (now - askedAtMs) * (1 / ANSWER_SHARE - 1);
        this.#timeline = timeline;
        this.#context.redraw();
      },
    });
  }

  #draw(state: ViewState, run: RunSnapshot, timeline: Timeline): void {
    const isOpen = run.phase !== 'ended' && timeline.end === null;
    const isStill = state.isPaused || this.#isMotionReduced.matches || !isOpen;
    const shownMs = this.#shown?.endMs ?? timeline.endMs;
    const endMs = isStill
      ? timeline.endMs
      : Math.max(timeline.endMs, shownMs, elapsedAt(state, performance.now()));
    if (this.#shown?.timeline === timeline && this.#shown.endMs === endMs) return;
    this.#shown = { timeline, endMs };
    const isStream = run.stream !== null;
    this.#figures.element.hidden = !isStream;
    this.#figures.update(timeline, endMs);
    const shown = { timeline, endMs, isStream, limitMs: run.functionTimeoutMs };
    this.#picture.update(shown);
    this.#tables.update({ ...shown, connection: run.sent.connection });
  }
}
