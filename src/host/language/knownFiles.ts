import * as vscode from 'vscode';
import { DisposableStore } from '../disposableStore.ts';
import { concerns } from '../fileChanges.ts';

/** Whether files that requests name are there: answers at once, from what was found before, and finds out the rest. */
export class KnownFiles implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  /** By URI; undefined while it is being found out. */
  readonly #known = new Map<string, boolean | undefined>();

  /** Something was found out, or may be another than before. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher('**', false, true, false));
    for (const event of [watcher.onDidCreate, watcher.onDidDelete]) {
      this.#store.add(event((uri) => this.#forget(uri)));
    }
  }

  /** Whether a file, by its path from the document's folder, is there; undefined where that is not known yet. */
  exists(document: vscode.Uri, path: string): boolean | undefined {
    if (document.scheme === 'untitled') return undefined;
    const file = path.startsWith('/') ? document.with({ path }) : vscode.Uri.joinPath(document, '..', path);
    const key = file.toString();
    if (!this.#known.has(key)) void this.#find(file, key);
    return this.#known.get(key);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #find(file: vscode.Uri, key: string): Promise<void> {
    this.#known.set(key, undefined);
    let isThere = false;
    try {
      const { type } = await vscode.workspace.fs.stat(file);
      isThere = (type & vscode.FileType.File) !== 0;
    } catch {
      // Not there, or not to be seen: neither can be sent.
    }
    if (!this.#known.has(key) || this.#store.isDisposed) return; // forgotten meanwhile
    this.#known.set(key, isThere);
    this.#changed.fire();
  }

  #forget(changed: vscode.Uri): void {
    const forgotten = [...this.#known.keys()].filter((file) => concerns(changed, file));
    for (const file of forgotten) this.#known.delete(file);
    if (forgotten.length > 0) this.#changed.fire();
  }
}
