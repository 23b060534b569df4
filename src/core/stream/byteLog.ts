import type { OpenSpill, Spill } from '../ports.ts';

const PAGE_BYTES = 1024 * 1024;
/** Pages that were read back and are kept for the next look. */
const CACHED_PAGES = 16;

/** Bytes of a body that is no event stream to hold in memory: of a large one only a part is looked at. */
export const BODY_MEMORY_BYTES = 32 * PAGE_BYTES;

/** Where a {@link ByteLog} may keep what exceeds its share of memory. */
export interface ByteLogOptions {
  /** Bytes to hold in memory before older ones go to the spill; rounded to whole pages of a megabyte. */
  readonly memoryBytes?: number;
  /** Opens the spill when it is needed; without it everything stays in memory. */
  readonly openSpill?: OpenSpill;
}

/**
 * The bytes of one body, append-only: the newest pages in memory, older ones in a spill once they exceed the
 * limit. Owns the spill: dispose it.
 */
export class ByteLog {
  readonly #pages: (Uint8Array | undefined)[] = [];
  readonly #memoryPages: number;
  readonly #openSpill: OpenSpill | undefined;
  /** Pages read back, the one used last at the end. */
  readonly #cache = new Map<number, Uint8Array>();
  #length = 0;
  #spilledPages = 0;
  #spill: Spill | undefined;
  #spillError: unknown;

  constructor({ memoryBytes = Infinity, openSpill }: ByteLogOptions = {}) {
    this.#memoryPages = Math.max(1, Math.floor(memoryBytes / PAGE_BYTES));
    this.#openSpill = openSpill;
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes that stand in the spill. */
  get spilledBytes(): number {
    return this.#spilledPages * PAGE_BYTES;
  }

  /** Why nothing is spilled any more: since then all bytes stay in memory. Undefined if all is well. */
  get spillError(): unknown {
    return this.#spillError;
  }

  /** Copies bytes to the end. */
  append(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0) {
      const used = this.#length % PAGE_BYTES;
      let page = this.#pages[this.#pages.length - 1];
      if (page === undefined || used === 0) {
        this.#spillOver();
        page = new Uint8Array(PAGE_BYTES);
        this.#pages.push(page);
      }
      const part = rest.subarray(0, PAGE_BYTES - used);
      page.set(part, used);
      this.#length += part.length;
      rest = rest.subarray(part.length);
    }
  }

  /**
   * The bytes from `from` up to `to`, not included, as far as they exist: a view into the log where they lie in one
   * page, so neither change nor keep it.
   * @throws what the spill throws on a page that can no longer be read, and an Error for one whose log was disposed
   */
  read(from: number, to: number): Uint8Array {
    const end = Math.min(to, this.#length);
    const start = Math.max(0, Math.min(from, end));
    const first = Math.floor(start / PAGE_BYTES);
    const last = Math.floor(Math.max(start, end - 1) / PAGE_BYTES);
    if (start === end) return new Uint8Array(0);
    if (first === last) return this.#page(first).subarray(start % PAGE_BYTES, end - first * PAGE_BYTES);
    const joined = new Uint8Array(end - start);
    for (let index = first; index <= last; index++) {
      const base = index * PAGE_BYTES;
      const part = this.#page(index).subarray(Math.max(0, start - base), Math.min(PAGE_BYTES, end - base));
      joined.set(part, base + Math.max(0, start - base) - start);
    }
    return joined;
  }

  /** Closes and deletes the spill; the log must not be used after that. */
  dispose(): void {
    this.#spill?.dispose();
    this.#spill = undefined;
    this.#cache.clear();
  }

  /** Makes room for a new page. */
  #spillOver(): void {
    const oldest = this.#pages[this.#spilledPages];
    const isWithinLimit = this.#pages.length - this.#spilledPages < this.#memoryPages;
    if (isWithinLimit || oldest === undefined || this.#openSpill === undefined) return;
    if (this.#spillError !== undefined) return;
    try {
      this.#spill ??= this.#openSpill();
      this.#spill.append(oldest);
      this.#pages[this.#spilledPages++] = undefined;
    } catch (error) {
      this.#spillError = error; // a full disk must not lose what can still be held
    }
  }

  #page(index: number): Uint8Array {
    const held = this.#pages[index] ?? this.#cache.get(index);
    if (held !== undefined) return held;
    if (this.#spill === undefined) throw new Error('The bytes of this response are no longer kept.');
    const page = this.#spill.read(index * PAGE_BYTES, PAGE_BYTES);
    if (this.#cache.size >= CACHED_PAGES) {
      for (const oldest of this.#cache.keys()) {
        this.#cache.delete(oldest);
        break;
      }
    }
    this.#cache.set(index, page);
    return page;
  }
}
