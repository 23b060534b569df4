/**
 * Finds one text in UTF-8 bytes without decoding them (Horspool's algorithm). Without `matchCase` the letters A–Z
 * equal a–z; all other characters equal only themselves, so that no multi-byte character is ever touched.
 */
export class ByteNeedle {
  readonly #bytes: Uint8Array;
  readonly #folds = new Uint8Array(256);
  /** How far the window may move when it ends with a byte. */
  readonly #shifts: Uint32Array;

  /** @param text not empty, without lone surrogates */
  constructor(text: string, matchCase: boolean) {
    for (let byte = 0; byte < 256; byte++) {
      const isCapital = byte >= 0x41 && byte <= 0x5a;
      this.#folds[byte] = isCapital && !matchCase ? byte + 0x20 : byte;
    }
    this.#bytes = new TextEncoder().encode(text).map((byte) => this.#folds[byte] ?? byte);
    const last = this.#bytes.length - 1;
    this.#shifts = new Uint32Array(256).fill(this.#bytes.length);
    for (let byte = 0; byte < 256; byte++) {
      const before = this.#bytes.subarray(0, last).lastIndexOf(this.#folds[byte] ?? byte);
      if (before >= 0) this.#shifts[byte] = last - before;
    }
  }

  /** Where the text first stands within `bytes[from, to)`, or -1. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const needle = this.#bytes;
    const folds = this.#folds;
    const shifts = this.#shifts;
    const last = needle.length - 1;
    const lastByte = needle[last];
    if (last === 0) return this.#findByte(bytes, from, to); // nothing to skip: half the time
    for (let end = from + last; end < to;) {
      const byte = bytes[end] ?? 0;
      if (folds[byte] === lastByte) {
        const start = end - last;
        let at = 0;
        while (at < last && folds[bytes[start + at] ?? 0] === needle[at]) at++;
        if (at === last) return start;
      }
      end += shifts[byte] ?? 1;
    }
    return -1;
  }

  #findByte(bytes: Uint8Array, from: number, to: number): number {
    const needle = this.#bytes[0];
    const folds = this.#folds;
    for (let at = from; at < to; at++) {
      if (folds[bytes[at] ?? 0] === needle) return at;
    }
    return -1;
  }
}
