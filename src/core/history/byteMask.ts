const STAR = 0x2a;
/** Bytes of a secret's beginning, cut off by the end, from which on it is hidden as well. */
const MIN_BEGINNING = 4;

/** A chunk of a body, and when it came in ms since sending. */
export interface TimedChunk {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/**
 * One text that is looked for: how much of it the bytes so far end with, by Knuth, Morris and Pratt. Where that is
 * nothing, most bytes are skipped as Horspool does.
 */
interface Needle {
  readonly bytes: Uint8Array;
  /** For each length of a match, that of the longest shorter one that the bytes end with, too. */
  readonly shorter: Int32Array;
  /** For each byte that may stand where the text would end: how many places no match can begin at. */
  readonly skips: Int32Array;
  matched: number;
}

/**
 * Puts as many `*` in place of secrets in bytes that come in chunks, also where one is split between chunks: lengths,
 * offsets and cuts stay as they were. Takes time in proportion to bytes and secrets, whatever they are.
 */
export class ByteMask {
  readonly #needles: readonly Needle[];
  /** Chunks that may end with the beginning of a secret, oldest first. */
  #held: { readonly atMs: number; readonly bytes: Uint8Array; readonly to: number }[] = [];
  #length = 0;

  /** @param secrets in all forms they may stand in */
  constructor(secrets: readonly string[]) {
    const encoder = new TextEncoder();
    const texts = new Set(secrets.filter((secret) => secret !== ''));
    this.#needles = [...texts].map((text) => makeNeedle(encoder.encode(text)));
  }

  /** Takes a chunk, which it copies. @returns the chunks of which all is known now, in order */
  add(atMs: number, chunk: Uint8Array): TimedChunk[] {
    const from = this.#length;
    this.#length += chunk.length;
    this.#held.push({ atMs, bytes: chunk.slice(), to: this.#length });
    let open = 0;
    for (const needle of this.#needles) {
      this.#search(needle, chunk, from);
      open = Math.max(open, needle.matched);
    }
    return this.#release(this.#length - open);
  }

  /** The body is over, or cut here. @returns the chunks that are left */
  end(): TimedChunk[] {
    for (const needle of this.#needles) {
      if (needle.matched >= MIN_BEGINNING) this.#hide(this.#length - needle.matched, this.#length);
      needle.matched = 0;
    }
    return this.#release(this.#length);
  }

  #search(needle: Needle, chunk: Uint8Array, from: number): void {
    const { bytes, shorter, skips } = needle;
    let { matched } = needle;
    for (let at = 0; at < chunk.length; at++) {
      if (matched === 0) {
        for (let skip = 1; skip > 0; at += skip) skip = skips[chunk[at + bytes.length - 1] ?? -1] ?? 0;
      }
      while (matched > 0 && bytes[matched] !== chunk[at]) matched = shorter[matched - 1] ?? 0;
      if (bytes[matched] === chunk[at]) matched++;
      if (matched < bytes.length) continue;
      this.#hide(from + at + 1 - matched, from + at + 1);
      matched = shorter[matched - 1] ?? 0;
    }
    needle.matched = matched;
  }

  /** In what is held: nothing that a secret can begin in was let go. */
  #hide(from: number, to: number): void {
    for (let index = this.#held.length - 1; index >= 0; index--) {
      const held = this.#held[index];
      if (held === undefined || held.to <= from) return;
      const start = held.to - held.bytes.length;
      held.bytes.fill(STAR, Math.max(0, from - start), Math.max(0, Math.min(held.bytes.length, to - start)));
    }
  }

  #release(upTo: number): TimedChunk[] {
    const open = this.#held.findIndex(({ to }) => to > upTo);
    const released = open < 0 ? this.#held : this.#held.slice(0, open);
    this.#held = open < 0 ? [] : this.#held.slice(open);
    return released;
  }
}

function makeNeedle(bytes: Uint8Array): Needle {
  const shorter = new Int32Array(bytes.length);
  for (let at = 1, matched = 0; at < bytes.length; at++) {
    while (matched > 0 && bytes[matched] !== bytes[at]) matched = shorter[matched - 1] ?? 0;
    if (bytes[matched] === bytes[at]) matched++;
    shorter[at] = matched;
  }
  const skips = new Int32Array(256).fill(bytes.length);
  for (const [at, byte] of bytes.entries()) skips[byte] = bytes.length - 1 - at;
  return { bytes, shorter, skips, matched: 0 };
}
