/** Loaded when somebody makes a new function. */
import { chmod } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isYaml, parseJsonConfig } from '../core/functions/configFormats.ts';
import { addFunctionEntry, newConfigText } from '../core/functions/scaffold/configEntry.ts';
import { freeFunctionName, requestFileName } from '../core/functions/scaffold/functionName.ts';
import { scaffoldFunction, type FunctionEntry, type Scaffold } from '../core/functions/scaffold/scaffold.ts';
import type { GivenFunction } from './contributions.ts';
import { folderOf, pickFolder, readSite, type FunctionSite } from './functionSite.ts';
import { installPackages } from './installPackages.ts';
import { askNewFunction, type FunctionDraft } from './newFunctionSteps.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/**
 * Asks for a new function, writes it with its entry in the config and a file of requests, and shows that file.
 * @returns its name; undefined where the user gave up, or was told why it cannot be made
 */
export async function newFunction(
  given: GivenFunction,
  { functions, log }: { readonly functions: WorkspaceFunctions; readonly log: vscode.LogOutputChannel },
): Promise<string | undefined> {
  const workspaceFolder = await pickFolder(given.uri);
  if (workspaceFolder === undefined) return undefined;
  const site = await readSite(workspaceFolder, functions);
  if (site === undefined) return undefined;
  const draft: FunctionDraft = {
    name: given.name ?? freeFunctionName('my-function', site.taken),
    template: given.template ?? 'express',
    installs: given.installs ?? false,
  };
  if (!(await askNewFunction(draft, given, site))) return undefined;
  const made = scaffoldFunction(draft.template, draft.name);
  const folder = folderOf(site, draft.name);
  const requests = vscode.Uri.joinPath(workspaceFolder.uri, requestFileName(draft.name));
  try {
    await writeFiles(made, folder);
    await vscode.workspace.fs.writeFile(requests, bytesOf(made.requests));
    await declareFunction(site, made.entry);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The function "{0}" could not be made: {1}', draft.name, reason),
    );
    return undefined;
  } finally {
    functions.refresh();
  }
  await vscode.window.showTextDocument(requests, { preview: false }); // what led here stays open
  if (draft.installs) {
    installPackages({ name: draft.name, folder }, workspaceFolder).catch((error: unknown) =>
      log.error(String(error)),
    );
  }
  return draft.name;
}

async function writeFiles({ files }: Scaffold, folder: vscode.Uri): Promise<void> {
  for (const { path, text, isExecutable } of files) {
    const uri = vscode.Uri.joinPath(folder, path);
    await vscode.workspace.fs.writeFile(uri, bytesOf(text));
    const hasModes = uri.scheme === 'file' && process.platform !== 'win32';
    if (isExecutable && hasModes) await chmod(uri.fsPath, 0o755);
  }
}

/** Puts the function into the config; into a new one where there is none. */
async function declareFunction(
  { workspaceFolder, config, needsFolder }: FunctionSite,
  made: FunctionEntry,
): Promise<void> {
  const entry = needsFolder ? { ...made, dir: `./functions/${made.name}` } : made;
  const program = config.issues.find(({ issue }) => issue.code === 'config-code');
  const file = config.config?.file ?? program?.file;
  if (file === undefined) {
    const uri = vscode.Uri.joinPath(workspaceFolder.uri, 'cloudbaserc.json');
    await vscode.workspace.fs.writeFile(uri, bytesOf(newConfigText(entry)));
    return;
  }
  const isAdded =
    program === undefined && (await addTo(vscode.Uri.joinPath(workspaceFolder.uri, file), file, entry));
  if (!isAdded) void offerEntry(file, entry);
}

/** Leaves a config unsaved that was unsaved before. @returns false where its text is not understood */
async function addTo(uri: vscode.Uri, file: string, entry: FunctionEntry): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  const parse = isYaml(file, text)
    ? (await import('../core/functions/yamlConfig.ts')).parseYamlConfig
    : parseJsonConfig;
  const edits = addFunctionEntry({ file, text, parse }, entry);
  if (edits === null) return false;
  const wasDirty = document.isDirty;
  const change = new vscode.WorkspaceEdit();
  for (const { span, text: written } of edits) {
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
    change.replace(uri, range, written);
  }
  if (!(await vscode.workspace.applyEdit(change))) return false;
  if (!wasDirty) await document.save();
  return true;
}

/** For a config that only its author can change. */
async function offerEntry(file: string, entry: FunctionEntry): Promise<void> {
  const copy = vscode.l10n.t('Copy the Entry');
  const message = vscode.l10n.t(
    'The function "{0}" is made and can be run. For tcb to deploy it, add it to "functions" in {1} yourself.',
    entry.name,
    file,
  );
  if ((await vscode.window.showWarningMessage(message, copy)) !== copy) return;
  await vscode.env.clipboard.writeText(JSON.stringify(entry, null, 2));
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
