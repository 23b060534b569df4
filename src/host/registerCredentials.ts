import type * as vscode from 'vscode';
import { registerCommand } from './contributions.ts';
import type { Credentials } from './credentials.ts';
import { DisposableStore } from './disposableStore.ts';
import type { OriginConsents } from './originConsent.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** The commands that set and forget credentials and sign out, loaded on first use. */
export function registerCredentials(
  credentials: Credentials,
  consents: OriginConsents,
  functions: WorkspaceFunctions,
): vscode.Disposable {
  const store = new DisposableStore();
  const load = async () =>
    (await import('./credentialCommands.ts')).credentialCommands(credentials, consents, functions);
  store.add(registerCommand('cbhttp.setCredential', async (profile) => (await load()).set(profile)));
  store.add(registerCommand('cbhttp.forgetCredential', async (profile) => (await load()).forget(profile)));
  store.add(registerCommand('cbhttp.signOut', async (profile) => (await load()).signOut(profile)));
  return store;
}
