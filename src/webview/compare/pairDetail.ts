import type { FromComparison, PairDetail } from '../../protocol/comparison.ts';
import type { ComparisonStrings } from '../../protocol/strings/comparisonStrings.ts';
import { PlainText } from '../content/plainText.ts';
import { element, iconButton, setText } from '../dom.ts';
import { splitter } from '../splitter.ts';

const MIN_HEIGHT_PX = 88;
/** px left to everything above the pane. */
const MIN_REST_PX = 220;

/** The pane at the bottom: both events in full, side by side. */
export class PairDetailPane {
  readonly element: HTMLElement;
  readonly #strings: ComparisonStrings;
  readonly #title = element('h2', 'pane-title');
  readonly #texts = [new PlainText(), new PlainText()];
  readonly #pane: HTMLElement;
  #shown: PairDetail | null = null;

  constructor(
    strings: ComparisonStrings,
    {
      onClose,
      post,
      alignmentId,
    }: {
      readonly onClose: () => void;
      readonly post: (message: FromComparison) => void;
      readonly alignmentId: () => number;
    },
  ) {
    this.#strings = strings;
    const openDiff = (): void => {
      if (this.#shown === null) return;
      post({
        type: 'openDiff',
        content: { kind: 'event', alignmentId: alignmentId(), pair: this.#shown.pair },
      });
    };
    const columns = this.#texts.map((text, index) =>
      element('div', 'text', {
        role: 'region',
        attributes: { tabindex: '0', 'aria-label': index === 0 ? strings.runA : strings.runB },
        children: [text.element],
      }),
    );
    this.#pane = element('section', 'detail', {
      id: 'detail',
      role: 'region',
      attributes: { 'aria-label': strings.detail },
      children: [
        element('div', 'pane-bar', {
          children: [
            this.#title,
            iconButton('open-pair', 'diff', strings.openEvent, openDiff),
            iconButton('close-detail', 'close', strings.close, onClose),
          ],
        }),
        element('div', 'pair-texts', { children: columns }),
      ],
    });
    const resize = splitter({
      label: strings.detail,
      controls: 'detail',
      bounds: () => ({
        height: this.#pane.offsetHeight,
        min: MIN_HEIGHT_PX,
        max: Math.max(MIN_HEIGHT_PX, window.innerHeight - MIN_REST_PX),
      }),
      onResize: (height) => (this.#pane.style.height = `${height}px`),
    });
    this.element = element('div', 'detail-holder', { children: [resize, this.#pane] });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') onClose();
    });
  }

  /** Shows a pair; null hides the pane. */
  update(detail: PairDetail | null): void {
    this.element.hidden = detail === null;
    if (detail === null || detail === this.#shown) return;
    this.#shown = detail;
    setText(this.#title, this.#strings.states[detail.state]);
    const { noEvent } = this.#strings;
    this.#texts[0]?.update(detail.left === null ? noEvent : detail.leftData);
    this.#texts[1]?.update(detail.right === null ? noEvent : detail.rightData);
  }
}
