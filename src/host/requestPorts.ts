import path from 'node:path';
import * as vscode from 'vscode';
import type { SendPorts } from '../core/cbhttp/variables/sendPorts.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';
import { openBodyFile, outsideWorkspace, readBodyFile, unreadable } from '../net/bodyFiles.ts';
import { readDotenv } from '../net/dotenv.ts';
import type { WorkspaceExchanges } from './exchangeMemory.ts';
import { createPrompts } from './prompts.ts';
import type { Secrets } from './secrets.ts';

/** What the variables and bodies of requests are taken from. */
export interface RequestPortsDeps {
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  readonly secrets: Secrets;
  readonly exchanges: WorkspaceExchanges;
  readonly loadJsonPath: () => Promise<JsonPathEngine>;
}

/** The ports for sending a document's requests, as the workspace's trust is now. */
export function requestPorts(uri: vscode.Uri, deps: RequestPortsDeps): SendPorts {
  const { isTrusted } = vscode.workspace;
  const { folder, root } = placeOf(uri);
  const isLocal = folder.scheme === 'file';
  return {
    ask: createPrompts(deps.memory),
    secret: (binding, options) => deps.secrets.secret(binding, options),
    environment: isTrusted ? process.env : null,
    dotenv: isTrusted ? (options) => readDotenv(isLocal ? [folder.fsPath, root.fsPath] : [], options) : null,
    readBodyFile: (file, options) =>
      isLocal
        ? readBodyFile(file, { folder: folder.fsPath, root: root.fsPath }, options)
        : readVirtualFile(file, folder, root),
    openBodyFile: (file, options) =>
      isLocal
        ? openBodyFile(file, { folder: folder.fsPath, root: root.fsPath }, options)
        : readVirtualFile(file, folder, root),
    memory: deps.exchanges.forDocument(uri),
    loadJsonPath: deps.loadJsonPath,
  };
}

/** A document's folder and its workspace; an untitled one stands at the root of the first. */
export function placeOf(uri: vscode.Uri): { readonly folder: vscode.Uri; readonly root: vscode.Uri } {
  const first = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (uri.scheme === 'untitled' && first !== undefined) return { folder: first, root: first };
  const folder = vscode.Uri.joinPath(uri, '..');
  return { folder, root: vscode.workspace.getWorkspaceFolder(uri)?.uri ?? folder };
}

/** A file of a virtual workspace, which has no links. */
async function readVirtualFile(file: string, folder: vscode.Uri, root: vscode.Uri): Promise<Uint8Array> {
  const found = file.startsWith('/')
    ? folder.with({ path: path.posix.normalize(file) })
    : vscode.Uri.joinPath(folder, file);
  const within = path.posix.relative(root.path, found.path);
  if (within === '' || within === '..' || within.startsWith('../')) throw outsideWorkspace(file);
  try {
    return await vscode.workspace.fs.readFile(found);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
