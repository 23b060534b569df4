import * as vscode from 'vscode';
import { registerCodeLens } from './host/codeLens.ts';
import { registerCommand } from './host/contributions.ts';
import { registerCookies } from './host/cookies.ts';
import { Credentials } from './host/credentials.ts';
import { createDeviceId } from './host/deviceId.ts';
import { Documents } from './host/documents.ts';
import { WorkspaceExchanges } from './host/exchangeMemory.ts';
import { editorProxy } from './host/editorProxy.ts';
import { registerFunctionsTree } from './host/functionsTree.ts';
import { registerHttpAssociation } from './host/httpAssociation.ts';
import { registerLanguageFeatures } from './host/languageFeatures.ts';
import { registerNewRequest } from './host/newRequest.ts';
import { OriginConsents } from './host/originConsent.ts';
import { registerProfiles } from './host/profiles.ts';
import { registerProfilesView } from './host/profilesView.ts';
import { registerCredentials } from './host/registerCredentials.ts';
import { registerSecrets, Secrets } from './host/secrets.ts';
import { registerSendCommands } from './host/sendCommands.ts';
import { Sender } from './host/sender.ts';
import { WorkspaceFunctions } from './host/workspaceFunctions.ts';
import { monotonicClock } from './net/clock.ts';
import { createCookieJars } from './net/cookieJars.ts';
import { createHttpTransport } from './net/httpTransport.ts';
import { createListedRoutes } from './net/listedRoutes.ts';
import { createTokenSource } from './net/tokens.ts';

/** Builds and wires; does no I/O and awaits nothing. The subscriptions own everything. */
export function activate({
  extension,
  extensionUri,
  globalState,
  globalStorageUri,
  secrets: storage,
  subscriptions,
  workspaceState,
}: vscode.ExtensionContext): void {
  const { version } = extension.packageJSON as { version: string };
  const log = vscode.window.createOutputChannel('CloudBase HTTP Functions', { log: true });
  const documents = new Documents();
  const secrets = new Secrets(storage);
  const exchanges = new WorkspaceExchanges();
  const functions = new WorkspaceFunctions();
  const transport = createHttpTransport({ editor: editorProxy, environment: process.env });
  const userAgent = `cbhttp/${version}`;
  const tokens = createTokenSource({ transport, storage, deviceId: createDeviceId(storage), userAgent });
  const credentials = new Credentials({ storage, workspaceState, tokens });
  const consent = new OriginConsents(globalState);
  const cookieJar = createCookieJars();
  const sender = new Sender({
    extensionUri,
    ports: { transport, cookieJar, clock: monotonicClock },
    credentials,
    consent,
    functions,
    listRoutes: createListedRoutes({
      transport,
      accountKey: (profile, options) => credentials.accountKey(profile, options),
    }),
    secrets,
    exchanges,
    log,
    userAgent,
    memory: workspaceState,
    locate: (uri, key) => documents.find(uri, key),
    loadJsonPath: async () => (await import('./net/jsonPath.ts')).createJsonPathEngine(),
  });
  subscriptions.push(
    log,
    documents,
    secrets,
    exchanges,
    functions,
    sender,
    transport,
    registerSendCommands(documents, sender),
    registerCodeLens(documents, sender, functions, globalState),
    registerProfiles({ functions, credentials, secrets, log }),
    registerProfilesView({ functions, credentials, secrets, transport, log, userAgent }),
    credentials,
    registerCredentials(credentials, consent, functions),
    registerSecrets(secrets, functions),
    registerCookies(cookieJar, functions),
    registerFunctionsTree(functions, log),
    registerNewRequest(),
    registerHttpAssociation(),
    registerLanguageFeatures({
      documents,
      functions,
      exchanges,
      secrets,
      log,
      userSettings: vscode.Uri.joinPath(globalStorageUri, '../../settings.json'),
    }),
    registerCommand('cbhttp.showLog', () => log.show()),
  );
}
