import type { PairState } from '../../core/compare/alignEvents.ts';
import type { ComparedEvent, EventPair } from '../../protocol/comparison.ts';
import type { ComparisonStrings } from '../../protocol/strings/comparisonStrings.ts';
import { visibleControls } from '../content/visibleControls.ts';
import { element, icon, setAttribute, setClass, setText, setTitle } from '../dom.ts';
import { formatTime } from '../format.ts';
import { SaidText } from '../saidText.ts';
import type { GridLine, LineLook } from '../virtualGrid.ts';

/** Marks that say a state without colour. */
const ICONS: Readonly<Record<PairState, string>> = {
  same: 'blank',
  alike: 'diff-ignored',
  changed: 'diff-modified',
  missing: 'diff-removed',
  added: 'diff-added',
  pending: 'ellipsis',
};

/** One line of the two columns, used again for another pair when this one has left the window. */
export class PairRow implements GridLine {
  readonly element = element('div', '', { role: 'row' });
  readonly #strings: ComparisonStrings;
  readonly #mark = icon('blank');
  readonly #state = element('span', 'cell pair-state', { role: 'gridcell', children: [this.#mark] });
  readonly #left = new EventCells('left');
  readonly #right = new EventCells('right');
  #pair: EventPair | undefined;
  #number = -1;

  constructor(strings: ComparisonStrings) {
    this.#strings = strings;
    this.element.append(this.#state, ...this.#left.cells, ...this.#right.cells);
  }

  /** The 0-based row it stands for. */
  get number(): number {
    return this.#number;
  }

  assign(row: number): void {
    this.#number = row;
    this.#pair = undefined;
    this.element.id = `pair-${row}`;
    this.element.dataset['index'] = String(row);
    // The first row is that of the columns' names.
    setAttribute(this.element, 'aria-rowindex', String(row + 2));
  }

  /** Shows a pair, or what was there for one that is still to be fetched. */
  show(pair: EventPair | undefined, look: LineLook): void {
    if (pair !== undefined && pair !== this.#pair) {
      this.#pair = pair;
      setAttribute(this.element, 'data-state', pair.state);
      setClass(this.#mark, icon(ICONS[pair.state]).className);
      const words = this.#strings.states[pair.state];
      setTitle(this.#state, words);
      setAttribute(this.#state, 'aria-label', words);
      this.#left.show(pair.left);
      this.#right.show(pair.right);
    }
    const kind = this.#pair === undefined ? 'pending' : 'pair';
    setClass(this.element, `row ${kind}${look.isActive ? ' active' : ''}`);
    setAttribute(this.element, 'aria-selected', String(look.isSelected));
  }

  moveTo(y: number): void {
    this.element.style.transform = `translateY(${y}px)`;
  }
}

/** The cells of one side. */
class EventCells {
  readonly #index: HTMLElement;
  readonly #time: HTMLElement;
  readonly #type = element('span', 'pair-type');
  readonly #said = new SaidText();
  readonly #text = element('bdi', 'data-text');
  readonly #data: HTMLElement;

  constructor(side: 'left' | 'right') {
    const cell = (name: string, children: readonly HTMLElement[] = []): HTMLElement =>
      element('span', `cell ${name} ${side}`, { role: 'gridcell', children });
    this.#index = cell('index');
    this.#time = cell('time');
    this.#data = cell('data', [this.#type, this.#said.element, this.#text]);
  }

  get cells(): readonly HTMLElement[] {
    return [this.#index, this.#time, this.#data];
  }

  show(event: ComparedEvent | null): void {
    setText(this.#index, event === null ? '' : String(event.eventIndex));
    setText(this.#time, event === null ? '' : formatTime(event.atMs));
    const isNamed = event !== null && event.eventType !== '' && event.eventType !== 'message';
    this.#type.hidden = !isNamed;
    setText(this.#type, isNamed ? visibleControls(event.eventType) : '');
    this.#said.show(event?.text ?? null);
    setText(this.#text, event === null ? '' : visibleControls(event.preview));
  }
}
