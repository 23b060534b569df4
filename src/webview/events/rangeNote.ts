import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { element, iconButton, setText } from '../dom.ts';
import { fill, formatTime } from '../format.ts';
import type { TimeRange } from '../state.ts';

/** Says which part of the time is selected, here or in the timeline. */
export class RangeNote {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #words = element('button', 'link-button', { attributes: { type: 'button' } });
  #range: TimeRange | null = null;

  /** @param onShow the first event at or after a moment was asked for */
  constructor(strings: PanelStrings, onShow: (atMs: number) => void, onClear: () => void) {
    this.#strings = strings;
    this.#words.addEventListener('click', () => this.#range !== null && onShow(this.#range.fromMs));
    const clear = iconButton('clear-range', 'close', strings.timeline.clearSelection, onClear);
    this.element = element('div', 'view-bar range-note', { children: [this.#words, clear] });
  }

  update(range: TimeRange | null): void {
    this.#range = range;
    this.element.hidden = range === null;
    if (range === null) return;
    const span = `${(range.fromMs / 1000).toFixed(3)}–${formatTime(range.toMs)}`;
    setText(this.#words, fill(this.#strings.timeline.selected, span));
  }
}
