import * as vscode from 'vscode';
import { DisposableStore } from './disposableStore.ts';
import type { Documents } from './documents.ts';
import type { WorkspaceIndex } from './language/workspaceIndex.ts';

/** The index of the workspace's requests, loaded and made when somebody first asks for it. */
export class RequestFiles implements vscode.Disposable {
  readonly #documents: Documents;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  #index: Promise<WorkspaceIndex> | undefined;

  /** Some file came, changed or went; nothing is said before somebody asked for the index. */
  readonly onDidChange = this.#changed.event;

  constructor(documents: Documents, log: vscode.LogOutputChannel) {
    this.#documents = documents;
    this.#log = log;
  }

  index(): Promise<WorkspaceIndex> {
    this.#index ??= this.#make();
    return this.#index;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #make(): Promise<WorkspaceIndex> {
    const { WorkspaceIndex } = await import('./language/workspaceIndex.ts');
    const index = this.#store.add(new WorkspaceIndex(this.#documents, this.#log));
    this.#store.add(index.onDidChange(() => this.#changed.fire()));
    return index;
  }
}
