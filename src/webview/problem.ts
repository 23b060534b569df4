import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import { element, icon } from './dom.ts';
import { showLinked } from './problems/linkedText.ts';
import type { ViewState } from './state.ts';

/** What went wrong and what to do about it, in place. */
export class Problem {
  readonly element: HTMLElement;
  readonly #message = element('p', 'problem-message');
  readonly #advice = element('ul', 'problem-advice');
  readonly #start: HTMLButtonElement;
  readonly #onLink: (url: string) => void;
  /** What stands in it, so that it is written, and spoken, once. */
  #shown = '';

  constructor(strings: PanelStrings, onLink: (url: string) => void, onStart: () => void) {
    this.#onLink = onLink;
    this.#start = element('button', 'primary-button', {
      id: 'start-function',
      attributes: { type: 'button' },
      children: [icon('play'), element('span', '', { text: strings.startFunction })],
    });
    this.#start.addEventListener('click', () => {
      this.#start.disabled = true; // until there is another run
      onStart();
    });
    const words = element('div', 'problem-words', { children: [this.#message, this.#advice, this.#start] });
    this.element = element('div', 'problem', {
      id: 'error',
      role: 'alert',
      children: [icon('error'), words],
    });
    this.element.hidden = true;
  }

  update(state: ViewState): void {
    const { message, advice } = state.run?.end ?? { message: '', advice: [] };
    const canStart = state.run?.canStart === true;
    const key = JSON.stringify([state.runId, message, advice, canStart]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#start.hidden = !canStart;
    this.#start.disabled = false;
    this.#message.textContent = message;
    const items = advice.map((text) => {
      const item = element('li', '');
      showLinked(item, text, this.#onLink);
      return item;
    });
    this.#advice.replaceChildren(...items);
    this.#advice.hidden = advice.length === 0;
    this.element.hidden = message === '' && advice.length === 0;
  }
}
