import * as vscode from 'vscode';
import { registerCodeLens } from './host/codeLens.ts';
import { registerCommand } from './host/contributions.ts';
import { createCredentials, registerCredentials } from './host/credentials.ts';
import { registerDiagnostics } from './host/diagnostics.ts';
import { Documents } from './host/documents.ts';
import { registerFunctionsTree } from './host/functionsTree.ts';
import { registerNewRequest } from './host/newRequest.ts';
import { registerProfiles } from './host/profiles.ts';
import { registerSendCommands } from './host/sendCommands.ts';
import { Sender } from './host/sender.ts';
import { monotonicClock } from './net/clock.ts';
import { createHttpTransport } from './net/httpTransport.ts';

/** Builds and wires; does no I/O and awaits nothing. The subscriptions own everything. */
export function activate({
  extension,
  extensionUri,
  globalState,
  secrets,
  subscriptions,
  workspaceState,
}: vscode.ExtensionContext): void {
  const { version } = extension.packageJSON as { version: string };
  const log = vscode.window.createOutputChannel('CloudBase HTTP Functions', { log: true });
  const documents = new Documents();
  const sender = new Sender({
    extensionUri,
    ports: { transport: createHttpTransport(), clock: monotonicClock },
    secrets: createCredentials(secrets),
    log,
    userAgent: `cbhttp/${version}`,
    memory: workspaceState,
    locate: (uri, key) => documents.find(uri, key),
    loadJsonPath: async () => (await import('./net/jsonPath.ts')).createJsonPathEngine(),
  });
  subscriptions.push(
    log,
    sender,
    registerSendCommands(documents, sender),
    registerCodeLens(documents, sender, globalState),
    registerDiagnostics(documents),
    registerProfiles(log),
    registerCredentials(secrets),
    registerFunctionsTree(log),
    registerNewRequest(),
    registerCommand('cbhttp.showLog', () => log.show()),
  );
}
