import * as vscode from 'vscode';
import type { CbRequest } from '../core/cbhttp/document.ts';
import { CbError } from '../core/errors.ts';
import { profileFor } from '../core/profiles/prepare.ts';
import type { ProfileSet } from '../core/profiles/profile.ts';
import { asCommand, languageId } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { isWritable, toRange, type Documents, type LocatedRequest } from './documents.ts';
import { profileIcon, profilesFor } from './profiles.ts';
import type { Sender } from './sender.ts';

/** Send above each request, Cancel in its place while it runs, and the profile it goes to. */
export function registerCodeLens(
  documents: Documents,
  sender: Sender,
  state: vscode.Memento,
): vscode.Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(sender.onDidChangeRunning(() => changed.fire()));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()));
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('cbhttp')) changed.fire();
    }),
  );
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (textDocument) =>
      isWritable(textDocument)
        ? lensesOf(documents.requests(textDocument), profilesFor(textDocument.uri), sender)
        : [],
  };
  store.add(vscode.languages.registerCodeLensProvider({ language: languageId }, provider));
  store.add(vscode.window.onDidChangeActiveTextEditor((editor) => void hintAtCodeLens(editor, state)));
  void hintAtCodeLens(vscode.window.activeTextEditor, state);
  return store;
}

function lensesOf(all: readonly LocatedRequest[], profiles: ProfileSet, sender: Sender): vscode.CodeLens[] {
  return all.flatMap(({ textDocument, request, key }) => {
    const range = toRange(textDocument, request.requestLineSpan);
    const reference = { uri: textDocument.uri.toString(), key };
    const act = sender.isRunning(textDocument.uri, key)
      ? asCommand('cbhttp.cancel', `$(debug-stop) ${vscode.l10n.t('Cancel')}`, [reference])
      : asCommand('cbhttp.send', `$(play) ${vscode.l10n.t('Send')}`, [reference]);
    const profile = asCommand('cbhttp.switchProfile', profileTitle(request, profiles), [reference.uri]);
    return [new vscode.CodeLens(range, act), new vscode.CodeLens(range, profile)];
  });
}

function profileTitle(request: CbRequest, profiles: ProfileSet): string {
  try {
    const profile = profileFor(request, profiles);
    return `${profileIcon(profile)} ${profile.name}`;
  } catch (error) {
    if (error instanceof CbError) return `$(warning) ${vscode.l10n.t('unknown profile')}`;
    throw error;
  }
}

const HINT_KEY = 'cbhttp.codeLensHintShown';

/** The commonest reason for "there is no Send": `editor.codeLens` is off. Says so once. */
async function hintAtCodeLens(editor: vscode.TextEditor | undefined, state: vscode.Memento): Promise<void> {
  if (editor?.document.languageId !== languageId) return;
  const scope = { uri: editor.document.uri, languageId };
  const configuration = vscode.workspace.getConfiguration('editor', scope);
  if (configuration.get<boolean>('codeLens') !== false || state.get<boolean>(HINT_KEY) === true) return;
  await state.update(HINT_KEY, true);
  const turnOn = vscode.l10n.t('Turn On for .cbhttp Files');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '"Send" stands above each request as a CodeLens, but editor.codeLens is off. The command "Send Request" sends too.',
    ),
    turnOn,
  );
  if (answer === turnOn)
    await configuration.update('codeLens', true, vscode.ConfigurationTarget.Global, true);
}
