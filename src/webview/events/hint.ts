import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { element, setText } from '../dom.ts';
import { isRunning, type ViewState } from '../state.ts';

/** The quiet sentence in an empty page. */
export class Hint {
  readonly element = element('p', 'hint', { id: 'hint' });
  readonly #strings: PanelStrings;

  constructor(strings: PanelStrings) {
    this.#strings = strings;
  }

  update(state: ViewState): void {
    const text = hintText(state, this.#strings);
    this.element.hidden = text === '';
    setText(this.element, text);
  }
}

/** What to say while there is nothing to see; empty where there is. */
function hintText(state: ViewState, strings: PanelStrings): string {
  const { run, isLoaded } = state;
  if (run === null) return isLoaded ? strings.nothingSent : '';
  if (run.response?.isEventStream !== true) return '';
  const filter = run.stream?.filter ?? null;
  if (filter !== null && filter.rowCount === 0 && filter.isDone && filter.error === '')
    return strings.noMatches;
  if (run.rowCount > 0) return '';
  return isRunning(state) ? strings.waitingForEvents : strings.noEvents;
}
