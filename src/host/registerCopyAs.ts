import * as vscode from 'vscode';
import type { CredentialStore, OriginConsent } from '../core/ports.ts';
import type { ListRoutes } from '../core/profiles/prepare.ts';
import { registerCommand, type RequestReference } from './contributions.ts';
import type { Documents, LocatedRequest } from './documents.ts';
import type { LocalFunctions } from './localFunctions.ts';
import { profilesFor } from './profiles.ts';
import type { RequestPortsDeps } from './requestPorts.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What a request is prepared with. */
export interface CopyAsDeps extends RequestPortsDeps {
  readonly credentials: CredentialStore;
  readonly consent: OriginConsent;
  readonly functions: WorkspaceFunctions;
  readonly local: LocalFunctions;
  readonly listRoutes: ListRoutes;
  /** `name/version`. */
  readonly userAgent: string;
}

/** The same for the file that is loaded: what the entry has needs not be there twice. */
export interface CopyAsParts extends CopyAsDeps {
  readonly profilesFor: typeof profilesFor;
}

/** The command that copies a request as code, loaded on first use. */
export function registerCopyAs(documents: Documents, deps: CopyAsDeps): vscode.Disposable {
  return registerCommand('cbhttp.copyAs', async (reference, given = {}) => {
    const located = await locate(documents, reference);
    if (located === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no request here. Put the cursor into a request of a .cbhttp file.'),
      );
      return;
    }
    await (await import('./copyAs.ts')).copyAs(located, given, { ...deps, profilesFor });
  });
}

/** The request that is meant; a menu hands over the file, which means the one under the cursor. */
async function locate(
  documents: Documents,
  reference: RequestReference | vscode.Uri | undefined,
): Promise<LocatedRequest | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (reference !== undefined && 'key' in reference) {
    return documents.find(vscode.Uri.parse(reference.uri, true), reference.key);
  }
  return editor && documents.atCursor(editor);
}
