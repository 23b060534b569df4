import type { VerdictShown } from '../../protocol/messages.ts';
import type { ProblemsStrings } from '../../protocol/strings/problemsStrings.ts';
import { element, icon } from '../dom.ts';
import { showLinked } from './linkedText.ts';
import { visibleControls } from '../content/visibleControls.ts';

const ICONS = { good: 'pass', neutral: 'info', bad: 'error' } as const;

/** The verdicts, each with what it rests on and what to do. */
export class VerdictCards {
  readonly element = element('div', 'verdicts');
  readonly #strings: ProblemsStrings;
  readonly #onLink: (url: string) => void;
  #keys: readonly string[] = [];

  constructor(strings: ProblemsStrings, onLink: (url: string) => void) {
    this.#strings = strings;
    this.#onLink = onLink;
  }

  /** Shows the verdicts; one that has not changed is left alone, with what is selected in it. */
  update(verdicts: readonly VerdictShown[]): void {
    this.element.hidden = verdicts.length === 0;
    const keys = verdicts.map((verdict) => JSON.stringify(verdict));
    while (this.element.children.length > verdicts.length) this.element.lastElementChild?.remove();
    verdicts.forEach((verdict, index) => {
      if (keys[index] === this.#keys[index]) return;
      const card = this.#card(verdict);
      const before = this.element.children.item(index);
      if (before === null) this.element.append(card);
      else before.replaceWith(card);
    });
    this.#keys = keys;
  }

  #card({ tone, title, evidence, advice }: VerdictShown): HTMLElement {
    const words = element('div', 'verdict-words', {
      children: [
        element('h2', 'verdict-title', {
          children: [
            element('span', 'verdict-tone', { text: this.#strings.tones[tone] }),
            element('span', '', { text: visibleControls(title) }),
          ],
        }),
      ],
    });
    if (evidence.length > 0) {
      const items = evidence.map((text) => element('li', '', { text: visibleControls(text) }));
      words.append(element('ul', 'verdict-evidence', { children: items }));
    }
    if (advice.length > 0) {
      const items = advice.map((text) => {
        const item = element('li', '');
        showLinked(item, text, this.#onLink);
        return item;
      });
      words.append(
        element('h3', 'verdict-advice-title', { text: this.#strings.advice }),
        element('ul', 'verdict-advice', { children: items }),
      );
    }
    return element('section', `verdict ${tone}`, { children: [icon(ICONS[tone]), words] });
  }
}
