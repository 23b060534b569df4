import type { Row } from '../../protocol/messages.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { assertNever } from '../assertNever.ts';
import { element, icon, setAttribute, setClass, setText, setTitle } from '../dom.ts';
import { formatGap, formatTime, gapShare } from '../format.ts';
import { visibleControls } from '../content/visibleControls.ts';
import type { TimeRange } from '../state.ts';
import { SaidText } from '../saidText.ts';
import type { GridLine, LineLook } from '../virtualGrid.ts';

/** How a row stands in its grid. */
export interface RowLook extends LineLook {
  /** True for a row that has just come and may appear gently. */
  readonly isFresh: boolean;
  /** The part of the time that is selected. */
  readonly range: TimeRange | null;
}

/** One line of the grid, used again for another record when this one has left the window. */
export class GridRow implements GridLine {
  readonly element = element('div', '', { role: 'row' });
  readonly #strings: PanelStrings;
  readonly #index = cell('index');
  readonly #time = cell('time');
  readonly #gapBar = element('span', 'gap-bar');
  readonly #gap = cell('gap', this.#gapBar);
  readonly #type = cell('type');
  readonly #id = cell('id');
  readonly #said = new SaidText();
  readonly #text = element('bdi', 'data-text');
  readonly #label = element('span', 'data-label');
  readonly #warning = icon('warning');
  readonly #data = cell('data', this.#warning, this.#label, this.#said.element, this.#text);
  #row: Row | undefined;
  #number = -1;
  #isFresh = false;

  constructor(strings: PanelStrings) {
    this.#strings = strings;
    this.element.append(this.#index, this.#time, this.#gap, this.#type, this.#id, this.#data);
  }

  /** The 0-based row it stands for. */
  get number(): number {
    return this.#number;
  }

  assign(row: number): void {
    this.#number = row;
    this.#row = undefined;
    this.#isFresh = false;
    this.element.id = `row-${row}`;
    this.element.dataset['index'] = String(row);
    // The first row is that of the columns' names.
    setAttribute(this.element, 'aria-rowindex', String(row + 2));
  }

  /** Shows a record, or an empty line for one that is still to be fetched. */
  show(row: Row | undefined, look: RowLook): void {
    if (row !== undefined && row !== this.#row) {
      this.#isFresh = look.isFresh && this.#row === undefined;
      this.#row = row;
      this.#fill(row);
    }
    const kind = this.#row === undefined ? 'pending' : this.#row.kind;
    const again = this.#row?.isDuplicate === true ? ' duplicate' : '';
    const { range } = look;
    const atMs = this.#row?.atMs ?? -1;
    const isInRange = range !== null && atMs >= range.fromMs && atMs <= range.toMs;
    const marks = `${again}${isInRange ? ' in-range' : ''}${look.isActive ? ' active' : ''}${this.#isFresh ? ' fresh' : ''}`;
    setClass(this.element, `row ${kind}${marks}`);
    setAttribute(this.element, 'aria-selected', String(look.isSelected));
  }

  moveTo(y: number): void {
    this.element.style.transform = `translateY(${y}px)`;
  }

  #fill(row: Row): void {
    setText(this.#index, row.eventIndex < 0 ? '' : String(row.eventIndex));
    setText(this.#time, formatTime(row.atMs));
    const gap = formatGap(row.gapMs);
    setTitle(this.#gap, gap);
    setAttribute(this.#gap, 'aria-label', gap);
    this.#gapBar.style.width = `${gapShare(row.gapMs) * 100}%`;
    setText(this.#type, visibleControls(row.eventType));
    setClass(this.#type, row.eventType === 'message' ? 'cell type default' : 'cell type');
    setText(this.#id, visibleControls(row.id));
    const { label, text } = dataOf(row, this.#strings);
    this.#said.show(row.text);
    this.#label.hidden = label === '';
    setText(this.#label, label);
    setText(this.#text, visibleControls(text));
    this.#warning.hidden = row.kind !== 'incomplete';
  }
}

function cell(name: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element('span', `cell ${name}`, { role: 'gridcell', children });
}

/** What the data column says: our word for what it is, where it is no event, and the text received. */
function dataOf(row: Row, strings: PanelStrings): { label: string; text: string } {
  switch (row.kind) {
    case 'event':
      return { label: row.isDuplicate ? strings.duplicate : '', text: row.preview };
    case 'comment':
      return { label: '', text: `: ${row.preview.trimStart()}` };
    case 'retry':
      return { label: strings.retry, text: row.preview };
    case 'resumed':
      return { label: strings.resumed, text: row.preview };
    case 'incomplete':
      return { label: strings.incomplete, text: row.preview };
    default:
      return assertNever(row.kind);
  }
}
