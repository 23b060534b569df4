import * as vscode from 'vscode';
import { detectCode, importCode, writeImported } from '../core/import/importCode.ts';
import type { Imported } from '../core/import/imported.ts';
import { appendImport, placeImport } from '../core/import/placeImport.ts';
import { languageId, type GivenCode } from './contributions.ts';
import { isWritable } from './documents.ts';
import { followUp, type InsertedImport } from './importRequestFollowUp.ts';
import { surroundingsOf, type ImportDeps } from './importRequestSurroundings.ts';
import { say } from './translate.ts';

/**
 * Adds the requests of code to the request file that is shown, else to a new one: of the code that is given, of the
 * clipboard if it looks like some, else of what the user pastes.
 * @returns the text that was inserted; undefined where there was nothing to import
 */
export async function importRequest(given: GivenCode, deps: ImportDeps): Promise<string | undefined> {
  const code = given.code ?? (await findCode());
  if (code === undefined) return undefined;
  await deps.functions.folders(); // their envId may be a profile's
  const target = targetEditor();
  const imported = importCode(code, surroundingsOf(target?.document.uri, deps));
  if (imported.requests.length === 0) {
    void vscode.window.showWarningMessage(problemText(imported, code));
    return undefined;
  }
  const written = writeImported(imported.requests, say);
  const inserted = target === undefined ? undefined : await insertInto(target, written);
  const document = inserted?.document ?? (await openNew(written));
  const text = inserted?.text ?? written;
  followUp({ document, code, imported, text: written }, deps);
  if (imported.problem !== null) void vscode.window.showWarningMessage(problemText(imported, code));
  return text;
}

/** The paste of code as requests, and what it inserts. */
export interface PastedImport {
  readonly edit: vscode.DocumentPasteEdit;
  /** As it goes into the document. */
  readonly placed: string;
  readonly inserted: InsertedImport;
}

/**
 * The paste of code into a request file as requests. Undefined where the text is no code or the place no place for a
 * request; plain pasting stays the other choice.
 */
export function pasteImport(
  document: vscode.TextDocument,
  range: vscode.Range,
  code: string,
  kind: vscode.DocumentDropOrPasteEditKind,
  deps: ImportDeps,
): PastedImport | undefined {
  const imported = importCode(code, surroundingsOf(document.uri, deps));
  if (imported.requests.length === 0 || imported.problem !== null) return undefined;
  const text = writeImported(imported.requests, say);
  const placed = placeAt(document, range, text);
  // VS Code lays out the indents of what is pasted, which only JSON does not mind.
  const hasTabs = placed !== null && /^\t/m.test(placed);
  if (placed === null || (hasTabs && !/^content-type: application\/json/im.test(placed))) return undefined;
  const title =
    imported.requests.length === 1
      ? vscode.l10n.t('Paste as Request')
      : vscode.l10n.t('Paste as {0} Requests', imported.requests.length);
  const edit = new vscode.DocumentPasteEdit(placed, title, kind);
  return { edit, placed, inserted: { document, code, imported, text } };
}

function placeAt(document: vscode.TextDocument, range: vscode.Range, text: string): string | null {
  const whole = document.getText();
  const start = whole.slice(0, document.offsetAt(range.start)).replaceAll('\r\n', '\n').length;
  const end = start + document.getText(range).replaceAll('\r\n', '\n').length;
  return placeImport(whole.replaceAll('\r\n', '\n'), { start, end }, text);
}

/** The code of the selection, of the clipboard, or that the user pastes. */
async function findCode(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor === undefined ? '' : editor.document.getText(editor.selection);
  if (detectCode(selected) !== null) return selected;
  const clipboard = await vscode.env.clipboard.readText();
  if (detectCode(clipboard) !== null) return clipboard;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Import Request from Code'),
    prompt: vscode.l10n.t('Paste a curl command or a call of {0}', 'wx.cloud.callHTTPFunction({…})'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || detectCode(value) !== null
        ? undefined
        : vscode.l10n.t(
            'This is neither a curl command nor a call of {0}.',
            'wx.cloud.callHTTPFunction({…})',
          ),
  });
}

/** The request file that is shown, if it can be written to. */
function targetEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [activeTextEditor, ...visibleTextEditors].find(
    (one) => one?.document.languageId === languageId && isWritable(one.document),
  );
}

/** At the cursor where a request may begin there, else at the end. */
async function insertInto(
  { document, selection, viewColumn }: vscode.TextEditor,
  written: string,
): Promise<{ readonly document: vscode.TextDocument; readonly text: string } | undefined> {
  const atCursor = selection.isEmpty ? placeAt(document, selection, written) : null;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const text = atCursor ?? appendImport(document.getText().replaceAll('\r\n', '\n'), written);
  const place = atCursor === null ? end : selection.active;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, place, text);
  if (!(await vscode.workspace.applyEdit(edit))) return undefined;
  const editor = await vscode.window.showTextDocument(document, viewColumn);
  reveal(editor, place.line + (/^\n*/.exec(text)?.[0].length ?? 0));
  return { document, text };
}

async function openNew(text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: text });
  const editor = await vscode.window.showTextDocument(document);
  if (document.getText() !== text) {
    // Behind the name of a file that was just closed, VS Code may have kept its text.
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    await editor.edit((edit) => edit.replace(document.validateRange(whole), text));
  }
  reveal(editor, 0);
  return document;
}

function reveal(editor: vscode.TextEditor, line: number): void {
  editor.selection = new vscode.Selection(line, 0, line, 0);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Why there is no request, or not all of them, and where in the code. */
function problemText({ problem }: Imported, code: string): string {
  if (problem === null) return vscode.l10n.t('There is no request in this code.');
  const above = code.slice(0, problem.span.start).split('\n');
  const isWhole = problem.span.start === 0 && problem.span.end === code.length;
  if (isWhole) return say(problem.message);
  return vscode.l10n.t(
    'Line {0}, column {1} of the code: {2}',
    above.length,
    (above.at(-1)?.length ?? 0) + 1,
    say(problem.message),
  );
}
