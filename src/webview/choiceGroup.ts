import { element, setAttribute, setText } from './dom.ts';

/** One of the buttons of a {@link ChoiceGroup}. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A row of buttons of which one is chosen: one tab stop, arrow keys choose (ARIA: radio group). */
export class ChoiceGroup {
  readonly element: HTMLElement;
  readonly #onChoose: (value: string) => void;
  #choices: readonly Choice[] = [];

  constructor(label: string, onChoose: (value: string) => void) {
    this.#onChoose = onChoose;
    this.element = element('div', 'choice-group', {
      role: 'radiogroup',
      attributes: { 'aria-label': label },
    });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Shows the choices; hidden where there is nothing to choose. */
  update(choices: readonly Choice[], chosen: string): void {
    this.element.hidden = choices.length < 2;
    this.#choices = choices;
    while (this.element.children.length > choices.length) this.element.lastElementChild?.remove();
    choices.forEach(({ value, label }, index) => {
      const button = this.#button(index);
      setText(button, label);
      setAttribute(button, 'aria-checked', String(value === chosen));
      setAttribute(button, 'tabindex', value === chosen ? '0' : '-1');
    });
  }

  #button(index: number): HTMLElement {
    const there = this.element.children.item(index);
    if (there !== null) return there as HTMLElement;
    const made = element('button', 'choice', { role: 'radio', attributes: { type: 'button' } });
    made.addEventListener('click', () => this.#choose(index));
    this.element.append(made);
    return made;
  }

  #choose(index: number): void {
    const choice = this.#choices[index];
    if (choice !== undefined) this.#onChoose(choice.value);
  }

  #onKey(event: KeyboardEvent): void {
    const { children } = this.element;
    const at = [...children].indexOf(document.activeElement ?? this.element);
    const last = children.length - 1;
    const wanted = new Map([
      ['ArrowRight', at === last ? 0 : at + 1],
      ['ArrowDown', at === last ? 0 : at + 1],
      ['ArrowLeft', at === 0 ? last : at - 1],
      ['ArrowUp', at === 0 ? last : at - 1],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    if (wanted === undefined || at < 0) return;
    event.preventDefault();
    this.#choose(wanted);
    (children.item(wanted) as HTMLElement | null)?.focus();
  }
}
