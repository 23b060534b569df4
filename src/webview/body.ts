import type { PanelStrings } from '../protocol/messages.ts';
import { copyButton } from './copyButton.ts';
import { element, setText } from './dom.ts';
import { isJsonContainer } from './jsonTokens.ts';
import { showJson } from './jsonView.ts';
import { isRunning, type BodyText, type ViewState } from './state.ts';

/** The answer that is not an event stream, as text. */
export class Body {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #text: HTMLElement;
  readonly #note = element('p', 'note');
  readonly #copy: HTMLButtonElement;
  #shown: BodyText | null = null;

  constructor(strings: PanelStrings, onCopy: () => void) {
    this.#strings = strings;
    this.#text = element('pre', 'text', {
      id: 'body',
      role: 'region',
      attributes: { 'aria-label': strings.bodyLabel, tabindex: '0' },
    });
    this.#copy = copyButton('copy-body', strings.copy, onCopy);
    const title = element('span', 'pane-title', { text: strings.bodyLabel });
    this.element = element('section', 'body-pane', {
      children: [element('div', 'pane-bar', { children: [title, this.#copy] }), this.#note, this.#text],
    });
  }

  update(state: ViewState): void {
    const isShown = state.run?.response?.isEventStream === false;
    this.element.hidden = !isShown;
    if (!isShown) return;
    const { body } = state;
    const isEmpty = !isRunning(state) && body?.text === '';
    this.#copy.hidden = body === null || body.text === '';
    this.#note.hidden = !isEmpty && body?.isShortened !== true;
    setText(this.#note, isEmpty ? this.#strings.emptyBody : this.#strings.shortened);
    if (body === this.#shown) return;
    this.#shown = body;
    const text = body?.text ?? '';
    if (isJsonContainer(text)) showJson(this.#text, text);
    else setText(this.#text, text);
  }
}
