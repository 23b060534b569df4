import { element, icon } from './dom.ts';
import type { ViewState } from './state.ts';

/** What went wrong and what to do about it, in place. */
export class Problem {
  readonly element: HTMLElement;
  readonly #message = element('p', 'problem-message');
  readonly #advice = element('ul', 'problem-advice');
  /** What stands in it, so that it is written, and spoken, once. */
  #shown = '';

  constructor() {
    const words = element('div', 'problem-words', { children: [this.#message, this.#advice] });
    this.element = element('div', 'problem', {
      id: 'error',
      role: 'alert',
      children: [icon('error'), words],
    });
    this.element.hidden = true;
  }

  update(state: ViewState): void {
    const { message, advice } = state.run?.end ?? { message: '', advice: [] };
    const key = JSON.stringify([state.runId, message, advice]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#message.textContent = message;
    this.#advice.replaceChildren(...advice.map((text) => element('li', '', { text })));
    this.#advice.hidden = advice.length === 0;
    this.element.hidden = message === '' && advice.length === 0;
  }
}
