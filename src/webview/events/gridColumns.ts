import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { element, icon, setAttribute } from '../dom.ts';
import { isRunning, type ViewState } from '../state.ts';

/** What the user does in the strip. */
export interface ColumnActions {
  readonly onFollow: (follow: boolean) => void;
  /** The keyboard has to leave: what it stood on goes. */
  readonly onLeave: () => void;
}

/** The strip above the rows: the columns' names and widths, and the switch that keeps the end in view. */
export class GridColumns {
  readonly element: HTMLElement;
  /** Of the row of names, which the grid owns though it stands outside of what scrolls. */
  readonly headerId = 'event-columns';
  readonly #followLabel: HTMLElement;
  readonly #follow: HTMLButtonElement;
  readonly #onLeave: () => void;
  #widths = '';

  constructor(strings: PanelStrings, { onFollow, onLeave }: ColumnActions) {
    this.#onLeave = onLeave;
    this.#followLabel = element('span', '', { text: strings.follow });
    this.#follow = element('button', 'text-button follow', {
      id: 'follow',
      title: strings.follow,
      attributes: { type: 'button', 'aria-label': strings.follow },
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
    // What has ended has no new events to follow.
    if (!isRunning(state) && document.activeElement === this.#follow) this.#onLeave();
    this.#follow.hidden = !isRunning(state);
    setAttribute(this.#follow, 'aria-pressed', String(state.follow));
    // While it holds, the icon says enough; once it is off, the way back is spelled out.
    this.#followLabel.hidden = state.follow;
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
