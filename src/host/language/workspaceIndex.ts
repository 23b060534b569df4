import * as vscode from 'vscode';
import { parseCbhttp } from '../../core/cbhttp/parse.ts';
import { RequestIndex, summarize, type FileSummary } from '../../core/functions/requestIndex.ts';
import { languageId } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import { isAssociated } from '../httpAssociation.ts';
import { isWritable, type Documents } from '../documents.ts';

/** Files read at the same time. */
const PARALLEL = 32;

const PATTERN = '**/*.{cbhttp,http,rest}';

/**
 * The requests of all request files of the workspace, kept up to date by watching. A file is read again only where
 * its time or size differ; an open document counts as its text is now. Nothing is read before it is asked for.
 */
export class WorkspaceIndex implements vscode.Disposable {
  readonly #documents: Documents;
  readonly #log: vscode.LogOutputChannel;
  readonly #readText: (uri: vscode.Uri) => Promise<string>;
  readonly #store = new DisposableStore();
  readonly #index = new RequestIndex();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #touched = new Map<string, vscode.Uri>();
  #work: Promise<void> | undefined;

  /** Some file came, changed or went. */
  readonly onDidChange = this.#changed.event;

  constructor(documents: Documents, log: vscode.LogOutputChannel, readText = readFile) {
    this.#documents = documents;
    this.#log = log;
    this.#readText = readText;
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
    // A folder that comes or goes is told of once, as itself: a watcher of request files would not hear of it.
    const all = this.#store.add(workspace.createFileSystemWatcher('**'));
    this.#store.add(all.onDidCreate((uri) => this.#touch(uri)));
    this.#store.add(all.onDidChange((uri) => isRequestFile(uri) && this.#touch(uri)));
    // Told of late: what is there again by then need not be read again.
    this.#store.add(
      all.onDidDelete((uri) => {
        void this.#enqueue(() =>
          this.#read(this.#index.within(uri.toString()).map((file) => vscode.Uri.parse(file))),
        );
      }),
    );
    const rescan = (): void => void this.#enqueue(() => this.#scan());
    this.#store.add(workspace.onDidChangeWorkspaceFolders(rescan));
    this.#store.add(workspace.onDidRenameFiles(rescan));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('cbhttp.associateHttpFiles')) rescan();
      }),
    );
  }

  /** Files often change several times at once: those touched meanwhile are read together. */
  #touch(uri: vscode.Uri): void {
    if (isExcluded(uri)) return;
    this.#touched.set(uri.toString(), uri);
    if (this.#touched.size > 1) return;
    void this.#enqueue(async () => {
      const uris = [...this.#touched.values()];
      this.#touched.clear();
      await this.#read(await withThoseInFolders(uris));
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
    const found = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**');
    const uris = found.filter(isRequestFile);
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
      this.#index.set(key, { mtime, size }, summarize(parseCbhttp(await this.#readText(uri))));
      return true;
    } catch {
      return this.#index.delete(key); // gone, or not to be read
    }
  }
}

async function readFile(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** The request files among files and folders, and those in the folders: each once. */
async function withThoseInFolders(uris: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const found = new Map<string, vscode.Uri>();
  const add = async (uri: vscode.Uri): Promise<void> => {
    if (isRequestFile(uri)) {
      found.set(uri.toString(), uri);
      return;
    }
    for (const [name, type] of await entriesOf(uri)) {
      const entry = vscode.Uri.joinPath(uri, name);
      const isFolder = type === vscode.FileType.Directory; // and no link to one, which may lead back
      if (isFolder ? !isExcluded(entry) : isRequestFile(entry)) await add(entry);
    }
  };
  for (const uri of uris) await add(uri);
  return [...found.values()];
}

/** What a folder holds; nothing where it is none. */
async function entriesOf(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
  const { fs } = vscode.workspace;
  try {
    const { type } = await fs.stat(uri);
    return (type & vscode.FileType.Directory) === 0 ? [] : await fs.readDirectory(uri);
  } catch {
    return []; // gone again
  }
}

function isRequestFile(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.cbhttp') || isAssociated(uri);
}

function isExcluded(uri: vscode.Uri): boolean {
  return /(?:^|\/)node_modules(?:\/|$)/.test(vscode.workspace.asRelativePath(uri, false));
}
