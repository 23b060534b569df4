import * as vscode from 'vscode';
import { bootstrapName } from '../core/functions/bootstrap.ts';
import type { FolderFacts } from '../core/functions/checks/configChecks.ts';
import { frameworkConfigName } from '../core/functions/configFormats.ts';
import { isThere } from './fileChanges.ts';
import type { FileTexts } from './fileTexts.ts';

/** How deep below a workspace folder functions are looked for, and how many of their files are taken. */
const MAX_DEPTH = 4;
const MAX_FILES = 1000;
/** Folders looked at at the same time. */
const PARALLEL = 16;

const excluded = '**/{node_modules,.git}/**';
/** One list in braces: nested and empty ones are not understood everywhere. */
const pattern = `{${Array.from({ length: MAX_DEPTH + 1 }, (_, depth) =>
  [bootstrapName, frameworkConfigName].map((name) => '*/'.repeat(depth) + name).join(','),
).join(',')}}`;

/** The files that mark functions no config names: scf_bootstrap, and cloudbase-functions.json. */
export async function findFunctionFiles(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  return vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), excluded, MAX_FILES);
}

/** True for a file that {@link findFunctionFiles} looks for. */
export function isFunctionFile(uri: vscode.Uri): boolean {
  return uri.path.endsWith(`/${bootstrapName}`) || uri.path.endsWith(`/${frameworkConfigName}`);
}

/** True where nobody looks for functions: packages, git's own files, and what is too deep. */
export function isOutOfSearch(uri: vscode.Uri, root: vscode.Uri): boolean {
  const parts = uri.path.slice(root.path.length).split('/').filter(Boolean);
  return parts.length > MAX_DEPTH + 1 || parts.includes('node_modules') || parts.includes('.git');
}

/** Looks at a function's folder, for what a search has not shown. */
async function readFacts(folder: vscode.Uri, texts: FileTexts): Promise<FolderFacts> {
  if (!(await isThere(folder))) return { isThere: false, hasBootstrap: false, usesFramework: false };
  const hasBootstrap = await isThere(vscode.Uri.joinPath(folder, bootstrapName));
  const manifest = hasBootstrap ? undefined : await texts.find(vscode.Uri.joinPath(folder, 'package.json'));
  return { isThere: true, hasBootstrap, usesFramework: manifest?.includes('functions-framework') === true };
}

/** Looks at several folders, some at a time. @returns facts by the folder's URI */
export async function factsOfFolders(
  folders: readonly vscode.Uri[],
  texts: FileTexts,
): Promise<ReadonlyMap<string, FolderFacts>> {
  const found = new Map<string, FolderFacts>();
  const left = folders.values();
  const work = async (): Promise<void> => {
    for (const folder of left) found.set(folder.toString(), await readFacts(folder, texts));
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return found;
}
