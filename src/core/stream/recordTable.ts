const PAGE_BITS = 12;
const PAGE_ROWS = 1 << PAGE_BITS;
const MASK = PAGE_ROWS - 1;

interface Page {
  readonly kinds: Uint8Array;
  readonly types: Uint16Array;
  readonly chunks: Uint32Array;
  readonly lengths: Uint32Array;
  readonly offsets: Float64Array;
}

/**
 * Where each record of a stream stands, 19 bytes a record: what it is, its event type, its chunk, its bytes. In pages,
 * so that growing copies nothing; one page for all columns, so that adding a record looks for its place once.
 */
export class RecordTable {
  readonly #pages: Page[] = [];
  #last: Page = makePage();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(kind: number, type: number, chunk: number, offset: number, length: number): void {
    const at = this.#length++ & MASK;
    if (at === 0) this.#pages.push((this.#last = makePage()));
    const page = this.#last;
    page.kinds[at] = kind;
    page.types[at] = type;
    page.chunks[at] = chunk;
    page.offsets[at] = offset;
    page.lengths[at] = length;
  }

  /** The columns of a row below {@link RecordTable.length}; 0 for any other. */
  kind(row: number): number {
    return this.#pages[row >> PAGE_BITS]?.kinds[row & MASK] ?? 0;
  }

  type(row: number): number {
    return this.#pages[row >> PAGE_BITS]?.types[row & MASK] ?? 0;
  }

  chunk(row: number): number {
    return this.#pages[row >> PAGE_BITS]?.chunks[row & MASK] ?? 0;
  }

  offset(row: number): number {
    return this.#pages[row >> PAGE_BITS]?.offsets[row & MASK] ?? 0;
  }

  byteLength(row: number): number {
    return this.#pages[row >> PAGE_BITS]?.lengths[row & MASK] ?? 0;
  }
}

function makePage(): Page {
  return {
    kinds: new Uint8Array(PAGE_ROWS),
    types: new Uint16Array(PAGE_ROWS),
    chunks: new Uint32Array(PAGE_ROWS),
    lengths: new Uint32Array(PAGE_ROWS),
    offsets: new Float64Array(PAGE_ROWS),
  };
}
