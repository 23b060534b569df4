import * as vscode from 'vscode';
import { DisposableStore } from './disposableStore.ts';

/** UTF-16 units of output kept for a terminal that is opened later. */
const MAX_KEPT = 256 * 1024;
/** ms of a terminal in which VS Code takes an end for a launch that failed, and says so below the output. */
const LAUNCH_MS = 600;

/** What a function writes from its start to its end, for the terminals that show it. */
export class FunctionOutput implements vscode.Disposable {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #ended = new vscode.EventEmitter<void>();
  readonly #kept: string[] = [];
  #keptLength = 0;
  #end: { readonly exitCode: number | undefined } | undefined;

  /** Adds text of a program, or of ours. */
  write(text: string): void {
    const shown = text.replaceAll(/\r?\n/g, '\r\n');
    this.#kept.push(shown);
    this.#keptLength += shown.length;
    while (this.#keptLength > MAX_KEPT && this.#kept.length > 1) {
      this.#keptLength -= this.#kept.shift()?.length ?? 0;
    }
    this.#written.fire(shown);
  }

  /** No more is to come. @param exitCode undefined where the user ended it */
  end(exitCode: number | undefined): void {
    this.#end ??= { exitCode };
    this.#ended.fire();
  }

  /**
   * A terminal that shows it, also what was written before.
   * @param onStop the user closed it, or pressed Ctrl+C in it
   */
  terminal(onStop: () => void): vscode.Pseudoterminal {
    const store = new DisposableStore();
    const written = store.add(new vscode.EventEmitter<string>());
    const closed = store.add(new vscode.EventEmitter<number | void>());
    return {
      onDidWrite: written.event,
      onDidClose: closed.event,
      open: () => {
        written.fire(this.#kept.join(''));
        store.add(this.#written.event((text) => written.fire(text)));
        const openedMs = performance.now();
        const close = (): void => {
          const leftMs = this.#end?.exitCode ? LAUNCH_MS - (performance.now() - openedMs) : 0;
          const closing = setTimeout(() => closed.fire(this.#end?.exitCode), Math.max(0, leftMs));
          store.add({ dispose: () => clearTimeout(closing) });
        };
        if (this.#end !== undefined) close();
        else store.add(this.#ended.event(close));
      },
      close: () => {
        store.dispose();
        if (this.#end === undefined) onStop();
      },
      handleInput: (keys) => {
        if (keys.includes('\x03')) onStop();
      },
    };
  }

  dispose(): void {
    this.#written.dispose();
    this.#ended.dispose();
  }
}
