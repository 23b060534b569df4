/** Loaded when a credential is first asked for, or told of. */
import * as vscode from 'vscode';
import type { Transport } from '../core/ports.ts';
import type { CredentialEntry } from '../core/profiles/credentials/given.ts';
import { KeptCredentials } from '../net/keptCredentials.ts';
import { createTokenSource, type TokenSource } from '../net/tokens.ts';
import { untilAborted } from './cancelling.ts';
import { askForCredential } from './credentialInput.ts';
import { describeKind } from './credentialKinds.ts';
import { createDeviceId } from './deviceId.ts';
import { askOtherOrigin } from './originConsent.ts';

/** In the workspace's memory: where the login of the `tcb` command may be used. */
const CLI_KEY = 'cbhttp.cliLogin';

export interface EditorCredentialsDeps {
  readonly storage: vscode.SecretStorage;
  readonly workspaceState: vscode.Memento;
  readonly transport: Transport;
  /** `name/version`. */
  readonly userAgent: string;
}

/** What was entered into the editor's secret storage, and the tokens got with it. */
export function openKeptCredentials(
  { storage, workspaceState, transport, userAgent }: EditorCredentialsDeps,
  onDidChange: () => void,
): { readonly kept: KeptCredentials; readonly tokens: TokenSource } {
  const tokens = createTokenSource({ transport, storage, deviceId: createDeviceId(storage), userAgent });
  const kept = new KeptCredentials({
    storage,
    tokens,
    cliLeaves: {
      read: () => workspaceState.get<string>(CLI_KEY),
      write: (text) => workspaceState.update(CLI_KEY, text),
    },
    questions: {
      enter: (entry, signal) => untilAborted(signal, (token) => askForCredential(entry, token)),
      otherOrigin: (entry, entered) =>
        askOtherOrigin({ ...entry, what: describeKind(entry.kind) }, entered, entry.origins),
      useCliLogin: askForCliLogin,
      describe: describeKind,
    },
    onDidChange,
  });
  return { kept, tokens };
}

async function askForCliLogin({ profile, envId, origins }: CredentialEntry): Promise<boolean> {
  const question = vscode.l10n.t(
    'Use the login of the tcb command for the profile "{0}" in this workspace?',
    profile,
  );
  const detail = [
    vscode.l10n.t('Environment: {0}', envId),
    vscode.l10n.t('Tokens got with it go to {0}.', origins.join(', ')),
    vscode.l10n.t('The login is only read, never changed or shown.'),
  ].join('\n');
  const use = vscode.l10n.t('Use It');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, use)) === use;
}
