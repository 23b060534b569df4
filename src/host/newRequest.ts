import * as vscode from 'vscode';
import { languageId, registerCommand } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { isWritable } from './documents.ts';

/** New Request File, and New Request for a function of the tree. */
export function registerNewRequest(): vscode.Disposable {
  const store = new DisposableStore();
  store.add(
    registerCommand('cbhttp.newRequestFile', () =>
      openRequestFile(requestText(vscode.l10n.t('My first request'), 'my-function')),
    ),
  );
  store.add(registerCommand('cbhttp.newRequest', ({ reference }) => insertRequest(reference.name)));
  return store;
}

/** At the end of the request file that is shown, else in a new one; the cursor goes to its path. */
async function insertRequest(functionName: string): Promise<void> {
  const text = requestText(functionName, functionName);
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const shown = [activeTextEditor, ...visibleTextEditors].find(
    (one) => one?.document.languageId === languageId && isWritable(one.document),
  );
  if (shown === undefined) {
    await openRequestFile(text);
    return;
  }
  const { document } = shown;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const before = document.getText().replace(/\r\n?/g, '\n');
  const gap = before.trim() === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, end, gap + text);
  if (!(await vscode.workspace.applyEdit(edit))) {
    await openRequestFile(text);
    return;
  }
  const editor = await vscode.window.showTextDocument(document, shown.viewColumn);
  selectPath(editor, end.line + gap.length, text);
}

async function openRequestFile(text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: text });
  const editor = await vscode.window.showTextDocument(document);
  selectPath(editor, 0, text);
}

/** Selects what follows the function's name in the request that starts on a 0-based line, ready to be typed over. */
function selectPath(editor: vscode.TextEditor, firstLine: number, text: string): void {
  // Counted in the text that was inserted: the document of a name used again may still show what stood there before.
  const [, target = ''] = text.split('\n');
  const line = firstLine + 1;
  editor.selection = new vscode.Selection(line, target.lastIndexOf('/'), line, target.length);
  editor.revealRange(editor.selection);
}

/** A request's text; its request line is the second. */
function requestText(title: string, functionName: string): string {
  return `### ${title}\nGET fn://${functionName}/\nAccept: text/event-stream, application/json\n`;
}
