import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import { placesIn, type CodePlace } from '../core/functions/crash.ts';

/** A function whose terminal has links. */
export interface LinkedRun {
  readonly name: string;
  /** Of the function, absolute. */
  readonly folder: string;
}

/**
 * The file that output names, if it is code of the workspace and not of a package; null otherwise.
 * @param folder of the function, which relative paths start from
 * @param root of the workspace folder
 */
export function ownSource(written: string, folder: string, root: string): vscode.Uri | null {
  const file = absolutePath(written, folder);
  if (file === null) return null;
  // Node.js names files by their real paths.
  for (const above of [root, realPath(root)]) {
    const below = path.relative(above, file);
    const isOutside = below === '' || below.startsWith('..') || path.isAbsolute(below);
    if (isOutside || below.split(path.sep).includes('node_modules')) continue;
    return vscode.Uri.file(path.join(root, below));
  }
  return null;
}

/** Where the cursor goes. */
export function positionOf({ line, column }: Pick<CodePlace, 'line' | 'column'>): vscode.Position {
  return new vscode.Position(Math.max(0, line - 1), Math.max(0, (column ?? 1) - 1));
}

interface CrashLink extends vscode.TerminalLink {
  readonly uri: vscode.Uri;
  readonly place: CodePlace;
}

/** Links from the stacks in terminals of functions to their code, relative paths as well. */
export function registerCrashLinks(
  runOf: (terminal: vscode.Terminal) => LinkedRun | undefined,
): vscode.Disposable {
  const provider: vscode.TerminalLinkProvider<CrashLink> = {
    provideTerminalLinks: ({ terminal, line }) => {
      const run = runOf(terminal);
      if (run === undefined) return [];
      return placesIn(line).flatMap((place): CrashLink[] => {
        const file = absolutePath(place.path, run.folder);
        if (file === null) return [];
        const { start: startIndex, end } = place;
        return [{ startIndex, length: end - startIndex, uri: vscode.Uri.file(file), place }];
      });
    },
    handleTerminalLink: async ({ uri, place }) => {
      await showSource(new vscode.Location(uri, positionOf(place)));
    },
  };
  return vscode.window.registerTerminalLinkProvider(provider);
}

/** Opens a line of code. */
export async function showSource({ uri, range }: vscode.Location): Promise<void> {
  await vscode.window.showTextDocument(uri, { selection: range });
}

function absolutePath(written: string, folder: string): string | null {
  try {
    return written.startsWith('file:') ? fileURLToPath(written) : path.resolve(folder, written);
  } catch {
    return null; // no path of this system
  }
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder; // gone meanwhile
  }
}
