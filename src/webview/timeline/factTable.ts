import { element, setText } from '../dom.ts';

/** A cell of a {@link FactTable}: a text, or one that leads to an event. */
export interface FactCell {
  readonly text: string;
  /** That event's row among all records. */
  readonly row?: number;
}

/** A small table of facts that is brought up to date in place, so that the keyboard stays where it is. */
export class FactTable {
  readonly element: HTMLTableElement;
  readonly #body = element('tbody', '');

  /** @param onRow a cell that leads to an event was pressed */
  constructor(caption: string, columns: readonly string[], onRow: (row: number) => void) {
    const names = columns.map((text) => element('th', '', { text, attributes: { scope: 'col' } }));
    this.element = element('table', 'fact-table', {
      children: [
        element('caption', '', { text: caption }),
        element('thead', '', { children: [element('tr', '', { children: names })] }),
        this.#body,
      ],
    });
    this.element.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button !== null) onRow(Number(button.dataset['row']));
    });
  }

  /** Shows rows; without any the table is hidden. */
  show(rows: readonly (readonly FactCell[])[]): void {
    this.element.hidden = rows.length === 0;
    while (this.#body.rows.length > rows.length) this.#body.deleteRow(-1);
    rows.forEach((cells, index) => {
      const row = this.#body.rows.item(index) ?? this.#body.insertRow();
      cells.forEach((cell, column) => showCell(row.cells.item(column) ?? addCell(row), cell));
    });
  }
}

function addCell(row: HTMLTableRowElement): HTMLTableCellElement {
  const isName = row.cells.length === 0;
  const cell = element(isName ? 'th' : 'td', '', isName ? { attributes: { scope: 'row' } } : {});
  row.append(cell);
  return cell;
}

function showCell(target: HTMLElement, { text, row }: FactCell): void {
  const button = target.querySelector('button');
  if (row === undefined) {
    setText(target, text); // takes a button away
    return;
  }
  if (button !== null) {
    setText(button, text);
    button.dataset['row'] = String(row);
    return;
  }
  const made = element('button', 'link-button', { text, attributes: { type: 'button' } });
  made.dataset['row'] = String(row);
  target.replaceChildren(made);
}
