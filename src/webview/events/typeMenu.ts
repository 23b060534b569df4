import type { AnswerTo } from '../../protocol/answers.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { visibleLine } from '../content/visibleControls.ts';
import { element } from '../dom.ts';
import { fill } from '../format.ts';
import { isRunning, type ViewState } from '../state.ts';
import type { TabContext } from '../tabView.ts';

/** ms between two looks at the event types of a running stream. */
const ASK_MS = 1000;
/** Types the menu lists, and characters it shows of one. */
const MAX_LISTED = 200;
const MAX_LENGTH = 60;

/** The choice between the event types of a stream, with how often each came. Hidden where there is nothing to choose. */
export class TypeMenu {
  readonly element: HTMLSelectElement;
  readonly #strings: PanelStrings;
  readonly #ask: TabContext['ask'];
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  #chosen: string | null = null;
  #asked = '';
  #askedAtMs = -Infinity;

  /** @param onChoose null for all types */
  constructor({ strings, ask }: TabContext, onChoose: (type: string | null) => void) {
    this.#strings = strings;
    this.#ask = ask;
    this.element = element('select', 'filter-type', {
      id: 'filter-type',
      title: strings.filterType,
      attributes: { 'aria-label': strings.filterType },
    });
    this.element.hidden = true;
    this.element.addEventListener('change', () => {
      const { value } = this.element;
      onChoose(value === '' ? null : value.slice(1));
    });
  }

  /** Looks now and then which types there are: they only ever become more. */
  update(state: ViewState): void {
    this.#chosen = state.filter.type;
    const key = `${state.runId}:${state.run?.eventCount ?? 0}`;
    const now = performance.now();
    if (key === this.#asked || (isRunning(state) && now - this.#askedAtMs < ASK_MS)) return;
    this.#asked = key;
    this.#askedAtMs = now;
    void this.#ask<'types'>({ kind: 'types' }).then((answer) => {
      if (answer !== null) this.#show(answer);
    });
  }

  #show({ types, others }: AnswerTo<'types'>): void {
    if (document.activeElement === this.element) return; // an open list must not change
    const chosen = this.#chosen;
    const listed = types.slice(0, MAX_LISTED);
    const rest = types.slice(MAX_LISTED).reduce((sum, { count }) => sum + count, others);
    if (chosen !== null && !listed.some(({ type }) => type === chosen)) {
      listed.push(types.find(({ type }) => type === chosen) ?? { type: chosen, count: 0 });
    }
    this.element.hidden = listed.length < 2 && chosen === null;
    // A mark before the name tells the empty choice from any type.
    const options = listed.map(({ type, count }) =>
      option(`=${type}`, `${shown(type)} (${this.#format(count)})`),
    );
    if (rest > 0) {
      const more = option('', fill(this.#strings.otherTypes, this.#format(rest)));
      more.disabled = true;
      options.push(more);
    }
    this.element.replaceChildren(option('', this.#strings.allTypes), ...options);
    this.element.value = chosen === null ? '' : `=${chosen}`;
  }

  #format(count: number): string {
    return this.#numbers.format(count);
  }
}

function option(value: string, text: string): HTMLOptionElement {
  return element('option', '', { text, attributes: { value } });
}

function shown(type: string): string {
  return visibleLine(type.length > MAX_LENGTH ? `${type.slice(0, MAX_LENGTH)}…` : type);
}
