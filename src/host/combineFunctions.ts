import * as vscode from 'vscode';
import type { FolderFacts } from '../core/functions/checks/configChecks.ts';
import type { DeclaredFunction } from '../core/functions/cloudbaserc.ts';
import { isAbsolute, lastPart } from '../core/functions/folders.ts';
import type { ConfigIssue, WorkspaceConfig } from '../core/functions/workspaceConfig.ts';
import { placesIn } from './textPlaces.ts';
import { say } from './translate.ts';
import type { ConfigProblem, FunctionsFolder, WorkspaceFunction } from './workspaceFunctions.ts';

/** A file that a search has found, with what it declares where it is a cloudbase-functions.json. */
export interface FoundFile {
  readonly uri: vscode.Uri;
  readonly framework: Pick<WorkspaceConfig, 'functions' | 'issues'> | null;
  /** Empty for a scf_bootstrap, whose text says nothing here. */
  readonly text: string;
}

/** All that is known of a workspace folder. */
export interface KnownFolder {
  readonly workspaceFolder: vscode.WorkspaceFolder;
  readonly config: WorkspaceConfig;
  /** The texts it was read from, by the files' names. */
  readonly texts: ReadonlyMap<string, string>;
  /** By URI. */
  readonly found: ReadonlyMap<string, FoundFile>;
  /** Of a function's folder; undefined while it is not known. */
  readonly factsOf: (folder: vscode.Uri) => FolderFacts | undefined;
}

/** Where a function's folder is. */
export function functionFolder(base: vscode.Uri, folder: string): vscode.Uri {
  if (!isAbsolute(folder)) return vscode.Uri.joinPath(base, folder);
  return base.with({ path: folder.startsWith('/') ? folder : `/${folder}` });
}

/** One list of a workspace folder's functions: those of its configs, then those that only a search has found. */
export function combine(known: KnownFolder): FunctionsFolder {
  const { workspaceFolder, config, found } = known;
  const root = workspaceFolder.uri;
  const files = new Map<string, vscode.Uri>();
  const functions: WorkspaceFunction[] = config.functions.map(({ declared, file: name }) => {
    const folder = functionFolder(root, declared.folder);
    const file = files.get(name) ?? vscode.Uri.joinPath(root, name);
    files.set(name, file);
    return { declared: withKind(declared, known.factsOf(folder)), folder, file };
  });
  const problems = problemsIn(root, config.issues, (name) => known.texts.get(name) ?? '');
  const names = new Set(functions.map(({ declared }) => declared.name));
  for (const { uri, framework, text } of found.values()) {
    const base = vscode.Uri.joinPath(uri, '..');
    if (framework === null || base.toString() === root.toString()) continue; // the root's own is in its config
    problems.push(...problemsIn(base, framework.issues, () => text));
    for (const { declared } of framework.functions) {
      if (names.has(declared.name)) continue;
      names.add(declared.name);
      functions.push({ declared, folder: functionFolder(base, declared.folder), file: uri });
    }
  }
  functions.push(...bareFunctions(known, functions));
  return { workspaceFolder, functions, envId: config.envId, routes: config.routes, problems };
}

/** Folders with a scf_bootstrap that no config names; what lies in a function's folder is part of it. */
function bareFunctions(
  { workspaceFolder: { uri: root }, found }: KnownFolder,
  functions: readonly WorkspaceFunction[],
): WorkspaceFunction[] {
  const own = new Set(functions.map(({ folder }) => folder.toString()));
  const bare = [...found].filter(
    ([file, { framework }]) => framework === null && !own.has(file.slice(0, file.lastIndexOf('/'))),
  );
  return bare.flatMap(([, { uri }]): WorkspaceFunction[] => {
    const folder = vscode.Uri.joinPath(uri, '..');
    if (isWithin(folder, root, own)) return [];
    const path = folder.path.slice(root.path.length).replace(/^\//, '');
    const declared: DeclaredFunction = {
      name: lastPart(folder.path),
      type: 'HTTP',
      folder: path === '' ? '.' : path,
      runtime: '',
      timeoutSeconds: null,
      memoryMb: null,
      environment: {},
      nameOffset: 0,
      kind: 'bootstrap',
    };
    return [{ declared, folder, file: uri }];
  });
}

/** True for one of these folders, and for what lies in one of them other than the workspace folder itself. */
function isWithin(folder: vscode.Uri, root: vscode.Uri, folders: ReadonlySet<string>): boolean {
  if (folders.has(folder.toString())) return true;
  for (let one = folder; one.path.length > root.path.length; one = vscode.Uri.joinPath(one, '..')) {
    if (folders.has(one.toString())) return true;
  }
  return false;
}

function withKind(declared: DeclaredFunction, facts: FolderFacts | undefined): DeclaredFunction {
  if (declared.type !== 'HTTP' || facts?.hasBootstrap !== false || !facts.usesFramework) return declared;
  return { ...declared, kind: 'framework' };
}

/** What hides a function or leaves a hole in it; the rest is for the editor alone. */
function problemsIn(
  base: vscode.Uri,
  issues: readonly ConfigIssue[],
  textOf: (name: string) => string,
): ConfigProblem[] {
  const places = new Map<string, (offset: number) => vscode.Position>();
  return issues
    .filter(({ issue: { severity } }) => severity === 'error' || severity === 'warning')
    .map(({ file, issue: { message, severity, span } }) => {
      const place = places.get(file) ?? placesIn(textOf(file));
      places.set(file, place);
      return {
        file: vscode.Uri.joinPath(base, file),
        message: say(message),
        at: place(span.start),
        severity,
      };
    });
}
