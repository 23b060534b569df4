import type { Choice } from '../choiceGroup.ts';
import { element } from '../dom.ts';

/** The browser's own list to choose from, in the editor's colours. */
export class Select {
  readonly element: HTMLSelectElement;
  #shown = '';

  constructor(id: string, label: string, onChoose: (value: string) => void) {
    this.element = element('select', 'select', { id, title: label, attributes: { 'aria-label': label } });
    this.element.addEventListener('change', () => onChoose(this.element.value));
  }

  /** Shows the choices; hidden where there is nothing to choose. */
  update(choices: readonly Choice[], chosen: string): void {
    const key = JSON.stringify(choices);
    if (key !== this.#shown) {
      this.#shown = key;
      const options = choices.map(({ value, label }) => {
        const option = element('option', '', { text: label });
        option.value = value;
        return option;
      });
      this.element.replaceChildren(...options);
      this.element.hidden = choices.length < 2;
    }
    if (this.element.value !== chosen) this.element.value = chosen;
  }
}
