import type { TextPreview } from '../core/stream/assembly/rowPreview.ts';
import { visibleLine } from './content/visibleControls.ts';
import { element, icon, setClass, setText } from './dom.ts';

/** As in the preview of a chunk: common in what a model writes, and in more fonts than the control pictures. */
const LINE_END = '⏎';

/** What the events of a row say, in front of their data: an answer plain, reasoning in italics, a tool's call marked. */
export class SaidText {
  readonly element = element('bdi', 'said');
  readonly #icon = icon('tools');
  readonly #text = element('span', '');

  constructor() {
    this.element.append(this.#icon, this.#text);
  }

  /** Null for nothing. */
  show(said: TextPreview | null): void {
    this.element.hidden = said === null;
    if (said === null) return;
    setClass(this.element, `said ${said.kind}`);
    this.#icon.hidden = said.kind !== 'tool';
    setText(this.#text, visibleLine(said.text.replace(/\r\n|[\r\n]/g, LINE_END)));
  }
}
