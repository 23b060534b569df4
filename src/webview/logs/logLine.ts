import type { LogRow } from '../../protocol/logs.ts';
import type { LogsStrings } from '../../protocol/strings/logsStrings.ts';
import { visibleLine } from '../content/visibleControls.ts';
import { element, icon, setAttribute, setClass, setText } from '../dom.ts';
import type { GridLine, LineLook } from '../virtualGrid.ts';
import { clockTime } from './clockTime.ts';

/** The columns of the grid of log lines, in order: also the classes of their cells. */
export const logColumns = ['time', 'stream', 'data'] as const;

/** One line of the grid of log lines. */
export class LogLine implements GridLine {
  readonly element = element('div', '', { role: 'row' });
  readonly #time = element('span', 'cell time', { role: 'gridcell' });
  readonly #stream = element('span', 'cell stream', { role: 'gridcell' });
  readonly #mark: HTMLElement;
  readonly #text = element('bdi', 'data-text');
  #number = -1;
  #row: LogRow | undefined;

  constructor({ holdsId }: LogsStrings) {
    this.#mark = element('span', 'held-mark', {
      role: 'img',
      title: holdsId,
      attributes: { 'aria-label': holdsId },
      children: [icon('circle-small-filled')],
    });
    const data = element('span', 'cell data', { role: 'gridcell', children: [this.#mark, this.#text] });
    this.element.append(this.#time, this.#stream, data);
  }

  get number(): number {
    return this.#number;
  }

  assign(row: number): void {
    this.#number = row;
    this.#row = undefined;
    this.element.id = `log-${row}`;
    this.element.dataset['index'] = String(row);
    // The first row is that of the columns' names.
    setAttribute(this.element, 'aria-rowindex', String(row + 2));
  }

  /** Shows a line, or an empty one for what is still to be fetched. */
  show(row: LogRow | undefined, { isActive, isSelected }: LineLook): void {
    if (row !== undefined && row !== this.#row) {
      this.#row = row;
      setText(this.#time, row.atMs === null ? row.time : clockTime(row.atMs));
      setText(this.#stream, row.stream);
      setText(this.#text, visibleLine(row.preview));
      this.#mark.hidden = row.relation !== 'id';
    }
    const known = this.#row;
    const words = [
      'row',
      known === undefined ? 'pending' : '',
      isActive ? 'active' : '',
      known?.relation === 'id' ? 'held' : '',
      known !== undefined && /^(?:stderr|error|fatal|warn)/i.test(known.stream) ? 'alarming' : '',
    ];
    setClass(this.element, words.filter((word) => word !== '').join(' '));
    setAttribute(this.element, 'aria-selected', String(isSelected));
  }

  moveTo(y: number): void {
    this.element.style.transform = `translateY(${y}px)`;
  }
}
