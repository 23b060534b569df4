import * as vscode from 'vscode';
import type { CbRequest } from '../core/cbhttp/document.ts';
import { describeResult, lensesOf, type LastResult, type RequestLens } from '../core/cbhttp/lenses.ts';
import { CbError, isCbError } from '../core/errors.ts';
import { profileFor } from '../core/profiles/profileFor.ts';
import { asCommand, languageId } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { isWritable, type Documents } from './documents.ts';
import { LensOffers } from './lensOffers.ts';
import { describeProfile, profileIcon, profilesFor } from './profiles.ts';
import type { Sender } from './sender.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** Send above each request, Cancel in its place while it runs, and the profile it goes to. */
export function registerCodeLens(
  documents: Documents,
  sender: Sender,
  functions: WorkspaceFunctions,
  state: vscode.Memento,
): vscode.Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(sender.onDidChangeRunning(() => changed.fire()));
  // While lenses are made anew a click on one finds its command gone: only for what they show.
  let shown = '';
  store.add(
    functions.onDidChange(() => {
      const now = JSON.stringify(functions.known().map(({ envId, routes }) => [envId, routes]));
      if (now === shown) return;
      shown = now;
      changed.fire();
    }),
  );
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()));
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('cbhttp')) changed.fire();
    }),
  );
  const offers = store.add(new LensOffers(() => changed.fire()));
  store.add(
    changed.event(() => {
      for (const { document } of vscode.window.visibleTextEditors) {
        if (document.languageId === languageId) offers.made(document.uri.toString());
      }
    }),
  );
  const provider: vscode.CodeLensProvider<RequestCodeLens> = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (textDocument) => {
      const lenses = isWritable(textDocument) ? makeLenses(textDocument, documents, sender) : [];
      if (lenses.length > 0) offers.made(textDocument.uri.toString());
      else offers.taken(textDocument.uri.toString());
      return lenses;
    },
    resolveCodeLens: (lens) => {
      offers.taken(lens.uri.toString());
      lens.command = commandOf(lens, sender, functions);
      return lens;
    },
  };
  store.add(vscode.languages.registerCodeLensProvider({ language: languageId }, provider));
  store.add(vscode.window.onDidChangeActiveTextEditor((editor) => void hintAtCodeLens(editor, state)));
  void hintAtCodeLens(vscode.window.activeTextEditor, state);
  return store;
}

type LensKind = 'act' | 'profile' | 'copy' | 'result';

/** A lens that is given its command only where it is seen. */
class RequestCodeLens extends vscode.CodeLens {
  readonly uri: vscode.Uri;
  readonly lens: RequestLens;
  readonly kind: LensKind;

  constructor(uri: vscode.Uri, lens: RequestLens, kind: LensKind) {
    super(new vscode.Range(lens.line, lens.startColumn, lens.line, lens.endColumn));
    this.uri = uri;
    this.lens = lens;
    this.kind = kind;
  }
}

/** Send, the profile, Copy as and, once it was sent, the last result above each request. */
function makeLenses(
  textDocument: vscode.TextDocument,
  documents: Documents,
  sender: Sender,
): RequestCodeLens[] {
  const { uri } = textDocument;
  const id = uri.toString();
  return lensesOf(documents.get(textDocument)).flatMap((lens) => {
    const kinds: LensKind[] = ['act', 'profile', 'copy'];
    if (sender.lastResult(id, lens.key) !== undefined) kinds.push('result');
    return kinds.map((kind) => new RequestCodeLens(uri, lens, kind));
  });
}

function commandOf(
  { uri, lens, kind }: RequestCodeLens,
  sender: Sender,
  functions: WorkspaceFunctions,
): vscode.Command {
  const reference = { uri: uri.toString(), key: lens.key };
  switch (kind) {
    case 'act':
      return sender.isRunning(uri, lens.key)
        ? asCommand('cbhttp.cancel', `$(debug-stop) ${vscode.l10n.t('Cancel')}`, [reference])
        : asCommand('cbhttp.send', `$(play) ${vscode.l10n.t('Send')}`, [reference]);
    case 'profile':
      return {
        ...asCommand('cbhttp.switchProfile', profileTitle(lens.request, uri, functions), [reference.uri]),
        tooltip: profileTooltip(lens.request, uri, functions),
      };
    case 'copy':
      return asCommand('cbhttp.copyAs', vscode.l10n.t('Copy as…'), [reference]);
    case 'result': {
      const result = sender.lastResult(reference.uri, lens.key);
      return { command: '', title: result === undefined ? '' : resultTitle(result) };
    }
  }
}

function resultTitle(result: LastResult): string {
  return describeResult(result).map(say).join(' · ');
}

function profileTitle(request: CbRequest, uri: vscode.Uri, functions: WorkspaceFunctions): string {
  try {
    const profile = profileFor(request, profilesFor(uri, functions));
    return `${profileIcon(profile)} ${profile.name}`;
  } catch (error) {
    if (error instanceof CbError) return `$(warning) ${vscode.l10n.t('unknown profile')}`;
    throw error;
  }
}

/** Where a request goes, and whether it is asked before; what is wrong with its profile. */
function profileTooltip(request: CbRequest, uri: vscode.Uri, functions: WorkspaceFunctions): string {
  try {
    const profile = profileFor(request, profilesFor(uri, functions));
    const guard = profile.protected ? vscode.l10n.t('Protected: asks before each send') : '';
    return [describeProfile(profile), guard].filter((line) => line !== '').join('\n');
  } catch (error) {
    if (isCbError(error)) return say(error.display);
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
