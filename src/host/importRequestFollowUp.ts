import * as vscode from 'vscode';
import { parseCbhttp } from '../core/cbhttp/parse.ts';
import { placedRequests } from '../core/cbhttp/document.ts';
import { isCbError } from '../core/errors.ts';
import { createHoles, sayText } from '../core/import/holes.ts';
import { importCode, writeImported } from '../core/import/importCode.ts';
import type { Imported, ImportedRequest } from '../core/import/imported.ts';
import { profileOf } from '../core/profiles/profileFor.ts';
import { addressTarget } from '../core/profiles/target.ts';
import type { GivenProfile, SecretReference } from './contributions.ts';
import { surroundingsOf, type ImportDeps } from './importRequestSurroundings.ts';
import { say } from './translate.ts';

/** Requests that were imported, and the document they went into. */
export interface InsertedImport {
  readonly document: vscode.TextDocument;
  readonly code: string;
  readonly imported: Imported;
  /** As it was written, line ends as LF; what stands around it is left out. */
  readonly text: string;
}

/** Offers what an import leaves open: a profile for its environment, a place for its secrets. Waits for nothing. */
export function followUp(inserted: InsertedImport, deps: ImportDeps): void {
  const envIds = new Set(inserted.imported.requests.flatMap(({ envId }) => envId ?? []));
  const offers = [...envIds].map((envId) => offerProfile(envId, inserted, deps));
  for (const offer of [...offers, offerSecrets(inserted, deps)]) {
    offer.catch((error: unknown) => {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    });
  }
}

async function offerProfile(envId: string, inserted: InsertedImport, deps: ImportDeps): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const button = vscode.l10n.t('Add Profile…');
  const message = vscode.l10n.t('No profile has the environment "{0}" of the code.', envId);
  if ((await vscode.window.showInformationMessage(message, button)) !== button) return;
  const folder = vscode.workspace.getWorkspaceFolder(inserted.document.uri);
  const given: GivenProfile = { route: 'gateway', envId, ...(folder && { uri: folder.uri.toString() }) };
  const added = await vscode.commands.executeCommand<string | undefined>('cbhttp.addProfile', given);
  if (added === undefined) return;
  // With the profile, the same code is another request.
  const { document, code, text } = inserted;
  const anew = importCode(code, surroundingsOf(document.uri, deps));
  await replaceText(document, text, writeImported(anew.requests, say));
}

async function offerSecrets({ document, imported }: InsertedImport, deps: ImportDeps): Promise<void> {
  const secrets = imported.requests.flatMap((request) =>
    request.secrets.map((secret) => ({ request, ...secret })),
  );
  if (secrets.length === 0) return;
  const keep = vscode.l10n.t('Keep as Secret…');
  const write = vscode.l10n.t('Write into File');
  const message = vscode.l10n.t(
    'What looks like a secret is not in the file: {0}. It is asked for when the request is sent.',
    [...new Set(secrets.map(({ name }) => name))].join(', '),
  );
  const buttons = vscode.workspace.isTrusted ? [keep, write] : [write];
  const picked = await vscode.window.showInformationMessage(message, ...buttons);
  for (const { request, name, value } of secrets) {
    if (picked === keep) {
      await vscode.commands.executeCommand(
        'cbhttp.setSecret',
        secretReference(name, value, request, document, deps),
      );
    } else if (picked === write) {
      await replaceText(document, `{{$secret ${name}}}`, sayText(value, createHoles()));
    }
  }
}

/** Where the secret of a request belongs: its profile, and the origin it goes to. */
function secretReference(
  name: string,
  value: string,
  { text }: ImportedRequest,
  document: vscode.TextDocument,
  deps: ImportDeps,
): SecretReference {
  const { profiles } = surroundingsOf(document.uri, deps);
  const request = placedRequests(parseCbhttp(text))[0]?.request;
  const profile = (request && profileOf(request, profiles)) ?? profiles.active;
  const reference = { uri: document.uri.toString(), profile: profile.name, name, value };
  if (request === undefined) return reference;
  try {
    const { routes } = deps.functions.configOf(document.uri);
    const { url } = addressTarget(request.target.replace(/[?#][^]*$/, ''), { profile, routes });
    return { ...reference, origin: new URL(url).origin };
  } catch (error) {
    if (isCbError(error)) return reference;
    throw error;
  }
}

/** Every place of the text, as far as it is still there. */
async function replaceText(document: vscode.TextDocument, text: string, replacement: string): Promise<void> {
  const isCrlf = document.eol === vscode.EndOfLine.CRLF;
  const wanted = isCrlf ? text.replaceAll('\n', '\r\n') : text;
  const whole = document.getText();
  const edit = new vscode.WorkspaceEdit();
  for (let at = whole.indexOf(wanted); at !== -1; at = whole.indexOf(wanted, at + wanted.length)) {
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + wanted.length));
    edit.replace(document.uri, range, replacement);
  }
  await vscode.workspace.applyEdit(edit);
}
