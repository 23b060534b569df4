/** Cells to a doubling: 2 to the power of this. */
const CELL_BITS = 10;
/** Bits of a 32-bit float's fraction that a cell does not tell apart. */
const DROPPED_BITS = 23 - CELL_BITS;
/** Shorter than any clock tells, and 37 hours, in ms: all else counts in the first or the last cell. */
const MIN_MS = 2 ** -10;
const MAX_MS = 2 ** 27;

/**
 * Counts times in cells that are as fine as the time is long, so that any percentile is a walk over 38,000 counters
 * however many there are. Takes 150 kB.
 */
export class GapHistogram {
  readonly #float = new Float32Array(1);
  readonly #bits = new Uint32Array(this.#float.buffer);
  readonly #firstCell = this.#cellOf(MIN_MS);
  readonly #counts = new Uint32Array(this.#cellOf(MAX_MS) - this.#firstCell + 1);

  /** Takes a time in ms, more than 0. */
  add(ms: number): void {
    const cell = this.#cellOf(Math.min(MAX_MS, Math.max(MIN_MS, ms))) - this.#firstCell;
    this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
  }

  /** The times at these 0-based ranks, in ascending order both, in ms: each within 0.05 %. */
  atRanks(ranks: readonly number[]): number[] {
    const times: number[] = [];
    let counted = 0;
    for (let cell = 0; cell < this.#counts.length && times.length < ranks.length; cell++) {
      counted += this.#counts[cell] ?? 0;
      while (times.length < ranks.length && (ranks[times.length] ?? 0) < counted) {
        times.push(this.#middleOf(cell));
      }
    }
    return times;
  }

  /** A positive float's bits are in its order: the upper ones are its power of two and the beginning of its fraction. */
  #cellOf(ms: number): number {
    this.#float[0] = ms;
    return (this.#bits[0] ?? 0) >>> DROPPED_BITS;
  }

  #middleOf(cell: number): number {
    this.#bits[0] = ((this.#firstCell + cell) << DROPPED_BITS) + 2 ** (DROPPED_BITS - 1);
    return this.#float[0] ?? 0;
  }
}
