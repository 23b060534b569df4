import type { LostRun } from '../protocol/messages.ts';
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
  #shown: LostRun | null | undefined;

  constructor(strings: PanelStrings, onSendAgain: () => void) {
    this.#strings = strings;
    const button = element('button', 'primary-button', {
      id: 'send-lost-again',
      attributes: { type: 'button' },
      children: [icon('debug-restart'), element('span', '', { text: strings.sendAgain })],
    });
    button.addEventListener('click', onSendAgain);
    this.element = element('section', 'lost', { id: 'lost', children: [this.#request, this.#words, button] });
  }

  update({ run, panel, isLoaded }: ViewState): void {
    this.element.hidden = !isLoaded || run !== null || panel.request === null;
    if (this.element.hidden || panel.lost === this.#shown) return;
    this.#shown = panel.lost;
    const { lost } = panel;
    this.#request.textContent = lost === null ? (panel.request?.label ?? '') : `${lost.method} ${lost.url}`;
    this.#words.textContent = lost === null ? this.#strings.lostUnknown : this.#tell(lost);
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
