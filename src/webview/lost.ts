import type { LostRun, PanelSnapshot } from '../protocol/messages.ts';
import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import { element, icon } from './dom.ts';
import { fill } from './format.ts';
import type { ViewState } from './state.ts';

/** What became of the run that the panel showed before the window was reloaded. */
export class Lost {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #request = element('p', 'lost-request');
  readonly #words = element('p', 'lost-words');
  readonly #sendAgain: HTMLButtonElement;
  #shown: PanelSnapshot['lost'] = null;

  constructor(strings: PanelStrings, onSendAgain: () => void) {
    this.#strings = strings;
    this.#sendAgain = element('button', 'primary-button', {
      id: 'send-lost-again',
      attributes: { type: 'button' },
      children: [icon('debug-restart'), element('span', '', { text: strings.sendAgain })],
    });
    this.#sendAgain.addEventListener('click', onSendAgain);
    const children = [this.#request, this.#words, this.#sendAgain];
    this.element = element('section', 'lost', { id: 'lost', children });
  }

  update({ run, panel, isLoaded }: ViewState): void {
    const { lost } = panel;
    this.element.hidden = !isLoaded || run !== null || lost === null;
    if (lost === null || lost === this.#shown) return;
    this.#shown = lost;
    // The host does not always know whose panel it was.
    const isKnown = lost !== 'unknown';
    this.#request.hidden = !isKnown;
    this.#sendAgain.hidden = !isKnown;
    this.#request.textContent = isKnown ? `${lost.method} ${lost.url}` : '';
    this.#words.textContent = isKnown ? this.#tell(lost) : this.#strings.lostUnknown;
  }

  #tell(lost: LostRun): string {
    const events = String(lost.eventCount);
    if (lost.phase !== 'ended') return fill(this.#strings.lostRunning, events);
    return fill(
      this.#strings.lostEnded,
      lost.reason === null ? '' : this.#strings.reasons[lost.reason],
      events,
    );
  }
}
