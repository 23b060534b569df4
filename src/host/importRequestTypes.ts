import * as vscode from 'vscode';
import { WX_TYPES, WX_TYPES_PATH } from '../core/import/wxTypes.ts';

/**
 * Writes the declarations of `wx.cloud.callHTTPFunction` into a workspace folder. A file of that name
 * that says something else gives way only if the user wants it.
 * @param uri `vscode.Uri.toString()` of the folder; asked where there are several
 * @returns whether the declarations are there
 */
export async function addWxTypes(uri?: string): Promise<boolean> {
  if (!vscode.workspace.isTrusted) return false;
  const folder = await pickFolder(uri);
  if (folder === undefined) return false;
  const file = vscode.Uri.joinPath(folder.uri, WX_TYPES_PATH);
  const before = await readText(file);
  if (before !== undefined && before !== WX_TYPES && !(await mayReplace())) return false;
  if (before !== WX_TYPES) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(WX_TYPES));
  void offerToOpen(file);
  return true;
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open File');
  const message = vscode.l10n.t('{0} declares wx.cloud.callHTTPFunction.', WX_TYPES_PATH);
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.window.showTextDocument(file, { preview: false });
  }
}

async function pickFolder(uri: string | undefined): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (uri !== undefined) return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  if (folders.length > 1) {
    return vscode.window.showWorkspaceFolderPick({
      placeHolder: vscode.l10n.t('The folder of the mini program'),
      ignoreFocusOut: true,
    });
  }
  if (folders.length === 0) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Open the folder of the mini program first.'));
  }
  return folders[0];
}

async function readText(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).replaceAll('\r\n', '\n');
  } catch {
    return undefined; // not there yet
  }
}

async function mayReplace(): Promise<boolean> {
  const items = [
    { label: vscode.l10n.t('Keep the File as It Is'), replaces: false },
    { label: vscode.l10n.t('Replace It'), replaces: true },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('There is another {0} already.', WX_TYPES_PATH),
    ignoreFocusOut: true,
  });
  return picked?.replaces === true;
}
