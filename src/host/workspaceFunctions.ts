import * as vscode from 'vscode';
import type { Severity } from '../core/cbhttp/document.ts';
import type { FolderFacts } from '../core/functions/checks/configChecks.ts';
import type { DeclaredFunction } from '../core/functions/cloudbaserc.ts';
import type { ServiceRoute } from '../core/profiles/serviceRoutes.ts';
import { decidesConfig } from './configFolder.ts';
import { DisposableStore } from './disposableStore.ts';
import { FileTexts } from './fileTexts.ts';
import { FolderState } from './folderState.ts';

/** A function of the workspace and where its code stands. */
export interface WorkspaceFunction {
  readonly declared: DeclaredFunction;
  readonly folder: vscode.Uri;
  /** The file that declares it: a config, or its scf_bootstrap. */
  readonly file: vscode.Uri;
}

/** What is wrong with a config, and where. */
export interface ConfigProblem {
  readonly file: vscode.Uri;
  readonly message: string;
  readonly at: vscode.Position;
  readonly severity: Severity;
}

/** What the configs of a workspace folder say. */
export interface FunctionsFolder {
  readonly workspaceFolder: vscode.WorkspaceFolder;
  readonly functions: readonly WorkspaceFunction[];
  /** Empty for none; a template without a value as it is written. */
  readonly envId: string;
  /** Of the access service. */
  readonly routes: readonly ServiceRoute[];
  /** What keeps functions from being listed, or listed as they are meant. */
  readonly problems: readonly ConfigProblem[];
}

/** The functions of the workspace, live as its files change. Nothing is read before it is asked for. */
export class WorkspaceFunctions implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #touched = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #texts: FileTexts;
  /** In the order of the workspace folders, which they are read for. */
  #folders: readonly FolderState[] = [];
  #known: readonly FunctionsFolder[] = [];
  /** The reading of configs, one after another; undefined before anybody asked. */
  #reading: Promise<void> | undefined;
  /** Behind it: what takes a look at many files. */
  #searching: Promise<void> = Promise.resolve();
  readonly #unread = new Set<FolderState>();
  readonly #unsearched = new Map<string, vscode.Uri>();

  /** The functions, or what is known of them, are others than before. */
  readonly onDidChange = this.#changed.event;
  /** A file or folder of the workspace came, changed or went; may be told twice. */
  readonly onDidTouchFile = this.#touched.event;

  constructor(log: vscode.LogOutputChannel, texts = new FileTexts()) {
    this.#log = log;
    this.#texts = texts;
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher('**'));
    // A folder that goes and comes at once is told of as changed.
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#store.add(event((uri) => this.#touch(uri)));
    }
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()));
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh()));
  }

  /** Looks at all files again. */
  refresh(): void {
    if (this.#reading !== undefined) this.#readAll();
    this.#changed.fire();
  }

  /** One entry for each workspace folder, in their order, as soon as their configs are read. */
  async folders(): Promise<readonly FunctionsFolder[]> {
    if (this.#reading === undefined) this.#readAll();
    await this.#reading;
    return this.#known;
  }

  /** The same, once all has been searched: also the functions that no config names, and what kind each is of. */
  async settled(): Promise<readonly FunctionsFolder[]> {
    await this.folders();
    await this.#searching;
    return this.#known;
  }

  /** What was read last, without waiting; begins to read where nothing was. */
  known(): readonly FunctionsFolder[] {
    if (this.#reading === undefined) this.#readAll();
    return this.#known;
  }

  /** What the config says that holds for a document or folder, as {@link known}; the first without one. */
  configOf(resource: vscode.Uri | undefined): Pick<FunctionsFolder, 'envId' | 'routes'> {
    const folders = this.known();
    const own = resource === undefined ? undefined : vscode.workspace.getWorkspaceFolder(resource);
    const found = folders.find(({ workspaceFolder }) => isSame(workspaceFolder.uri, own?.uri));
    return found ?? (own === undefined ? folders[0] : undefined) ?? { envId: '', routes: [] };
  }

  /** The function of a name: of the folder a document or folder belongs to, else the first one. */
  async find(name: string, resource: vscode.Uri | undefined): Promise<WorkspaceFunction | undefined> {
    const own = resource === undefined ? undefined : vscode.workspace.getWorkspaceFolder(resource);
    const folders = await this.settled();
    const ordered = folders.toSorted(
      (a, b) =>
        Number(isSame(b.workspaceFolder.uri, own?.uri)) - Number(isSame(a.workspaceFolder.uri, own?.uri)),
    );
    return ordered.flatMap(({ functions }) => functions).find(({ declared }) => declared.name === name);
  }

  /**
   * The time limit in s that a config sets for a function: that of the workspace folder a document belongs to, or of
   * the first one. Null where there is none.
   */
  async timeoutSeconds(functionName: string, document: vscode.Uri): Promise<number | null> {
    const { workspace } = vscode;
    const folder = workspace.getWorkspaceFolder(document) ?? workspace.workspaceFolders?.[0];
    const found = (await this.folders()).find(({ workspaceFolder }) =>
      isSame(workspaceFolder.uri, folder?.uri),
    );
    const named = found?.functions.find(({ declared }) => declared.name === functionName);
    return named?.declared.timeoutSeconds ?? null;
  }

  /** What is known of a function's folder; undefined while it is not. */
  factsOf(folder: vscode.Uri): FolderFacts | undefined {
    for (const state of this.#folders) {
      const facts = state.factsOf(folder);
      if (facts !== undefined) return facts;
    }
    return undefined;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #touch(uri: vscode.Uri): void {
    this.#touched.fire(uri);
    for (const folder of this.#folders) {
      if (decidesConfig(uri, folder.root)) this.#read([folder]);
      if (folder.mayHoldFunctions(uri)) this.#searchAt(uri);
    }
  }

  #readAll(): void {
    const former = new Map(this.#folders.map((folder) => [folder.root.toString(), folder]));
    this.#folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => {
      const known = former.get(folder.uri.toString()) ?? new FolderState(folder, this.#texts);
      known.workspaceFolder = folder;
      return known;
    });
    this.#read(this.#folders);
    this.#search(async () => {
      for (const folder of this.#folders) await folder.search();
    });
  }

  /** Files often change several times at once: those touched meanwhile are read together. */
  #read(folders: readonly FolderState[]): void {
    const isWaiting = this.#unread.size > 0;
    for (const folder of folders) this.#unread.add(folder);
    if (isWaiting && this.#reading !== undefined) return;
    this.#reading = this.#after(this.#reading, async () => {
      const waiting = [...this.#unread];
      this.#unread.clear();
      await Promise.all(waiting.map((folder) => folder.read()));
    });
    this.#search(() => this.#lookAtFolders());
  }

  #searchAt(uri: vscode.Uri): void {
    this.#unsearched.set(uri.toString(), uri);
    if (this.#unsearched.size > 1) return;
    this.#search(async () => {
      const waiting = [...this.#unsearched.values()];
      this.#unsearched.clear();
      for (const folder of this.#folders) await folder.searchAt(waiting);
      await this.#lookAtFolders();
    });
  }

  #search(task: () => Promise<void>): void {
    this.#searching = this.#after(Promise.all([this.#reading, this.#searching]), task);
  }

  async #after(before: Promise<unknown> | undefined, task: () => Promise<void>): Promise<void> {
    await before;
    try {
      await task();
    } catch (error) {
      this.#log.error('The functions could not be listed', error);
    }
    this.#update();
  }

  async #lookAtFolders(): Promise<void> {
    for (const folder of this.#folders) await folder.lookAtFolders();
  }

  /** Tells of what is another than before. */
  #update(): void {
    if (this.#store.isDisposed) return;
    const known = this.#folders.map((folder) => folder.combined());
    const isSameAsBefore =
      known.length === this.#known.length && known.every((one, index) => one === this.#known[index]);
    if (isSameAsBefore) return;
    this.#known = known;
    this.#changed.fire();
  }
}

function isSame(a: vscode.Uri, b: vscode.Uri | undefined): boolean {
  return a.toString() === b?.toString();
}
