import * as vscode from 'vscode';
import { parseCbhttp } from '../../core/cbhttp/parse.ts';
import { RequestIndex, summarize, type FileSummary } from '../../core/functions/requestIndex.ts';
import { languageId } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import { isWritable, type Documents } from '../documents.ts';

/** Files read at the same time. */
const PARALLEL = 32;

/**
 * The requests of all request files of the workspace, kept up to date by watching. A file is read again only where
 * its time or size differ; an open document counts as its text is now. Nothing is read before it is asked for.
 */
export class WorkspaceIndex implements vscode.Disposable {
  readonly #documents: Documents;
  readonly #glob: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #index = new RequestIndex();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #touched = new Map<string, vscode.Uri>();
  #work: Promise<void> | undefined;

  /** Some file came, changed or went. */
  readonly onDidChange = this.#changed.event;

  constructor(documents: Documents, log: vscode.LogOutputChannel, glob = '**/*.cbhttp') {
    this.#documents = documents;
    this.#log = log;
    this.#glob = glob;
  }

  /** What each file holds, by its URI and in that order. */
  async files(): Promise<ReadonlyMap<string, FileSummary>> {
    if (this.#work === undefined) await this.fresh();
    await this.#work;
    return this.known();
  }

  /** The same, after a look at every file's time and size: where edits are made from it. */
  async fresh(): Promise<ReadonlyMap<string, FileSummary>> {
    if (this.#work === undefined) this.#watch();
    await this.#enqueue(() => this.#scan());
    return this.known();
  }

  /** What is known now, without waiting; nothing before the first call of `files`. */
  known(): ReadonlyMap<string, FileSummary> {
    const open = vscode.workspace.textDocuments
      .filter((document) => document.languageId === languageId && isWritable(document) && !document.isClosed)
      .map((document) => [document.uri.toString(), summarize(this.#documents.get(document))] as const);
    return this.#index.files(new Map(open));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #watch(): void {
    const { workspace } = vscode;
    const files = this.#store.add(workspace.createFileSystemWatcher(this.#glob, false, false, true));
    this.#store.add(files.onDidCreate((uri) => this.#touch(uri)));
    this.#store.add(files.onDidChange((uri) => this.#touch(uri)));
    // A folder that goes is told once, as itself: a watcher of request files would not hear of it.
    const all = this.#store.add(workspace.createFileSystemWatcher('**', true, true, false));
    this.#store.add(
      all.onDidDelete((uri) => {
        if (this.#index.delete(uri.toString())) this.#changed.fire();
      }),
    );
    const rescan = (): void => void this.#enqueue(() => this.#scan());
    this.#store.add(workspace.onDidChangeWorkspaceFolders(rescan));
    this.#store.add(workspace.onDidRenameFiles(rescan));
  }

  /** Files often change several times at once: those touched meanwhile are read together. */
  #touch(uri: vscode.Uri): void {
    this.#touched.set(uri.toString(), uri);
    if (this.#touched.size > 1) return;
    void this.#enqueue(async () => {
      const uris = [...this.#touched.values()];
      this.#touched.clear();
      await this.#read(uris);
    });
  }

  /** One piece of work after another, so that an older state never comes last. */
  #enqueue(task: () => Promise<void>): Promise<void> {
    const work = (this.#work ?? Promise.resolve()).then(task).catch((error: unknown) => {
      this.#log.error('The request files could not be listed', error);
    });
    this.#work = work;
    return work;
  }

  async #scan(): Promise<void> {
    const uris = await vscode.workspace.findFiles(this.#glob, '**/node_modules/**');
    const isGone = this.#index.keepOnly(new Set(uris.map((uri) => uri.toString())));
    if (isGone) this.#changed.fire();
    await this.#read(uris);
  }

  async #read(uris: readonly vscode.Uri[]): Promise<void> {
    const left = uris.values();
    let isChanged = false;
    const work = async (): Promise<void> => {
      for (const uri of left) isChanged = (await this.#readFile(uri)) || isChanged;
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    if (isChanged && !this.#store.isDisposed) this.#changed.fire();
  }

  /** @returns whether the file is another one than before */
  async #readFile(uri: vscode.Uri): Promise<boolean> {
    const key = uri.toString();
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      if (this.#index.isCurrent(key, { mtime, size })) return false;
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      this.#index.set(key, { mtime, size }, summarize(parseCbhttp(text)));
      return true;
    } catch {
      return this.#index.delete(key); // gone, or not to be read
    }
  }
}
