import * as vscode from 'vscode';

/**
 * Whether what is told of a file or folder may concern a file: a folder that comes or goes with what it holds is told
 * of once, as the folder.
 * @param file as `vscode.Uri.toString()` has it
 */
export function concerns(changed: vscode.Uri, file: string): boolean {
  const key = changed.toString();
  return file === key || file.startsWith(`${key}/`);
}

/** True for a file or folder that is on the disk. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false; // not there, or not for us to see
  }
}
