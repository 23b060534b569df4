import * as vscode from 'vscode';
import { frameworkConfigName, textOf, valueOf } from '../core/functions/configFormats.ts';
import { hasTemplate } from '../core/functions/configTemplates.ts';
import { joinFolders } from '../core/functions/folders.ts';
import type { TakenNames } from '../core/functions/scaffold/functionName.ts';
import { readWorkspaceConfig, type WorkspaceConfig } from '../core/functions/workspaceConfig.ts';
import { functionFolder } from './combineFunctions.ts';
import { configFolder } from './configFolder.ts';
import { isThere } from './fileChanges.ts';
import { FileTexts } from './fileTexts.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** Where a new function goes, and what is there already. */
export interface FunctionSite {
  readonly workspaceFolder: vscode.WorkspaceFolder;
  readonly config: WorkspaceConfig;
  /** From the workspace folder, or absolute. */
  readonly functionRoot: string;
  /** True where the config's own root cannot be told: the entry has to name its folder. */
  readonly needsFolder: boolean;
  readonly taken: TakenNames;
}

/** A function's folder there. */
export function folderOf({ workspaceFolder, functionRoot }: FunctionSite, name: string): vscode.Uri {
  return functionFolder(workspaceFolder.uri, joinFolders(functionRoot, name));
}

/** The workspace folder a new function goes to; undefined where there is none, or the user gave up. */
export async function pickFolder(uri: string | undefined): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (uri !== undefined) return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  if (folders.length > 1) {
    return vscode.window.showWorkspaceFolderPick({
      placeHolder: vscode.l10n.t('The folder that the new function goes to'),
      ignoreFocusOut: true,
    });
  }
  if (folders[0] !== undefined) return folders[0];
  const open = vscode.l10n.t('Open Folder');
  const message = vscode.l10n.t('A function lives in a folder. Open one, then create the function.');
  const answer = await vscode.window.showInformationMessage(message, open);
  if (answer === open) await vscode.commands.executeCommand('workbench.action.files.openFolder');
  return undefined;
}

/** What is there; undefined where the config is broken, which the user is shown. */
export async function readSite(
  workspaceFolder: vscode.WorkspaceFolder,
  functions: WorkspaceFunctions,
): Promise<FunctionSite | undefined> {
  const root = workspaceFolder.uri;
  const config = await readWorkspaceConfig(await configFolder(root, new FileTexts(), openText));
  const broken = config.issues.find(
    ({ file, issue: { code } }) =>
      file !== frameworkConfigName && ['config-syntax', 'config-shape', 'config-unreadable'].includes(code),
  );
  if (broken !== undefined) {
    const { file, issue } = broken;
    const message = vscode.l10n.t('{0} has to be mended first: {1}', file, say(issue.message));
    void vscode.window.showErrorMessage(message);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, file));
    const at = document.positionAt(issue.span.start);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    return undefined;
  }
  const written = textOf(valueOf(config.config?.root, 'functionRoot'))?.trim() ?? '';
  const needsFolder = hasTemplate(written);
  const functionRoot = written === '' || needsFolder ? './functions' : written;
  const known = (await functions.settled()).find(
    (one) => one.workspaceFolder.uri.toString() === root.toString(),
  );
  const taken = {
    functions: new Set(known?.functions.map(({ declared }) => declared.name)),
    folders: await namesIn(functionFolder(root, joinFolders(functionRoot, ''))),
    files: await namesIn(root),
  };
  return { workspaceFolder, config, functionRoot, needsFolder, taken };
}

/** What is not saved of a file; what is saved is on the disk, which an editor may trail behind. */
function openText(file: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments
    .find(({ uri, isDirty }) => isDirty && uri.toString() === file.toString())
    ?.getText();
}

async function namesIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  if (!(await isThere(folder))) return new Set();
  return new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
}
