/** How many pieces of a long list are made in one turn of the event loop. */
const BATCH = 100;

/**
 * Lets the event loop turn while thousands of pieces are asked for at once, as VS Code asks for the items of a tree:
 * the first ones of a turn are made at once, the others in later turns, in order.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  /** Undefined for a piece that may be made now. */
  next(): Promise<void> | undefined {
    if (this.#taken === 0) this.#schedule();
    this.#taken++;
    return this.#taken <= BATCH ? undefined : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #schedule(): void {
    setImmediate(() => {
      const released = this.#waiting.splice(0, BATCH);
      this.#taken = this.#waiting.length > 0 || released.length > 0 ? BATCH : 0;
      if (this.#taken > 0) this.#schedule();
      for (const release of released) release();
    });
  }
}
