type NumberArray = Float64Array | Uint32Array | Uint16Array | Uint8Array;

const PAGE_BITS = 12;
const PAGE_LENGTH = 1 << PAGE_BITS;

/** An append-only list of numbers of one typed array's kind, in pages: growing copies nothing and wastes a page at most. */
export class PackedNumbers {
  readonly #ArrayType: new (length: number) => NumberArray;
  readonly #pages: NumberArray[] = [];
  #length = 0;

  /** @param ArrayType what a page is made of; values that do not fit it are changed as it changes them */
  constructor(ArrayType: new (length: number) => NumberArray) {
    this.#ArrayType = ArrayType;
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const index = this.#length++;
    let page = this.#pages[index >> PAGE_BITS];
    if (page === undefined) {
      page = new this.#ArrayType(PAGE_LENGTH);
      this.#pages.push(page);
    }
    page[index & (PAGE_LENGTH - 1)] = value;
  }

  /** The value at a 0-based index; 0 outside the list. */
  at(index: number): number {
    return index < this.#length ? (this.#pages[index >> PAGE_BITS]?.[index & (PAGE_LENGTH - 1)] ?? 0) : 0;
  }

  set(index: number, value: number): void {
    const page = this.#pages[index >> PAGE_BITS];
    if (page !== undefined && index < this.#length) page[index & (PAGE_LENGTH - 1)] = value;
  }

  /** How many values of an ascending list are below `value`: the index of the first that is not. */
  countBelow(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
