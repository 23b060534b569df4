import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { element, icon, setAttribute, setText, setTitle } from '../dom.ts';
import type { ViewState } from '../state.ts';

/** The strip above the rows: the columns' names and widths, and the switch that keeps the end in view. */
export class GridColumns {
  readonly element: HTMLElement;
  /** Of the row of names, which the grid owns though it stands outside of what scrolls. */
  readonly headerId = 'event-columns';
  readonly #strings: PanelStrings;
  readonly #followLabel = element('span', '');
  readonly #follow: HTMLButtonElement;
  #widths = '';

  constructor(strings: PanelStrings, onFollow: (follow: boolean) => void) {
    this.#strings = strings;
    this.#follow = element('button', 'text-button follow', {
      id: 'follow',
      attributes: { type: 'button' },
      children: [icon('arrow-circle-down'), this.#followLabel],
    });
    this.#follow.addEventListener('click', () =>
      onFollow(this.#follow.getAttribute('aria-pressed') !== 'true'),
    );
    const names = element('div', 'columns', {
      id: this.headerId,
      role: 'row',
      attributes: { 'aria-rowindex': '1' },
      children: [
        column('index', strings.columnIndex),
        column('time', strings.columnTime),
        column('gap', strings.columnGap),
        column('type', strings.columnType),
        column('id', strings.columnId),
        column('data', strings.columnData),
      ],
    });
    this.element = element('div', 'column-strip', { children: [names, this.#follow] });
  }

  update(state: ViewState): void {
    const words = state.follow ? this.#strings.following : this.#strings.follow;
    setAttribute(this.#follow, 'aria-pressed', String(state.follow));
    setAttribute(this.#follow, 'aria-label', this.#strings.follow);
    // While it holds, the icon says enough; once it is off, the way back is spelled out.
    this.#followLabel.hidden = state.follow;
    setText(this.#followLabel, words);
    setTitle(this.#follow, words);
    this.#updateWidths(state);
  }

  /** Widths in characters, so that short streams leave their room to the data. */
  #updateWidths({ run, typeWidth, idWidth }: ViewState): void {
    const grid = this.element.parentElement;
    if (run === null || grid === null) return;
    const widths: Readonly<Record<string, number>> = {
      index: Math.max(3, String(run.eventCount).length),
      time: Math.max(8, String(Math.floor(run.elapsedMs / 1000)).length + 6),
      type: typeWidth === 0 ? 0 : Math.min(16, Math.max(6, typeWidth)),
      id: idWidth === 0 ? 0 : Math.min(12, Math.max(4, idWidth)),
    };
    const key = JSON.stringify(widths);
    if (key === this.#widths) return;
    this.#widths = key;
    for (const [name, width] of Object.entries(widths))
      grid.style.setProperty(`--${name}-width`, String(width));
    grid.classList.toggle('without-type', typeWidth === 0);
    grid.classList.toggle('without-id', idWidth === 0);
  }
}

function column(name: string, text: string): HTMLElement {
  return element('span', `cell ${name}`, {
    role: 'columnheader',
    children: [element('span', 'column-name', { text })],
  });
}
