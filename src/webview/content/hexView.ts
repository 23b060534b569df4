import { element } from '../dom.ts';
import { fill } from '../format.ts';
import { hexDump } from './hexLines.ts';

/** Bytes shown: 4096 lines. */
const MAX_BYTES = 65_536;

/** Words of the view. */
export interface HexViewStrings {
  readonly bodyLabel: string;
  /** `Only the first {0} of {1} bytes are shown.` */
  readonly firstBytes: string;
}

/** A body that is no text: its beginning in hexadecimal and ASCII. */
export class HexView {
  readonly element: HTMLElement;
  readonly #strings: HexViewStrings;
  readonly #note = element('p', 'note');
  readonly #dump: HTMLElement;

  constructor(strings: HexViewStrings) {
    this.#strings = strings;
    this.#dump = element('pre', 'text hex', {
      role: 'region',
      attributes: { 'aria-label': strings.bodyLabel, tabindex: '0' },
    });
    this.element = element('div', 'hex-view', { children: [this.#note, this.#dump] });
  }

  /**
   * Shows bytes.
   * @param byteCount how many the whole body has
   */
  show(bytes: Uint8Array, byteCount: number): void {
    const shown = bytes.subarray(0, MAX_BYTES);
    this.#note.hidden = shown.length >= byteCount;
    this.#note.textContent = fill(this.#strings.firstBytes, String(shown.length), String(byteCount));
    this.#dump.textContent = hexDump(shown);
  }
}
