import { scanUtf8 } from './utf8Scan.ts';

/** Finds where a stream is not UTF-8, in pieces; what it has found waits until it is taken. */
export class Utf8Check {
  readonly #strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #isAscii = true;
  #checkedTo = 0;
  /** Offsets of invalid sequences, ascending; those before `#next` were taken. */
  #found: number[] = [];
  #next = 0;

  /** Bytes that were checked: all that were fed, less a character that their end cuts off. */
  get checkedTo(): number {
    return this.#checkedTo;
  }

  /**
   * Checks the stream's next bytes, from {@link Utf8Check.checkedTo} on.
   * @param room how many finds to keep, with those that wait
   * @returns how many more there were
   */
  feed(bytes: Uint8Array, room: number): number {
    const base = this.#checkedTo;
    this.#isAscii &&= this.#decodesToAscii(bytes);
    if (this.#isAscii) {
      this.#checkedTo += bytes.length;
      return 0;
    }
    let surplus = 0;
    const whole = scanUtf8(bytes, (index) => {
      if (this.#found.length - this.#next < room) this.#found.push(base + index);
      else surplus++;
    });
    this.#checkedTo = base + whole;
    return surplus;
  }

  /** The stream has ended: a character that it cut off is invalid, unless something else cut it. */
  end(length: number, wasCut: boolean): void {
    if (!wasCut && this.#checkedTo < length) this.#found.push(this.#checkedTo);
    this.#checkedTo = length;
  }

  /** The offset of the next invalid sequence before `end`, once; undefined where there is none. */
  take(end: number): number | undefined {
    const at = this.#found[this.#next];
    if (at === undefined || at >= end) return undefined;
    this.#next++;
    if (this.#next === this.#found.length) {
      this.#found = [];
      this.#next = 0;
    }
    return at;
  }

  /** Decoding is several times as fast as looking at each byte, where all are ASCII. */
  #decodesToAscii(bytes: Uint8Array): boolean {
    try {
      return this.#strictDecoder.decode(bytes).length === bytes.length;
    } catch {
      return false; // not even UTF-8: the scan finds where
    }
  }
}
