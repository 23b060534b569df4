import type * as vscode from 'vscode';

/** Frees something as soon as its owner has let it go and nobody else holds it. */
export class Holds {
  readonly #free: () => void;
  readonly #held = new Set<vscode.Disposable>();
  #isLetGo = false;

  constructor(free: () => void) {
    this.#free = free;
  }

  /** Keeps it until the returned one is disposed. */
  hold(): vscode.Disposable {
    const held = {
      dispose: () => {
        if (this.#held.delete(held) && this.#isLetGo) this.letGo();
      },
    };
    this.#held.add(held);
    return held;
  }

  /** For its owner. */
  letGo(): void {
    this.#isLetGo = true;
    if (this.#held.size === 0) this.#free();
  }
}
