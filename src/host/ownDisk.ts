import { readdir, readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';

/**
 * Reads files as `vscode.workspace.fs` does. Those of this machine are read without it: its calls go by way of the
 * window, which keeps them waiting for long while it starts. What fails here is asked of VS Code, for its errors.
 */
export const ownDisk = {
  readFile: (uri: vscode.Uri): Promise<Uint8Array> =>
    directly(
      uri,
      (path) => readFile(path),
      () => vscode.workspace.fs.readFile(uri),
    ),

  /** mtime in whole ms since 1970, size in bytes. */
  stat: (uri: vscode.Uri): Promise<{ readonly mtime: number; readonly size: number }> =>
    directly(
      uri,
      async (path) => {
        const { mtime, size } = await stat(path);
        return { mtime: mtime.getTime(), size };
      },
      () => vscode.workspace.fs.stat(uri),
    ),

  /** The names of what is no folder; a link to a folder counts as none. */
  fileNames: (folder: vscode.Uri): Promise<readonly string[]> =>
    directly(
      folder,
      async (path) => {
        const entries = await readdir(path, { withFileTypes: true });
        return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
      },
      async () => {
        const entries = await vscode.workspace.fs.readDirectory(folder);
        return entries.filter(([, type]) => (type & vscode.FileType.Directory) === 0).map(([name]) => name);
      },
    ),
};

async function directly<T>(
  uri: vscode.Uri,
  read: (path: string) => Promise<T>,
  ask: () => Thenable<T>,
): Promise<T> {
  if (uri.scheme !== 'file') return ask();
  try {
    return await read(uri.fsPath);
  } catch {
    return ask();
  }
}
