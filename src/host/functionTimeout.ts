import * as vscode from 'vscode';
import { readCloudbaserc } from '../core/functions/cloudbaserc.ts';

/**
 * The time limit in s that cloudbaserc.json sets for a function: that of the workspace folder a document belongs to,
 * or of the first one. Null where there is none.
 */
export async function readFunctionTimeout(
  functionName: string,
  document: vscode.Uri,
): Promise<number | null> {
  const folder = vscode.workspace.getWorkspaceFolder(document) ?? vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) return null;
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, 'cloudbaserc.json'));
    const { functions } = readCloudbaserc(new TextDecoder().decode(bytes));
    return functions.find(({ name }) => name === functionName)?.timeoutSeconds ?? null;
  } catch {
    return null; // no cloudbaserc.json: the limit is not known
  }
}
