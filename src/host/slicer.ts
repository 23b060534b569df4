import type * as vscode from 'vscode';

/** ms of work at a time, and of rest for the host between two while a stream comes in. */
const SLICE_MS = 5;
const REST_MS = 8;

/** Does work in slices that leave the extension host to others in between. Dispose it to stop. */
export class Slicer implements vscode.Disposable {
  readonly #step: (budgetMs: number) => boolean;
  readonly #isReceiving: () => boolean;
  #cancelNext: (() => void) | undefined;
  #isDisposed = false;

  /**
   * @param step works for about `budgetMs`; true when there is nothing left to do
   * @param isReceiving true while what comes in goes first
   */
  constructor(step: (budgetMs: number) => boolean, isReceiving: () => boolean) {
    this.#step = step;
    this.#isReceiving = isReceiving;
  }

  /** There is work: it is begun soon, if it has not been. */
  kick(): void {
    if (this.#isDisposed || this.#cancelNext !== undefined) return;
    const run = (): void => {
      this.#cancelNext = undefined;
      if (!this.#step(SLICE_MS)) this.kick();
    };
    if (this.#isReceiving()) {
      const timer = setTimeout(run, REST_MS);
      this.#cancelNext = () => clearTimeout(timer);
    } else {
      const immediate = setImmediate(run);
      this.#cancelNext = () => clearImmediate(immediate);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelNext?.();
  }
}
