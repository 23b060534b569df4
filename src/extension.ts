import * as vscode from 'vscode';
import { registerCodeLens } from './host/codeLens.ts';
import { registerCompareCommands } from './host/compareCommands.ts';
import { registerCommand } from './host/contributions.ts';
import { registerCookies } from './host/cookies.ts';
import { Credentials } from './host/credentials.ts';
import { Documents } from './host/documents.ts';
import { WorkspaceExchanges } from './host/exchangeMemory.ts';
import { editorProxy } from './host/editorProxy.ts';
import { registerFirstSteps } from './host/firstSteps.ts';
import { registerFunctionChecks } from './host/functionChecks.ts';
import { registerFunctionsTree } from './host/functionsTree.ts';
import { registerFunctionLogs } from './host/registerFunctionLogs.ts';
import { createHistory, registerHistory } from './host/registerHistory.ts';
import { registerHttpAssociation } from './host/httpAssociation.ts';
import { registerFunctionLens } from './host/registerFunctionLens.ts';
import { registerImportRequest } from './host/registerImportRequest.ts';
import { registerLanguageFeatures } from './host/languageFeatures.ts';
import { LocalFunctions } from './host/localFunctions.ts';
import { registerLocalFunctions } from './host/registerLocalFunctions.ts';
import { registerNewRequest } from './host/newRequest.ts';
import { OriginConsents } from './host/originConsent.ts';
import { registerCopyAs } from './host/registerCopyAs.ts';
import { registerProfiles } from './host/profiles.ts';
import { registerProfilesView } from './host/profilesView.ts';
import { registerCredentials } from './host/registerCredentials.ts';
import { RequestFiles } from './host/requestFiles.ts';
import { registerSecrets, Secrets } from './host/secrets.ts';
import { registerSendCommands } from './host/sendCommands.ts';
import { Sender } from './host/sender.ts';
import { WorkspaceFunctions } from './host/workspaceFunctions.ts';
import { monotonicClock } from './net/clock.ts';
import { createCookieJars } from './net/cookieJars.ts';
import { createHttpTransport } from './net/httpTransport.ts';
import { createListedRoutes } from './net/listedRoutes.ts';

/** Builds and wires; does no I/O and awaits nothing. The subscriptions own everything. */
export function activate({
  extension,
  extensionUri,
  globalState,
  globalStorageUri,
  secrets: storage,
  storageUri,
  subscriptions,
  workspaceState,
}: vscode.ExtensionContext): void {
  const { version } = extension.packageJSON as { version: string };
  const log = vscode.window.createOutputChannel('CloudBase HTTP Functions', { log: true });
  const documents = new Documents();
  const secrets = new Secrets(storage);
  const exchanges = new WorkspaceExchanges();
  const functions = new WorkspaceFunctions(log);
  const local = new LocalFunctions({ functions, extensionUri, log });
  const transport = createHttpTransport({ editor: editorProxy, environment: process.env });
  const userAgent = `cbhttp/${version}`;
  const credentials = new Credentials({ storage, workspaceState, transport, userAgent });
  const consent = new OriginConsents(globalState);
  const cookieJar = createCookieJars();
  const logs = { functions, local, transport, credentials, secrets, log };
  const history = createHistory({
    storage: storageUri ?? globalStorageUri,
    log,
    replay: (kept) => sender.replay(kept),
  });
  const listRoutes = createListedRoutes({
    transport,
    accountKey: (profile, options) => credentials.accountKey(profile, options),
  });
  const loadJsonPath = async () => (await import('./net/jsonPath.ts')).createJsonPathEngine();
  const sender: Sender = new Sender({
    extensionUri,
    ports: { transport, cookieJar, clock: monotonicClock },
    credentials,
    consent,
    functions,
    local,
    listRoutes,
    secrets,
    exchanges,
    log,
    userAgent,
    memory: workspaceState,
    locate: (uri, key) => documents.findOrTell(uri, key),
    loadJsonPath,
    logs,
    history,
  });
  const requestFiles = new RequestFiles(documents, log);
  const ofFunctions = {
    functions,
    local,
    sender,
    documents,
    requestFiles,
    log,
    transport,
    credentials,
    secrets,
    cacheDir: vscode.Uri.joinPath(globalStorageUri, 'deployed').fsPath,
  };
  subscriptions.push(
    log,
    documents,
    secrets,
    exchanges,
    functions,
    local,
    history, // before the sender: what still runs is kept as ended by the window
    sender,
    transport,
    registerHistory(history, {
      show: (run) => sender.panels.showKept(run),
      reveal: (id) => sender.panels.revealRun(id),
    }),
    registerSendCommands(documents, sender),
    registerCopyAs(documents, {
      memory: workspaceState,
      secrets,
      exchanges,
      loadJsonPath,
      credentials,
      consent,
      functions,
      local,
      listRoutes,
      userAgent,
    }),
    registerCodeLens(documents, sender, functions, globalState),
    registerCompareCommands({ documents, sender, functions, local, history, extensionUri, log }),
    registerProfiles({ functions, credentials, secrets, log }),
    registerProfilesView({ functions, credentials, secrets, transport, log, userAgent }),
    credentials,
    registerCredentials(credentials, consent, functions),
    registerSecrets(secrets, functions),
    registerCookies(cookieJar, functions),
    requestFiles,
    registerFunctionsTree(ofFunctions),
    registerFunctionLens(ofFunctions),
    registerFunctionLogs({ ...logs, extensionUri }),
    registerLocalFunctions(local, functions),
    registerFirstSteps({ functions, local, sender, log }),
    registerFunctionChecks({ functions, log }),
    registerNewRequest(),
    registerImportRequest({ functions, secrets }),
    registerHttpAssociation(),
    registerLanguageFeatures({
      documents,
      requestFiles,
      functions,
      local,
      exchanges,
      secrets,
      log,
      userSettings: vscode.Uri.joinPath(globalStorageUri, '../../settings.json'),
    }),
    registerCommand('cbhttp.showLog', () => log.show()),
  );
}
