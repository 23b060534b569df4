import { EitherByte } from '../eitherByte.ts';

/** The bytes of JSON and prose from the commonest to rarer ones; any that is missing here is rarer still. */
const COMMON = new TextEncoder().encode(' "etaoinsrhl,:dcum0fpgwyb1v2k-_.3456789{}[]/xjqz');

/**
 * Finds one text in UTF-8 bytes without decoding them: its rarest byte first, then what stands around it. Without
 * `matchCase` the letters A–Z equal a–z; all other characters equal only themselves, so that no multi-byte character
 * is ever touched.
 */
export class ByteNeedle {
  readonly #bytes: Uint8Array;
  readonly #folds = new Uint8Array(256);
  /** Where in the text its rarest byte stands, and that byte in both cases. */
  readonly #rarest: number;
  readonly #lower: number;
  readonly #upper: number;
  #searched: Uint8Array | undefined;
  #places: EitherByte | undefined;
  /** No occurrence begins from {@link #knownFrom} up to {@link #hit}, which is one, or the end. */
  #knownFrom = 0;
  #hit = -1;

  /** @param text not empty, without lone surrogates */
  constructor(text: string, matchCase: boolean) {
    for (let byte = 0; byte < 256; byte++) {
      const isCapital = byte >= 0x41 && byte <= 0x5a;
      this.#folds[byte] = isCapital && !matchCase ? byte + 0x20 : byte;
    }
    this.#bytes = new TextEncoder().encode(text).map((byte) => this.#folds[byte] ?? byte);
    this.#rarest = indexOfRarest(this.#bytes);
    this.#lower = this.#bytes[this.#rarest] ?? 0;
    const isLetter = this.#lower >= 0x61 && this.#lower <= 0x7a;
    this.#upper = isLetter && !matchCase ? this.#lower - 0x20 : this.#lower;
  }

  /**
   * Where the text first stands within `bytes[from, to)`, or -1. The whole of `bytes` is searched ahead and the
   * outcome kept: cheap for one stretch after another of the same bytes.
   */
  find(bytes: Uint8Array, from: number, to: number): number {
    if (bytes !== this.#searched) {
      this.#searched = bytes;
      this.#places = new EitherByte(bytes, this.#lower, this.#upper);
      this.#hit = -1;
    }
    if (from < this.#knownFrom || from > this.#hit) {
      this.#knownFrom = from;
      this.#hit = this.#next(bytes, from);
    }
    return this.#hit + this.#bytes.length <= to ? this.#hit : -1;
  }

  /** The first occurrence at `from` or behind it; the number of bytes if there is none. */
  #next(bytes: Uint8Array, from: number): number {
    const needle = this.#bytes;
    const folds = this.#folds;
    const places = this.#places;
    if (places === undefined) return bytes.length;
    for (let place = places.next(from + this.#rarest); place < bytes.length; place = places.next(place + 1)) {
      const start = place - this.#rarest;
      let at = 0;
      while (at < needle.length && folds[bytes[start + at] ?? 0] === needle[at]) at++;
      if (at === needle.length && start + at <= bytes.length) return start;
    }
    return bytes.length;
  }
}

function indexOfRarest(bytes: Uint8Array): number {
  let rarest = 0;
  let rank = -1;
  for (const [index, byte] of bytes.entries()) {
    const place = COMMON.indexOf(byte);
    const own = place < 0 ? COMMON.length : place;
    if (own > rank) {
      rank = own;
      rarest = index;
    }
  }
  return rarest;
}
