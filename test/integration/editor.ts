import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';

/** Opens an untitled request file with this text. */
export async function openRequests(content: string): Promise<vscode.TextEditor> {
  const { uri } = await vscode.workspace.openTextDocument({ language: 'cbhttp', content });
  // Behind the name of a document that was just closed, the extension host may still have that one.
  const current = () => vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  await eventually('the text of the new document', () => current()?.getText() === content);
  return vscode.window.showTextDocument(uri);
}

/** Commands and titles of a document's lenses, in order. */
export async function lensesOf(uri: vscode.Uri): Promise<vscode.Command[]> {
  // A file of the language activates the extension, but nobody says when.
  await vscode.extensions.getExtension('cbhttp.cbhttp')?.activate();
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    100,
  );
  return lenses.map(({ command }) => {
    assert.ok(command);
    return command;
  });
}

/** Executes the lens with this title, as a click does. */
export async function clickLens(uri: vscode.Uri, title: RegExp): Promise<void> {
  const command = (await lensesOf(uri)).find((one) => title.test(one.title));
  assert.ok(command, `a lens ${String(title)}`);
  await vscode.commands.executeCommand(
    command.command,
    ...((command.arguments as unknown[] | undefined) ?? []),
  );
}

/** Waits until a lens with this title stands above the document's first request. */
export async function firstLens(uri: vscode.Uri, title: RegExp): Promise<void> {
  await eventually(`a lens ${String(title)}`, async () => title.test((await lensesOf(uri))[0]?.title ?? ''));
}

/** Labels of the stream panels that are open. */
export function panelTitles(): string[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => tab.input instanceof vscode.TabInputWebview)
    .map((tab) => tab.label);
}

/** Closes every editor and panel, dropping changes. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  // The next untitled document takes the name of the last one: it must be gone by then, also in the extension host.
  await eventually('untitled documents are closed', () =>
    vscode.workspace.textDocuments.every(({ isUntitled }) => !isUntitled),
  );
}
