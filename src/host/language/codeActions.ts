import * as vscode from 'vscode';
import type { ActionCommand, CodeAction, TextEdit } from '../../core/cbhttp/actions/codeAction.ts';
import { codeActions } from '../../core/cbhttp/actions/codeActions.ts';
import type { LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { checkInSlices } from '../checkInSlices.ts';
import { languageId, type SecretReference } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import { toRange, type Documents } from '../documents.ts';
import { say } from '../translate.ts';
import { setProfileVariable } from './profileVariables.ts';

/** The command behind those actions that are more than an edit; it has no place in package.json, since no user calls it. */
const RUN_ACTION = 'cbhttp.runCodeAction';

/** What {@link RUN_ACTION} is called with. No secret is among it: that is read from the document when it is stored. */
interface ActionCall {
  readonly uri: vscode.Uri;
  /** Of the document that the spans count in. */
  readonly version: number;
  readonly command: ActionCommand;
  readonly edits: readonly TextEdit[];
}

/** Quick fixes and refactorings. */
export function registerCodeActions(
  documents: Documents,
  contextOf: (textDocument: vscode.TextDocument) => LanguageContext,
): vscode.Disposable {
  const store = new DisposableStore();
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: async (textDocument, range, { diagnostics, only }, token) => {
      const document = documents.get(textDocument);
      const context = contextOf(textDocument);
      const span = { start: textDocument.offsetAt(range.start), end: textDocument.offsetAt(range.end) };
      const { version } = textDocument;
      const isStale = (): boolean => token.isCancellationRequested || textDocument.version !== version;
      const problems = await checkInSlices(document, context, isStale);
      if (problems === null || isStale()) return [];
      return codeActions(document, span, problems, context)
        .map((action) => toCodeAction(textDocument, action, diagnostics))
        .filter(({ kind }) => only === undefined || (kind !== undefined && only.contains(kind)));
    },
  };
  const providedCodeActionKinds = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite];
  store.add(vscode.languages.registerCodeActionsProvider(languageId, provider, { providedCodeActionKinds }));
  store.add(vscode.commands.registerCommand(RUN_ACTION, runAction));
  return store;
}

function toCodeAction(
  textDocument: vscode.TextDocument,
  action: CodeAction,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const kind =
    action.kind === 'quickfix' ? vscode.CodeActionKind.QuickFix : vscode.CodeActionKind.RefactorRewrite;
  const shown = new vscode.CodeAction(say(action.title), kind);
  shown.isPreferred = action.isPreferred;
  const { problem, command, edits } = action;
  if (problem !== undefined) {
    const range = toRange(textDocument, problem.span);
    shown.diagnostics = diagnostics.filter((one) => one.code === problem.code && one.range.isEqual(range));
  }
  if (command === undefined) {
    shown.edit = toWorkspaceEdit(textDocument, edits);
  } else {
    const call: ActionCall = { uri: textDocument.uri, version: textDocument.version, command, edits };
    shown.command = { command: RUN_ACTION, title: shown.title, arguments: [call] };
  }
  return shown;
}

function toWorkspaceEdit(
  textDocument: vscode.TextDocument,
  edits: readonly TextEdit[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const all = edits.map(({ span, text, caret }) => {
    const range = toRange(textDocument, span);
    if (caret === undefined) return new vscode.TextEdit(range, text);
    const snippet = new vscode.SnippetString();
    snippet.appendText(text.slice(0, caret)).appendTabstop(0).appendText(text.slice(caret));
    return new vscode.SnippetTextEdit(range, snippet);
  });
  edit.set(textDocument.uri, all);
  return edit;
}

async function runAction({ uri, version, command, edits }: ActionCall): Promise<void> {
  switch (command.kind) {
    case 'open-settings':
      await vscode.commands.executeCommand('workbench.action.openSettings', 'cbhttp.profiles');
      return;
    case 'set-profile-variable':
      await setProfileVariable(uri, command.profile, command.name);
      return;
    case 'store-secret': {
      const textDocument = await vscode.workspace.openTextDocument(uri);
      if (textDocument.version !== version) return; // its text is no longer what was offered
      const value = textDocument.getText(toRange(textDocument, command.span));
      const { profile, name, origin } = command;
      const place = { uri: uri.toString(), profile, ...(origin === null ? {} : { origin }) };
      const reference: SecretReference = { ...place, name, value };
      if ((await vscode.commands.executeCommand<unknown>('cbhttp.setSecret', reference)) !== true) return;
      if (textDocument.version === version)
        await vscode.workspace.applyEdit(toWorkspaceEdit(textDocument, edits));
      return;
    }
  }
}
