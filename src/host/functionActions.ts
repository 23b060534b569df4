/** Loaded once somebody does something with a function: opens it in the tree, or takes one of its actions. */
import * as vscode from 'vscode';
import { consoleUrl } from '../core/functions/consoleUrl.ts';
import type { FunctionUrl } from '../core/functions/functionUrls.ts';
import type { FunctionReference, NamedFunction, RequestReference } from './contributions.ts';
import type { DeployedFunctions } from './deployedFunctions.ts';
import type { Documents } from './documents.ts';
import { requestsOf, urlsOf } from './functionChildren.ts';
import { findCode } from './functionCode.ts';
import { deployFunction } from './functionDeploy.ts';
import type { FunctionStates } from './functionStates.ts';
import { describeRoute } from './profileFacts.ts';
import { profilesFor } from './profiles.ts';
import type { RequestFiles } from './requestFiles.ts';
import type { Sender } from './sender.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

export { functionChildren, functionTooltip } from './functionChildren.ts';
export { askFilter } from './functionFilter.ts';
export { functionLenses } from './functionLens.ts';

/** What is known of requests that were sent. */
export type SentRequests = Pick<
  Sender,
  'onDidChangeRunning' | 'isRunning' | 'lastResult' | 'recentRuns' | 'reveal'
>;

/** What is known of functions and can be done with them. */
export interface FunctionActionsDeps {
  readonly functions: WorkspaceFunctions;
  readonly deployed: DeployedFunctions;
  /** Undefined where nothing is run on this machine. */
  readonly local?: FunctionStates | undefined;
  readonly sender: SentRequests;
  readonly documents: Documents;
  readonly requestFiles: RequestFiles;
  readonly log: vscode.LogOutputChannel;
}

/** What the commands for functions do. */
export function functionCommands(deps: FunctionActionsDeps) {
  const { functions, sender, documents } = deps;
  return {
    /** Copies a URL of a function; asks which where there are several. @returns what was copied */
    async copyUrl(
      item: { readonly url: string } | { readonly reference: NamedFunction },
    ): Promise<string | undefined> {
      const url = 'url' in item ? item.url : await pickUrl(item.reference, deps);
      if (url === undefined) return undefined;
      await vscode.env.clipboard.writeText(url);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', url), 3000);
      return url;
    },

    deploy: ({ reference }: { readonly reference: FunctionReference }) => deployFunction(reference, deps),

    async openInConsole({ reference }: { readonly reference: NamedFunction }): Promise<void> {
      await functions.folders(); // their envId may be the profile's
      const { active } = profilesFor(reference.resource ?? reference.folder, functions);
      if (active.envId === '') {
        void vscode.window.showWarningMessage(
          vscode.l10n.t('The profile "{0}" names no environment. Set its envId first.', active.name),
        );
        return;
      }
      const listing = deps.deployed.listing(active);
      const isThere = listing === undefined || listing.functions.some(({ name }) => name === reference.name);
      const url = consoleUrl(active, isThere ? reference.name : null);
      await vscode.env.openExternal(vscode.Uri.parse(url));
    },

    async openCode({ reference }: { readonly reference: FunctionReference }): Promise<void> {
      const file = await findCode(reference.folder);
      if (file !== undefined) {
        await vscode.window.showTextDocument(file);
        return;
      }
      deps.log.warn(`No code of ${reference.name} in ${reference.folder.toString()}`);
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The function "{0}" has no code at {1}.', reference.name, reference.folder.path),
      );
    },

    async openBootstrap({ reference }: { readonly reference: FunctionReference }): Promise<void> {
      const file = vscode.Uri.joinPath(reference.folder, 'scf_bootstrap');
      try {
        await vscode.workspace.fs.stat(file);
      } catch {
        void vscode.window.showWarningMessage(
          vscode.l10n.t(
            'The function "{0}" has no scf_bootstrap in {1}.',
            reference.name,
            reference.folder.path,
          ),
        );
        return;
      }
      await vscode.window.showTextDocument(file);
    },

    reveal: ({ reference }: { readonly reference: FunctionReference }) =>
      vscode.commands.executeCommand('revealInExplorer', reference.folder),

    /** Sends a saved request of a function; asks which where there are several. */
    async sendSaved({ reference }: { readonly reference: NamedFunction }): Promise<void> {
      const requests = await requestsOf(reference, deps);
      const items = requests.map(({ uri, request }) => ({
        label: request.label,
        description: `${request.method} ${request.target}`,
        detail: vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
        request: { uri, key: request.key },
      }));
      if (items.length === 0) {
        const create = vscode.l10n.t('New Request');
        const message = vscode.l10n.t('No saved request calls "{0}".', reference.name);
        const answer = await vscode.window.showInformationMessage(message, create);
        if (answer === create) await vscode.commands.executeCommand('cbhttp.newRequest', { reference });
        return;
      }
      const placeHolder = vscode.l10n.t('Which request to "{0}" is sent?', reference.name);
      const picked =
        items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder });
      if (picked !== undefined) await vscode.commands.executeCommand('cbhttp.send', picked.request);
    },

    /** Shows the panel of a run, or the request where the panel is closed. */
    async showRun({ uri, key }: RequestReference): Promise<void> {
      const document = vscode.Uri.parse(uri, true);
      if (sender.reveal(document, key)) return;
      const located = await documents.findOrTell(document, key);
      if (located === undefined) return;
      const { textDocument, placed } = located;
      const at = new vscode.Position(placed.sectionLine + placed.request.line, 0);
      await vscode.window.showTextDocument(textDocument, { selection: new vscode.Range(at, at) });
    },
  };
}

async function pickUrl(reference: NamedFunction, deps: FunctionActionsDeps): Promise<string | undefined> {
  const urls = await urlsOf(reference, deps);
  if (urls.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The function "{0}" has no address with the active profile.', reference.name),
    );
  }
  if (urls.length <= 1) return urls[0]?.url;
  const items = urls.map((one: FunctionUrl) => ({ label: describeRoute(one.route), description: one.url }));
  const placeHolder = vscode.l10n.t('Which URL is copied?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.description;
}
