import { NO_FILTER, type FilterInput } from '../../protocol/messages.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { element, icon, iconButton, setAttribute, setText } from '../dom.ts';
import { fill, formatBytes } from '../format.ts';
import type { TabContext } from '../tabView.ts';
import type { ViewState } from '../state.ts';
import { TypeMenu } from './typeMenu.ts';

/** ms after the last key before a text is searched. */
const TYPING_MS = 120;

/** What the user does in the filter. */
export interface FilterActions {
  readonly onFilter: (filter: FilterInput) => void;
  /** The keyboard leaves towards the rows. */
  readonly onLeave: () => void;
}

/** The line above the grid: which rows it shows, and how many those are. */
export class FilterBar {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #actions: FilterActions;
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #text: HTMLInputElement;
  readonly #matchCase: HTMLButtonElement;
  readonly #regex: HTMLButtonElement;
  readonly #jsonPath: HTMLButtonElement;
  readonly #type: TypeMenu;
  readonly #comments: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  readonly #count = element('span', 'filter-count', { id: 'filter-count' });
  readonly #error = element('p', 'filter-error', { id: 'filter-error', role: 'alert' });
  readonly #note = element('p', 'filter-note', { id: 'filter-note' });
  #filter: FilterInput = NO_FILTER;
  #typing: number | undefined;
  /** The filter that is shown, and the one whose end the user has seen to by setting another. */
  #filterId = 0;
  #leftFilterId = -1;

  constructor(context: TabContext, actions: FilterActions) {
    const { strings } = context;
    this.#strings = strings;
    this.#actions = actions;
    this.#text = element('input', 'filter-text', {
      id: 'filter-text',
      attributes: {
        type: 'text',
        placeholder: strings.filterPlaceholder,
        'aria-label': strings.filterPlaceholder,
        'aria-describedby': 'filter-error filter-note',
        spellcheck: 'false',
        autocomplete: 'off',
      },
    });
    this.#text.addEventListener('input', () => this.#typed());
    this.#text.addEventListener('keydown', (event) => this.#keyPressed(event));
    const toggle = (id: string, name: string, label: string, onClick: () => void): HTMLButtonElement => {
      const button = iconButton(id, name, label, onClick);
      button.classList.add('toggle');
      return button;
    };
    this.#matchCase = toggle('filter-case', 'case-sensitive', strings.matchCase, () =>
      this.#set({ matchCase: !this.#filter.matchCase }),
    );
    this.#regex = toggle('filter-regex', 'regex', strings.useRegex, () =>
      this.#set({ mode: this.#filter.mode === 'regex' ? 'text' : 'regex' }),
    );
    this.#jsonPath = toggle('filter-jsonpath', 'json', strings.useJsonPath, () =>
      this.#set({ mode: this.#filter.mode === 'jsonpath' ? 'text' : 'jsonpath' }),
    );
    this.#type = new TypeMenu(context, (type) => this.#set({ type }));
    // Pressed where it is not as it is at first: a button that shines from the start draws the eye for nothing.
    this.#comments = toggle('filter-comments', 'comment', strings.hideComments, () =>
      this.#set({ showComments: !this.#filter.showComments }),
    );
    this.#clear = iconButton('filter-clear', 'clear-all', strings.clearFilter, () => this.clear());
    const field = element('div', 'filter-field', {
      children: [icon('filter'), this.#text, this.#matchCase, this.#regex, this.#jsonPath],
    });
    const line = element('div', 'filter-line', {
      role: 'search',
      children: [field, this.#type.element, this.#comments, this.#count, this.#clear],
    });
    this.element = element('div', 'filter-bar', { children: [line, this.#error, this.#note] });
  }

  /** Moves the keyboard into the text. */
  focus(): void {
    this.#text.focus();
    this.#text.select();
  }

  /** Takes the filter off; the keyboard stands in its text then. */
  clear(): void {
    this.#set(NO_FILTER);
    this.#text.focus();
  }

  update(state: ViewState): void {
    const { filter, run } = state;
    this.#filter = filter;
    this.#filterId = state.filterId;
    const isTyped = document.activeElement === this.#text || this.#typing !== undefined;
    if (!isTyped && this.#text.value !== filter.text) this.#text.value = filter.text;
    setAttribute(this.#matchCase, 'aria-pressed', String(filter.matchCase));
    this.#matchCase.disabled = filter.mode === 'jsonpath';
    setAttribute(this.#regex, 'aria-pressed', String(filter.mode === 'regex'));
    setAttribute(this.#jsonPath, 'aria-pressed', String(filter.mode === 'jsonpath'));
    setAttribute(this.#comments, 'aria-pressed', String(!filter.showComments));
    const shown = run?.stream?.filter ?? null;
    this.#clear.hidden = shown === null;
    this.#count.hidden = shown === null || shown.error !== '';
    setText(
      this.#count,
      shown === null
        ? ''
        : fill(
            this.#strings.filterCount,
            this.#numbers.format(shown.rowCount),
            this.#numbers.format(run?.rowCount ?? 0),
          ),
    );
    const isDone = shown?.isDone === true && state.filterId !== this.#leftFilterId;
    setAttribute(this.#count, 'data-done', String(isDone));
    this.#error.hidden = shown === null || shown.error === '';
    setText(this.#error, shown?.error ?? '');
    setAttribute(this.#text, 'aria-invalid', shown !== null && shown.error !== '' ? 'true' : null);
    const { cutCount, cutBytes } = shown ?? { cutCount: 0, cutBytes: 0 };
    this.#note.hidden = cutCount === 0 || shown?.error !== '';
    if (cutCount > 0) {
      setText(this.#note, fill(this.#strings.rowsCut, this.#numbers.format(cutCount), formatBytes(cutBytes)));
    }
    this.#type.update(state);
  }

  #typed(): void {
    this.#leftFilterId = this.#filterId;
    setAttribute(this.#count, 'data-done', 'false');
    window.clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#set({ text: this.#text.value }), TYPING_MS);
  }

  #set(change: Partial<FilterInput>): void {
    window.clearTimeout(this.#typing);
    this.#typing = undefined;
    const before = this.#filter;
    this.#filter = { ...this.#filter, text: this.#text.value, ...change };
    if (change.text === '') this.#text.value = '';
    if (JSON.stringify(this.#filter) === JSON.stringify(before)) {
      this.#leftFilterId = -1;
      return;
    }
    this.#leftFilterId = this.#filterId;
    this.#actions.onFilter(this.#filter);
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.isComposing) return; // the keys are the input method's
    if (event.key === 'Enter') this.#set({});
    else if (event.key === 'Escape' && this.#text.value !== '') this.#set({ text: '' });
    else if (event.key === 'ArrowDown' || event.key === 'Escape') this.#actions.onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
