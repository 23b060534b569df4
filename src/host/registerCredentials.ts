import type * as vscode from 'vscode';
import { registerCommand } from './contributions.ts';
import { credentialCommands } from './credentialCommands.ts';
import type { Credentials } from './credentials.ts';
import { DisposableStore } from './disposableStore.ts';
import type { OriginConsents } from './originConsent.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** The commands that set and forget credentials and sign out. */
export function registerCredentials(
  credentials: Credentials,
  consents: OriginConsents,
  functions: WorkspaceFunctions,
): vscode.Disposable {
  const store = new DisposableStore();
  const commands = credentialCommands(credentials, consents, functions);
  store.add(registerCommand('cbhttp.setCredential', (profile) => commands.set(profile)));
  store.add(registerCommand('cbhttp.forgetCredential', (profile) => commands.forget(profile)));
  store.add(registerCommand('cbhttp.signOut', (profile) => commands.signOut(profile)));
  return store;
}
