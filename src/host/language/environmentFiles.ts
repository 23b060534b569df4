import { parseEnv } from 'node:util';
import * as vscode from 'vscode';
import { DisposableStore } from '../disposableStore.ts';
import { concerns } from '../fileChanges.ts';

/** The names that `.env` files define: answers at once, from what was read before, and reads the rest. */
export class EnvironmentFiles implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  /** Names by the file's URI; none while it is being read. Values are not kept. */
  readonly #names = new Map<string, readonly string[]>();

  /** Some file was read, or may be another than before. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher('**'));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#store.add(event((uri) => this.#forget(uri)));
    }
  }

  /** Of `.env` beside the document and at the workspace's root. */
  names(document: vscode.Uri): readonly string[] {
    if (document.scheme === 'untitled') return [];
    const root = vscode.workspace.getWorkspaceFolder(document)?.uri;
    const files = [vscode.Uri.joinPath(document, '..', '.env')];
    if (root !== undefined) files.push(vscode.Uri.joinPath(root, '.env'));
    return [...new Set(files.flatMap((file) => this.#namesIn(file)))];
  }

  dispose(): void {
    this.#store.dispose();
  }

  #namesIn(file: vscode.Uri): readonly string[] {
    const key = file.toString();
    const known = this.#names.get(key);
    if (known === undefined) {
      this.#names.set(key, []);
      void this.#read(file, key);
    }
    return known ?? [];
  }

  #forget(changed: vscode.Uri): void {
    const forgotten = [...this.#names.keys()].filter((file) => concerns(changed, file));
    for (const file of forgotten) this.#names.delete(file);
    if (forgotten.length > 0) this.#changed.fire();
  }

  async #read(file: vscode.Uri, key: string): Promise<void> {
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      if (!this.#names.has(key) || this.#store.isDisposed) return; // changed meanwhile
      this.#names.set(key, Object.keys(parseEnv(text)));
      this.#changed.fire();
    } catch {
      // No such file: it defines nothing.
    }
  }
}
