import type { ChunkRow } from '../../protocol/answers.ts';
import { element, setAttribute, setClass, setText } from '../dom.ts';
import { formatBytes, formatGap, formatTime } from '../format.ts';
import { visibleLine } from '../content/visibleControls.ts';
import { SaidText } from '../saidText.ts';
import type { GridLine, LineLook } from '../virtualGrid.ts';

/** The columns of the grid of chunks, in order: also the classes of their cells. */
export const chunkColumns = ['index', 'time', 'gap', 'size', 'offset', 'records', 'data'] as const;
type ChunkColumn = (typeof chunkColumns)[number];

/** One line of the grid of chunks. */
export class ChunkLine implements GridLine {
  readonly element = element('div', '', { role: 'row' });
  readonly #cells: Readonly<Record<ChunkColumn, HTMLElement>>;
  readonly #said = new SaidText();
  readonly #text = element('bdi', 'data-text');
  #number = -1;
  #chunk: ChunkRow | undefined;

  constructor() {
    const cell = (column: ChunkColumn): HTMLElement => {
      const made = element('span', `cell ${column}`, { role: 'gridcell' });
      this.element.append(made);
      return made;
    };
    const [index, time, gap, size, offset, records, data] = chunkColumns;
    this.#cells = {
      index: cell(index),
      time: cell(time),
      gap: cell(gap),
      size: cell(size),
      offset: cell(offset),
      records: cell(records),
      data: cell(data),
    };
    this.#cells.data.append(this.#said.element, this.#text);
  }

  get number(): number {
    return this.#number;
  }

  assign(row: number): void {
    this.#number = row;
    this.#chunk = undefined;
    this.element.id = `chunk-${row}`;
    this.element.dataset['index'] = String(row);
    // The first row is that of the columns' names.
    setAttribute(this.element, 'aria-rowindex', String(row + 2));
  }

  /** Shows a chunk, or an empty line for one that is still to be fetched. */
  show(chunk: ChunkRow | undefined, { isActive, isSelected }: LineLook): void {
    if (chunk !== undefined && chunk !== this.#chunk) {
      this.#chunk = chunk;
      this.#fill(chunk);
    }
    setClass(this.element, `row${this.#chunk === undefined ? ' pending' : ''}${isActive ? ' active' : ''}`);
    setAttribute(this.element, 'aria-selected', String(isSelected));
  }

  moveTo(y: number): void {
    this.element.style.transform = `translateY(${y}px)`;
  }

  #fill({ index, atMs, gapMs, byteLength, byteOffset, rowCount, preview, text }: ChunkRow): void {
    const { index: number, time, gap, size, offset, records } = this.#cells;
    setText(number, String(index));
    setText(time, formatTime(atMs));
    setText(gap, formatGap(gapMs));
    setText(size, formatBytes(byteLength));
    setText(offset, String(byteOffset));
    setText(records, String(rowCount));
    this.#said.show(text);
    setText(this.#text, visibleLine(preview));
  }
}
