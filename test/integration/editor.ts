import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, until } from '../support/until.ts';

/** Opens an untitled request file with this text. */
export async function openRequests(content: string): Promise<vscode.TextEditor> {
  const { uri } = await vscode.workspace.openTextDocument({ language: 'cbhttp', content });
  // Behind the name of a document that was just closed, the extension host may still have that one, or VS Code its
  // backup.
  const current = () => vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  const isThere = () => current()?.getText() === content;
  if (await until(isThere, 500)) return vscode.window.showTextDocument(uri);
  const editor = await vscode.window.showTextDocument(uri);
  await replaceText(editor, content);
  await eventually('the text of the new document', isThere);
  return editor;
}

async function replaceText(editor: vscode.TextEditor, text: string): Promise<void> {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), text));
}

/** Where a text for {@link openAt} has its cursor. */
export const cursor = '▮';

/** A request file that is shown, and the place of the cursor in it. */
export interface OpenedAt {
  readonly editor: vscode.TextEditor;
  readonly document: vscode.TextDocument;
  readonly uri: vscode.Uri;
  readonly position: vscode.Position;
}

/**
 * Shows this text with the cursor where it has its mark: in the untitled request file that is shown, else in a new
 * one.
 */
export async function openAt(marked: string): Promise<OpenedAt> {
  const text = marked.replace(cursor, '');
  const shown = vscode.window.activeTextEditor;
  if (shown?.document.isUntitled !== true || shown.document.languageId !== 'cbhttp') {
    return placeCursor(await openRequests(text), marked);
  }
  await replaceText(shown, text);
  return placeCursor(shown, marked);
}

/** {@link openAt} with a file of the workspace, which {@link closeAll} deletes again. */
export async function openFileAt(name: string, marked: string): Promise<OpenedAt> {
  const content = marked.replace(cursor, '');
  const editor = await vscode.window.showTextDocument(await writeFile(name, content));
  // The extension host may still have the text of a file of that name that was there before.
  await eventually(`the text of ${name}`, () => editor.document.getText() === content);
  return placeCursor(editor, marked);
}

function placeCursor(editor: vscode.TextEditor, marked: string): OpenedAt {
  const { document } = editor;
  const position = document.positionAt(Math.max(0, marked.indexOf(cursor)));
  editor.selection = new vscode.Selection(position, position);
  return { editor, document, uri: document.uri, position };
}

/**
 * Files written by a test lie in this folder of the workspace. It stays there: VS Code's watcher may miss what is in a
 * folder that comes together with the folder around it.
 */
export const scratch = 'scratch';

/** A file of the workspace. */
export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Writes a file into the scratch folder, which {@link closeAll} empties. */
export async function writeFile(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = fileUri(`${scratch}/${name}`);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return uri;
}

/** The place of a piece of text in a document, or of the nth such piece, counted from 0; at its start. */
export function placeOf(document: vscode.TextDocument, text: string, nth = 0): vscode.Position {
  let offset = document.getText().indexOf(text);
  for (let count = 0; count < nth; count++) offset = document.getText().indexOf(text, offset + 1);
  assert.notEqual(offset, -1, `"${text}" in the document`);
  return document.positionAt(offset);
}

/** Waits until the features are there that are loaded with the first request file. */
export async function languageReady(): Promise<void> {
  const { uri } = (await openRequests('GET http://127.0.0.1/\n')).document;
  const symbols = () =>
    vscode.commands.executeCommand<unknown[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
  await eventually('the language features', async () => (await symbols())?.length === 1, 20_000);
  await closeAll();
}

/** The extension's offers, in the order in which they are shown: no snippets and no words of the text. */
export async function completions(
  uri: vscode.Uri,
  position: vscode.Position,
  trigger?: string,
): Promise<vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
    trigger,
  );
  return items
    .filter(
      ({ kind }) => kind !== vscode.CompletionItemKind.Snippet && kind !== vscode.CompletionItemKind.Text,
    )
    .sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
}

/** What the list shows of each. */
export function labelsOf(items: readonly vscode.CompletionItem[]): string[] {
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** Labels of the extension's offers at a place. */
export async function completionLabels(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  return labelsOf(await completions(uri, position));
}

/** What the hover at a place says, without its Markdown; empty where there is none. */
export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents as vscode.MarkdownString[])
    .map(({ value }) => value.replaceAll('&nbsp;', ' ').replace(/\\(?=[^\w\s])/g, ''))
    .join('\n');
}

/** Answers whatever is asked meanwhile with what the question begins with. */
export async function confirming<T>(outcome: Thenable<T>): Promise<T> {
  return pressing('workbench.action.acceptSelectedQuickOpenItem', outcome);
}

/** Answers whatever is asked meanwhile with Escape. */
export async function cancelling<T>(outcome: Thenable<T>): Promise<T> {
  return pressing('workbench.action.closeQuickOpen', outcome);
}

async function pressing<T>(command: string, outcome: Thenable<T>): Promise<T> {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  outcome.then(over, over);
  await until(async () => {
    if (!isOver) await vscode.commands.executeCommand(command);
    return isOver;
  }, 10_000);
  assert.ok(isOver, 'the question is answered');
  return outcome;
}

/** Changes a setting of the workspace for the time of an action. */
export async function withSetting(name: string, value: unknown, action: () => Promise<void>): Promise<void> {
  const configuration = () => vscode.workspace.getConfiguration('cbhttp');
  const before = configuration().inspect(name)?.workspaceValue;
  await configuration().update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await action();
  } finally {
    await configuration().update(name, before, vscode.ConfigurationTarget.Workspace);
  }
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

/** Closes every editor and panel, dropping changes, and deletes what the test wrote. */
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
  await emptyScratch();
}

/** Makes the scratch folder, or deletes what is in it. */
export async function emptyScratch(): Promise<void> {
  const { fs } = vscode.workspace;
  await fs.createDirectory(fileUri(scratch));
  for (const [name] of await fs.readDirectory(fileUri(scratch)))
    await fs.delete(fileUri(`${scratch}/${name}`), { recursive: true }).then(undefined, () => undefined);
}
