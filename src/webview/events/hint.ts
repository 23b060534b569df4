import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { element, setText } from '../dom.ts';
import { hasRows, isRunning, type ViewState } from '../state.ts';

/** The quiet sentence in an empty page; where a filter leaves nothing, with the way back. */
export class Hint {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #words = element('p', '', { id: 'hint' });
  readonly #clear: HTMLButtonElement;

  constructor(strings: PanelStrings, onClearFilter: () => void) {
    this.#strings = strings;
    this.#clear = element('button', 'link-button', {
      text: strings.clearFilter,
      attributes: { type: 'button' },
    });
    this.#clear.addEventListener('click', onClearFilter);
    this.element = element('div', 'hint', { children: [this.#words, this.#clear] });
  }

  update(state: ViewState): void {
    const isFiltered = hasNoMatches(state);
    const text = isFiltered ? this.#strings.noMatches : hintText(state, this.#strings);
    this.element.hidden = text === '';
    this.element.classList.toggle('no-matches', isFiltered);
    this.#clear.hidden = !isFiltered;
    setText(this.#words, text);
  }
}

function hasNoMatches({ run }: ViewState): boolean {
  const filter = run?.stream?.filter ?? null;
  if (filter === null || filter.rowCount > 0 || filter.error !== '') return false;
  return filter.isDone && (run?.rowCount ?? 0) > 0;
}

/** What to say while there is nothing to see; empty where there is. */
function hintText(state: ViewState, strings: PanelStrings): string {
  const { run, isLoaded } = state;
  if (run === null) return isLoaded ? strings.nothingSent : '';
  if (!hasRows(run) || run.rowCount > 0) return '';
  return isRunning(state) ? strings.waitingForEvents : strings.noEvents;
}
