import * as vscode from 'vscode';
import type { TemplateId } from '../core/functions/scaffold/scaffold.ts';
import type { Auth, Route } from '../core/profiles/profile.ts';
import type { SentRoute } from '../core/profiles/sentRoute.ts';
import type { HistoryReference } from './historySource.ts';

/**
 * Every id that also stands in package.json. A unit test compares both ways.
 */
export const commandIds = [
  'cbhttp.send',
  'cbhttp.cancel',
  'cbhttp.resume',
  'cbhttp.compareRuns',
  'cbhttp.compareWithPrevious',
  'cbhttp.sendAndCompare',
  'cbhttp.copyUrl',
  'cbhttp.copyAs',
  'cbhttp.sendAll',
  'cbhttp.newFunction',
  'cbhttp.openFirstSteps',
  'cbhttp.newRequestFile',
  'cbhttp.newRequest',
  'cbhttp.importRequest',
  'cbhttp.addWxTypes',
  'cbhttp.openFunction',
  'cbhttp.runFunction',
  'cbhttp.debugFunction',
  'cbhttp.stopFunction',
  'cbhttp.restartFunction',
  'cbhttp.refreshFunctions',
  'cbhttp.filterFunctions',
  'cbhttp.clearFunctionFilter',
  'cbhttp.retryDeployed',
  'cbhttp.sendSaved',
  'cbhttp.copyFunctionUrl',
  'cbhttp.deployFunction',
  'cbhttp.viewFunctionLogs',
  'cbhttp.openInConsole',
  'cbhttp.openBootstrap',
  'cbhttp.revealFunction',
  'cbhttp.showRun',
  'cbhttp.switchProfile',
  'cbhttp.addProfile',
  'cbhttp.editProfile',
  'cbhttp.duplicateProfile',
  'cbhttp.deleteProfile',
  'cbhttp.setActiveProfile',
  'cbhttp.checkProfile',
  'cbhttp.importProfiles',
  'cbhttp.setCredential',
  'cbhttp.forgetCredential',
  'cbhttp.signOut',
  'cbhttp.showCookies',
  'cbhttp.clearCookies',
  'cbhttp.setSecret',
  'cbhttp.listSecrets',
  'cbhttp.deleteSecret',
  'cbhttp.openHistoryRun',
  'cbhttp.saveHistoryRun',
  'cbhttp.pinHistoryRun',
  'cbhttp.unpinHistoryRun',
  'cbhttp.deleteHistoryRun',
  'cbhttp.filterHistory',
  'cbhttp.clearHistoryFilter',
  'cbhttp.clearHistory',
  'cbhttp.showLog',
] as const;
export type CommandId = (typeof commandIds)[number];

export const settingIds = [
  'cbhttp.profiles',
  'cbhttp.activeProfile',
  'cbhttp.stream.location',
  'cbhttp.stream.memoryLimitMb',
  'cbhttp.stream.textPath',
  'cbhttp.history.maxRuns',
  'cbhttp.history.maxMegabytes',
  'cbhttp.functions.restartOnSave',
  'cbhttp.associateHttpFiles',
  'cbhttp.inlayHints.enabled',
  'cbhttp.format.jsonBodies',
] as const;
export type SettingId = (typeof settingIds)[number];

export const viewIds = {
  functions: 'cbhttp.functions',
  profiles: 'cbhttp.profiles',
  history: 'cbhttp.history',
  stream: 'cbhttp.streamView',
} as const;
/** Context keys of `when` clauses. */
export const contextKeys = {
  functionsFiltered: 'cbhttp.functionsFiltered',
  /** The tree would have nothing but the wish for a credential. */
  credentialMissing: 'cbhttp.credentialMissing',
  historyFiltered: 'cbhttp.historyFiltered',
  // The walkthrough's steps; what is done stays done.
  hasFunctions: 'cbhttp.hasFunctions',
  hasRunFunction: 'cbhttp.hasRunFunction',
  hasSent: 'cbhttp.hasSent',
  hasStreamed: 'cbhttp.hasStreamed',
} as const;
export const extensionId = 'cbhttp.cbhttp';
export const walkthroughId = 'cbhttp.cbhttp#firstSteps';
export const languageId = 'cbhttp';
export const panelViewType = 'cbhttp.stream';
export const comparisonViewType = 'cbhttp.comparison';

/** The request a lens, a keybinding or a menu means; without one, that under the cursor of the active editor. */
export interface RequestReference {
  /** `vscode.Uri.toString()` of the document. */
  readonly uri: string;
  /** See `requestKeys`. */
  readonly key: string;
}

/** A request that is sent twice, and how; what is left out is asked. */
export interface GivenComparison extends Partial<RequestReference> {
  /** Two profiles that it is sent with. */
  readonly profiles?: readonly [string, string];
  /** The key of another request of the file that is sent along. */
  readonly with?: string;
}

/** The function a tree item stands for. */
export interface FunctionReference {
  readonly name: string;
  /** The function's folder. */
  readonly folder: vscode.Uri;
}

/** A function of the tree, which may only be deployed. */
export interface NamedFunction {
  readonly name: string;
  /** Undefined for one that is only deployed. */
  readonly folder?: vscode.Uri;
  /** The workspace folder whose profile holds. */
  readonly resource?: vscode.Uri;
}

/** A profile that is meant; without one, it is asked. */
export interface ProfileReference {
  readonly profile: string;
  /** `vscode.Uri.toString()` of the document or folder whose settings hold. */
  readonly uri?: string;
}

/** A profile to be added; what is left out is asked. */
export interface GivenProfile {
  readonly name?: string;
  readonly route?: Route;
  readonly envId?: string;
  readonly baseUrl?: string;
  readonly auth?: Auth;
  readonly protected?: boolean;
  /** `vscode.Uri.toString()` of a folder whose settings it goes to. */
  readonly uri?: string;
}

/** A function to be made; what is left out is asked. */
export interface GivenFunction {
  readonly name?: string;
  readonly template?: TemplateId;
  /** Whether npm is run for its packages. */
  readonly installs?: boolean;
  /** `vscode.Uri.toString()` of the workspace folder it goes to. */
  readonly uri?: string;
}

/** Code to be imported as requests; without it, that of the selection or the clipboard, else it is asked. */
export interface GivenCode {
  readonly code?: string;
}

/** Where profiles are imported from; what is left out is asked. */
export interface GivenImport {
  /** `vscode.Uri.toString()` of a folder whose files and settings it is about. */
  readonly uri?: string;
  /** Paths of files in that folder, or `owner: setting`. */
  readonly from?: readonly string[];
}

/** A secret to be entered; what is left out is asked. */
export interface SecretReference {
  readonly name?: string;
  /** What the question begins with, hidden: a token that stood in the text. */
  readonly value?: string;
  readonly profile?: string;
  /** Where it is sent, as a WHATWG origin; else that of the profile. */
  readonly origin?: string;
  /** `vscode.Uri.toString()` of the document whose settings hold. */
  readonly uri?: string;
}

/** How a request is copied as code; what is left out is asked. */
export interface GivenTarget {
  /** An `id` of `codeTargets`. */
  readonly target?: string;
  /** Shows the code in an editor instead. */
  readonly opens?: boolean;
  /** The profile it goes to, in place of the usual one. */
  readonly profile?: string;
  /** The route it goes by, in place of the profile's. */
  readonly route?: SentRoute;
}

/** What each command is called with. */
export interface CommandArguments {
  'cbhttp.send': [reference?: RequestReference | vscode.Uri];
  'cbhttp.cancel': [reference?: RequestReference];
  'cbhttp.resume': [reference?: RequestReference];
  'cbhttp.compareRuns': [item?: HistoryReference, items?: readonly HistoryReference[]];
  'cbhttp.compareWithPrevious': [run?: RequestReference | { readonly runId: number }];
  'cbhttp.sendAndCompare': [given?: GivenComparison | vscode.Uri];
  'cbhttp.copyUrl': [reference?: RequestReference];
  'cbhttp.copyAs': [reference?: RequestReference | vscode.Uri, given?: GivenTarget];
  'cbhttp.sendAll': [];
  'cbhttp.newFunction': [given?: GivenFunction];
  'cbhttp.openFirstSteps': [];
  'cbhttp.newRequestFile': [];
  'cbhttp.newRequest': [item: { readonly reference: NamedFunction }];
  'cbhttp.importRequest': [given?: GivenCode | vscode.Uri];
  'cbhttp.addWxTypes': [given?: { readonly uri?: string }];
  'cbhttp.openFunction': [item: { readonly reference: FunctionReference }];
  'cbhttp.runFunction': [item?: { readonly reference: FunctionReference }];
  'cbhttp.debugFunction': [item?: { readonly reference: FunctionReference }];
  'cbhttp.stopFunction': [item?: { readonly reference: FunctionReference }];
  'cbhttp.restartFunction': [item?: { readonly reference: FunctionReference }];
  'cbhttp.refreshFunctions': [];
  'cbhttp.filterFunctions': [filter?: { readonly text?: string; readonly kinds?: readonly string[] }];
  'cbhttp.clearFunctionFilter': [];
  'cbhttp.retryDeployed': [reference?: ProfileReference];
  'cbhttp.sendSaved': [item: { readonly reference: NamedFunction }];
  'cbhttp.copyFunctionUrl': [item: { readonly url: string } | { readonly reference: NamedFunction }];
  'cbhttp.deployFunction': [item: { readonly reference: FunctionReference }];
  'cbhttp.viewFunctionLogs': [item: { readonly reference: NamedFunction }];
  'cbhttp.openInConsole': [item: { readonly reference: NamedFunction }];
  'cbhttp.openBootstrap': [item: { readonly reference: FunctionReference }];
  'cbhttp.revealFunction': [item: { readonly reference: FunctionReference }];
  'cbhttp.showRun': [run: RequestReference];
  'cbhttp.switchProfile': [resource?: string];
  'cbhttp.addProfile': [given?: GivenProfile];
  'cbhttp.editProfile': [reference?: ProfileReference];
  'cbhttp.duplicateProfile': [reference?: ProfileReference];
  'cbhttp.deleteProfile': [reference?: ProfileReference];
  'cbhttp.setActiveProfile': [reference: ProfileReference];
  'cbhttp.checkProfile': [reference?: ProfileReference];
  'cbhttp.importProfiles': [given?: GivenImport];
  'cbhttp.setCredential': [reference?: ProfileReference];
  'cbhttp.forgetCredential': [reference?: ProfileReference];
  'cbhttp.signOut': [reference?: ProfileReference];
  'cbhttp.showCookies': [reference?: ProfileReference];
  'cbhttp.clearCookies': [reference?: ProfileReference];
  'cbhttp.setSecret': [reference?: SecretReference];
  'cbhttp.listSecrets': [];
  'cbhttp.deleteSecret': [];
  'cbhttp.openHistoryRun': [item?: HistoryReference];
  'cbhttp.saveHistoryRun': [item?: HistoryReference];
  'cbhttp.pinHistoryRun': [item?: HistoryReference, items?: readonly HistoryReference[]];
  'cbhttp.unpinHistoryRun': [item?: HistoryReference, items?: readonly HistoryReference[]];
  'cbhttp.deleteHistoryRun': [item?: HistoryReference, items?: readonly HistoryReference[]];
  'cbhttp.filterHistory': [text?: string];
  'cbhttp.clearHistoryFilter': [];
  'cbhttp.clearHistory': [];
  'cbhttp.showLog': [];
}

/** Registers a command's handler under its id. */
export function registerCommand<Id extends CommandId>(
  id: Id,
  handler: (...args: CommandArguments[Id]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, handler);
}

/** A command to be shown, with its arguments. */
export function asCommand<Id extends CommandId>(
  command: Id,
  title: string,
  args: CommandArguments[Id],
): vscode.Command {
  return { command, title, arguments: args };
}

/** A setting's value as the user wrote it: `unknown`, since settings are somebody's text. */
export function readSetting(id: SettingId, resource?: vscode.ConfigurationScope): unknown {
  return vscode.workspace.getConfiguration(undefined, resource ?? null).get(id);
}
