import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import { element } from './dom.ts';
import { fill } from './format.ts';
import { stateWords } from './statusBar.ts';
import type { ViewState } from './state.ts';

const INTERVAL_MS = 2000;

/** Tells screen readers what is new, in batches: at most one sentence every two seconds. */
export class Announcer {
  readonly element = element('div', 'for-screen-readers', { attributes: { 'aria-live': 'polite' } });
  readonly #strings: PanelStrings;
  #runId: number | null = null;
  #toldEvents = 0;
  #toldWords = '';
  #events = 0;
  #words = '';
  #timer: number | undefined;

  constructor(strings: PanelStrings) {
    this.#strings = strings;
  }

  update({ run }: ViewState): void {
    if (run === null) return;
    if (run.runId !== this.#runId) {
      // What was there when the page was made is not news.
      this.#toldEvents = this.#runId === null ? run.eventCount : 0;
      this.#toldWords = '';
      this.#runId = run.runId;
    }
    this.#events = run.eventCount;
    this.#words = stateWords(run, this.#strings);
    const hasNews = this.#events > this.#toldEvents || this.#words !== this.#toldWords;
    if (hasNews && this.#timer === undefined) {
      this.#timer = window.setTimeout(() => this.#tell(), INTERVAL_MS);
    }
  }

  #tell(): void {
    this.#timer = undefined;
    const news = this.#events - this.#toldEvents;
    const parts = news > 0 ? [fill(this.#strings.announceEvents, String(news))] : [];
    if (this.#words !== this.#toldWords) parts.push(this.#words);
    this.#toldEvents = this.#events;
    this.#toldWords = this.#words;
    this.element.textContent = parts.join(', ');
  }
}
