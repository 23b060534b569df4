import * as vscode from 'vscode';
import { bootstrapName } from '../core/functions/bootstrap.ts';
import type { FolderFacts } from '../core/functions/checks/configChecks.ts';
import {
  noConfig,
  readFrameworkText,
  readWorkspaceConfig,
  type WorkspaceConfig,
} from '../core/functions/workspaceConfig.ts';
import { combine, functionFolder, type FoundFile } from './combineFunctions.ts';
import { configFolder, withoutMark } from './configFolder.ts';
import { concerns } from './fileChanges.ts';
import type { FileTexts } from './fileTexts.ts';
import { factsOfFolders, findFunctionFiles, isFunctionFile, isOutOfSearch } from './functionSearch.ts';
import type { FunctionsFolder } from './workspaceFunctions.ts';

const WITH_BOOTSTRAP: FolderFacts = { isThere: true, hasBootstrap: true, usesFramework: false };

/** What is known of the functions of one workspace folder. */
export class FolderState {
  #workspaceFolder: vscode.WorkspaceFolder;
  readonly #files: FileTexts;
  #config: WorkspaceConfig = noConfig;
  #texts: ReadonlyMap<string, string> = new Map();
  #found: ReadonlyMap<string, FoundFile> = new Map();
  /** By the URIs of functions' folders that have no scf_bootstrap among what was found. */
  readonly #facts = new Map<string, FolderFacts>();
  #isSearched = false;
  #combined: { readonly folder: FunctionsFolder; readonly written: string } | undefined;
  #isStale = true;

  constructor(workspaceFolder: vscode.WorkspaceFolder, files: FileTexts) {
    this.#workspaceFolder = workspaceFolder;
    this.#files = files;
  }

  get root(): vscode.Uri {
    return this.#workspaceFolder.uri;
  }

  /** The same folder under another name or at another place among the workspace folders. */
  set workspaceFolder(workspaceFolder: vscode.WorkspaceFolder) {
    this.#workspaceFolder = workspaceFolder;
    this.#isStale = true;
  }

  /** Reads the configs: a few files, however many functions they declare. */
  async read(): Promise<void> {
    const texts = new Map<string, string>();
    const folder = await configFolder(this.root, this.#files);
    const read = async (name: string): Promise<string> => {
      const text = withoutMark(await folder.read(name));
      texts.set(name, text);
      return text;
    };
    this.#config = await readWorkspaceConfig({ ...folder, read });
    this.#texts = texts;
    this.#isStale = true;
  }

  /** Looks for functions in the whole folder, and at the folders of those that configs declare. */
  async search(): Promise<void> {
    const found = await this.#readFound(await findFunctionFiles(this.root));
    this.#found = found;
    this.#facts.clear();
    this.#isSearched = true;
    this.#isStale = true;
    await this.lookAtFolders();
  }

  /** Looks again at files and folders that came, changed or went. */
  async searchAt(uris: readonly vscode.Uri[]): Promise<void> {
    const here = uris.filter((uri) => concerns(this.root, uri.toString()));
    if (here.length === 0 || !this.#isSearched) return;
    const states = await Promise.all(here.map(async (uri) => ({ uri, state: await stateOf(uri) })));
    const isConcerned = (file: string): boolean => here.some((uri) => concerns(uri, file));
    const files = states.filter(({ uri, state }) => state === 'file' && isFunctionFile(uri));
    if (states.some(({ state }) => state === 'folder')) {
      // What a folder's coming says of others, such as the one it was, may not be told of: all is looked at.
      this.#found = await this.#readFound(await findFunctionFiles(this.root));
      this.#isStale = true;
    } else if (files.length > 0 || [...this.#found.keys()].some(isConcerned)) {
      const kept = [...this.#found].filter(([file]) => !isConcerned(file));
      const all = [...kept, ...(await this.#readFound(files.map(({ uri }) => uri)))];
      this.#found = new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
      this.#isStale = true;
    }
    for (const folder of this.#facts.keys()) {
      const own = [folder, `${folder}/package.json`, `${folder}/${bootstrapName}`];
      if (own.some(isConcerned)) this.#facts.delete(folder);
    }
  }

  /** Finds out what is not known yet of declared functions' folders. */
  async lookAtFolders(): Promise<void> {
    if (!this.#isSearched) return;
    const unknown = this.#config.functions
      .filter(({ declared }) => declared.kind !== 'framework')
      .map(({ declared }) => functionFolder(this.root, declared.folder))
      .filter((folder) => this.factsOf(folder) === undefined);
    if (unknown.length === 0) return;
    for (const [folder, facts] of await factsOfFolders(unknown, this.#files)) this.#facts.set(folder, facts);
    this.#isStale = true;
  }

  /** True for a change that may bring or take away a function no config names. */
  mayHoldFunctions(uri: vscode.Uri): boolean {
    return concerns(this.root, uri.toString()) && !isOutOfSearch(uri, this.root);
  }

  /** What is known of a function's folder; undefined while it is not. */
  factsOf(folder: vscode.Uri): FolderFacts | undefined {
    const address = folder.toString();
    if (this.#found.has(`${address}/${bootstrapName}`)) return WITH_BOOTSTRAP;
    return this.#facts.get(address);
  }

  /** All of it as others see it: the same object as long as nothing is another than before. */
  combined(): FunctionsFolder {
    if (this.#combined !== undefined && !this.#isStale) return this.#combined.folder;
    this.#isStale = false;
    const folder = combine({
      workspaceFolder: this.#workspaceFolder,
      config: this.#config,
      texts: this.#texts,
      found: this.#found,
      factsOf: (uri) => this.factsOf(uri),
    });
    const { workspaceFolder, ...rest } = folder;
    const written = JSON.stringify([workspaceFolder.index, workspaceFolder.name, rest, [...this.#facts]]);
    if (this.#combined?.written !== written) this.#combined = { folder, written };
    return this.#combined.folder;
  }

  async #readFound(files: readonly vscode.Uri[]): Promise<ReadonlyMap<string, FoundFile>> {
    const found = new Map<string, FoundFile>();
    for (const uri of files.toSorted((a, b) => (a.toString() < b.toString() ? -1 : 1))) {
      const owner = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
      if (isOutOfSearch(uri, this.root) || owner !== this.root.toString()) continue; // or another one's
      if (uri.path.endsWith(`/${bootstrapName}`)) {
        found.set(uri.toString(), { uri, framework: null, text: '' });
        continue;
      }
      const text = withoutMark((await this.#files.find(uri)) ?? '');
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
      found.set(uri.toString(), { uri, framework: readFrameworkText(name, text), text });
    }
    return found;
  }
}

async function stateOf(uri: vscode.Uri): Promise<'file' | 'folder' | 'gone'> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) === 0 ? 'file' : 'folder';
  } catch {
    return 'gone';
  }
}
