import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { element, iconButton, setText } from '../dom.ts';
import { fill } from '../format.ts';
import { spanText } from './timelineReadout.ts';
import type { TimeView } from './timelineView.ts';

/** What the buttons do. */
export interface BarActions {
  /** True for closer. */
  readonly onZoom: (isIn: boolean) => void;
  readonly onFit: () => void;
  readonly onSave: () => void;
  readonly onClear: () => void;
}

/** What the bar tells. */
export interface BarState {
  readonly view: TimeView | null;
  readonly range: TimeView | null;
}

/** The buttons above the picture: zoom, fit, save; and which part is shown or selected. */
export class TimelineBar {
  readonly element: HTMLElement;
  readonly #strings: TimelineStrings;
  readonly #shown = element('span', 'view-facts', { attributes: { role: 'status' } });
  readonly #zoomOut: HTMLButtonElement;
  readonly #fit: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;

  constructor(strings: TimelineStrings, actions: BarActions) {
    this.#strings = strings;
    this.#zoomOut = iconButton('timeline-zoom-out', 'zoom-out', strings.zoomOut, () => actions.onZoom(false));
    this.#fit = iconButton('timeline-fit', 'screen-normal', strings.fit, actions.onFit);
    this.#clear = iconButton('timeline-clear', 'close', strings.clearSelection, actions.onClear);
    this.element = element('div', 'view-bar timeline-bar', {
      role: 'toolbar',
      attributes: { 'aria-label': strings.zoomLabel },
      children: [
        this.#shown,
        this.#clear,
        iconButton('timeline-zoom-in', 'zoom-in', strings.zoomIn, () => actions.onZoom(true)),
        this.#zoomOut,
        this.#fit,
        iconButton('timeline-save', 'save', strings.savePicture, actions.onSave),
      ],
    });
  }

  update({ view, range }: BarState): void {
    for (const button of [this.#zoomOut, this.#fit]) button.disabled = view === null;
    this.#clear.hidden = range === null;
    const parts = [
      view === null ? '' : fill(this.#strings.viewShown, spanText(view.fromMs, view.toMs)),
      range === null ? '' : fill(this.#strings.selected, spanText(range.fromMs, range.toMs)),
    ];
    setText(this.#shown, parts.filter((part) => part !== '').join(' · '));
  }
}
