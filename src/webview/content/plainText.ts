import { element } from '../dom.ts';
import { visibleControls } from './visibleControls.ts';

/** UTF-16 units of a piece: the browser lays out only the pieces near the view. */
const PIECE_LENGTH = 20_000;
/** UTF-16 units above which even that gets slow. */
export const MAX_PLAIN_LENGTH = 2_000_000;

/** Growing text of any size: pieces that are laid out only when seen. A piece ends at a line end where there is one. */
export class PlainText {
  readonly element = element('div', 'plain-text', { attributes: { dir: 'auto' } });
  /** The text of all pieces but the last, and of the last. */
  #done = '';
  #last = '';

  /** True if only the beginning is shown. */
  get isShortened(): boolean {
    return this.#isShortened;
  }
  #isShortened = false;

  /** Shows a text; one that goes on from the last one shown only adds to it. */
  update(text: string): void {
    this.#isShortened = text.length > MAX_PLAIN_LENGTH;
    const shown = text.slice(0, MAX_PLAIN_LENGTH);
    if (shown === this.#done + this.#last) return;
    if (!shown.startsWith(this.#done)) {
      this.element.replaceChildren();
      this.#done = '';
    } else {
      this.element.lastElementChild?.remove();
    }
    while (shown.length - this.#done.length > PIECE_LENGTH) {
      const piece = shown.slice(this.#done.length, pieceEnd(shown, this.#done.length));
      this.#add(piece);
      this.#done += piece;
    }
    this.#last = shown.slice(this.#done.length);
    this.#add(this.#last);
  }

  #add(piece: string): void {
    // The line end stands between two blocks already.
    const text = piece.endsWith('\n') ? piece.slice(0, -1) : piece;
    this.element.append(element('div', 'plain-piece', { text: visibleControls(text) }));
  }
}

function pieceEnd(text: string, from: number): number {
  const lineEnd = text.lastIndexOf('\n', from + PIECE_LENGTH - 1) + 1;
  if (lineEnd > from) return lineEnd;
  const end = from + PIECE_LENGTH;
  const isSplitPair = (text.charCodeAt(end) & 0xfc00) === 0xdc00;
  return isSplitPair ? end - 1 : end;
}
