/**
 * Finds the places of two byte values in a stretch of bytes, looking at four bytes at a time: a loop over single
 * bytes takes several times as long, and the built-in search knows one value and is dear to call.
 */
export class EitherByte {
  readonly #bytes: Uint8Array;
  readonly #first: number;
  readonly #second: number;
  readonly #words: Int32Array;
  /** Index in the bytes of the first word: words stand at multiples of four in their buffer. */
  readonly #wordsFrom: number;

  /** @param second may be the same value as `first` */
  constructor(bytes: Uint8Array, first: number, second: number) {
    this.#bytes = bytes;
    this.#first = first;
    this.#second = second;
    this.#wordsFrom = Math.min(bytes.length, -bytes.byteOffset & 3);
    const wordCount = (bytes.length - this.#wordsFrom) >> 2;
    this.#words =
      wordCount > 0
        ? new Int32Array(bytes.buffer, bytes.byteOffset + this.#wordsFrom, wordCount)
        : new Int32Array(0);
  }

  /** Index of the next one at `from` or behind it; the number of bytes if there is none. */
  next(from: number): number {
    const bytes = this.#bytes;
    const first = this.#first;
    const second = this.#second;
    const wordsFrom = this.#wordsFrom;
    let at = from;
    while (((at - wordsFrom) & 3) !== 0) {
      if (at >= bytes.length || bytes[at] === first || bytes[at] === second) return at;
      at++;
    }
    let index = (at - wordsFrom) >> 2;
    if (index >= 0) {
      const words = this.#words;
      const firsts = Math.imul(first, 0x01010101);
      const seconds = Math.imul(second, 0x01010101);
      for (const end = words.length; index < end; index++) {
        const word = words[index] ?? 0;
        // Zero bytes stand where a value was: only below them does taking one from each byte borrow into a high bit.
        const one = word ^ firsts;
        const other = word ^ seconds;
        if ((((one - 0x01010101) & ~one) | ((other - 0x01010101) & ~other)) & 0x80808080) break;
      }
      at = wordsFrom + index * 4;
    }
    while (at < bytes.length && bytes[at] !== first && bytes[at] !== second) at++;
    return at;
  }
}
