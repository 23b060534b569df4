import * as vscode from 'vscode';
import { readCloudbaserc, type DeclaredFunction } from '../core/functions/cloudbaserc.ts';
import type { ServiceRoute } from '../core/profiles/serviceRoutes.ts';
import { DisposableStore } from './disposableStore.ts';
import { concerns } from './fileChanges.ts';
import { say } from './translate.ts';

/** A function of the workspace and where its code stands. */
export interface WorkspaceFunction {
  readonly declared: DeclaredFunction;
  readonly folder: vscode.Uri;
}

/** What is wrong with a cloudbaserc.json, and where. */
export interface ConfigProblem {
  readonly file: vscode.Uri;
  readonly message: string;
  readonly at: vscode.Position;
}

/** What the cloudbaserc.json of a workspace folder says. */
export interface FunctionsFolder {
  readonly workspaceFolder: vscode.WorkspaceFolder;
  readonly functions: readonly WorkspaceFunction[];
  /** Empty for none. */
  readonly envId: string;
  /** Of the access service. */
  readonly routes: readonly ServiceRoute[];
  readonly problem: ConfigProblem | null;
}

/** The functions of the workspace, live as its cloudbaserc.json files change. Reads them when first asked. */
export class WorkspaceFunctions implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  #folders: Promise<readonly FunctionsFolder[]> | undefined;
  #known: readonly FunctionsFolder[] = [];

  /** Something may be another than before: read again. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher('**'));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#store.add(
        event((changed) => {
          const files = (vscode.workspace.workspaceFolders ?? []).map(configFile);
          if (files.some((file) => concerns(changed, file.toString()))) this.refresh();
        }),
      );
    }
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()));
  }

  /** Reads all again when next asked. */
  refresh(): void {
    this.#folders = undefined;
    this.#changed.fire();
  }

  /** One entry for each workspace folder, in their order. */
  async folders(): Promise<readonly FunctionsFolder[]> {
    this.#folders ??= Promise.all((vscode.workspace.workspaceFolders ?? []).map(readFolder));
    const asked = this.#folders;
    const folders = await asked;
    if (asked === this.#folders) this.#known = folders;
    return folders;
  }

  /** What was read last, without waiting; begins to read where that is out of date. */
  known(): readonly FunctionsFolder[] {
    if (this.#folders === undefined) {
      void this.folders().then(() => this.#changed.fire());
    }
    return this.#known;
  }

  /** What the cloudbaserc.json says that holds for a document or folder, as {@link known}; the first without one. */
  configOf(resource: vscode.Uri | undefined): Pick<FunctionsFolder, 'envId' | 'routes'> {
    const folders = this.known();
    const own = resource === undefined ? undefined : vscode.workspace.getWorkspaceFolder(resource);
    const found = folders.find(
      ({ workspaceFolder }) => workspaceFolder.uri.toString() === own?.uri.toString(),
    );
    return found ?? (own === undefined ? folders[0] : undefined) ?? { envId: '', routes: [] };
  }

  /**
   * The time limit in s that cloudbaserc.json sets for a function: that of the workspace folder a document belongs
   * to, or of the first one. Null where there is none.
   */
  async timeoutSeconds(functionName: string, document: vscode.Uri): Promise<number | null> {
    const { workspace } = vscode;
    const folder = workspace.getWorkspaceFolder(document) ?? workspace.workspaceFolders?.[0];
    const found = (await this.folders()).find(
      ({ workspaceFolder }) => workspaceFolder.index === folder?.index,
    );
    const named = found?.functions.find(({ declared }) => declared.name === functionName);
    return named?.declared.timeoutSeconds ?? null;
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function configFile({ uri }: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(uri, 'cloudbaserc.json');
}

async function readFolder(workspaceFolder: vscode.WorkspaceFolder): Promise<FunctionsFolder> {
  const { uri } = workspaceFolder;
  const file = configFile(workspaceFolder);
  let text: string;
  try {
    text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    const message = error instanceof Error ? error.message : String(error);
    const problem = isMissing ? null : { file, message, at: new vscode.Position(0, 0) };
    return { workspaceFolder, functions: [], envId: '', routes: [], problem };
  }
  const { envId, routes, functions, problem } = readCloudbaserc(text);
  return {
    workspaceFolder,
    envId,
    routes,
    functions: functions.map((declared) => ({
      declared,
      folder: declared.folder.startsWith('/')
        ? uri.with({ path: declared.folder })
        : vscode.Uri.joinPath(uri, declared.folder),
    })),
    problem:
      problem === null ? null : { file, message: say(problem.message), at: positionIn(text, problem.offset) },
  };
}

function positionIn(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset).split('\n');
  return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
}
