import * as vscode from 'vscode';
import type { Auth, Route } from '../core/profiles/profile.ts';

/**
 * Every id that also stands in package.json. A unit test compares both ways.
 */
export const commandIds = [
  'cbhttp.send',
  'cbhttp.cancel',
  'cbhttp.resume',
  'cbhttp.copyUrl',
  'cbhttp.sendAll',
  'cbhttp.newRequestFile',
  'cbhttp.newRequest',
  'cbhttp.openFunction',
  'cbhttp.refreshFunctions',
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
  'cbhttp.showLog',
] as const;
export type CommandId = (typeof commandIds)[number];

export const settingIds = [
  'cbhttp.profiles',
  'cbhttp.activeProfile',
  'cbhttp.stream.location',
  'cbhttp.stream.memoryLimitMb',
  'cbhttp.stream.textPath',
  'cbhttp.associateHttpFiles',
  'cbhttp.inlayHints.enabled',
  'cbhttp.format.jsonBodies',
] as const;
export type SettingId = (typeof settingIds)[number];

export const viewIds = {
  functions: 'cbhttp.functions',
  profiles: 'cbhttp.profiles',
  stream: 'cbhttp.streamView',
} as const;
export const languageId = 'cbhttp';
export const panelViewType = 'cbhttp.stream';

/** The request a lens, a keybinding or a menu means; without one, that under the cursor of the active editor. */
export interface RequestReference {
  /** `vscode.Uri.toString()` of the document. */
  readonly uri: string;
  /** See `requestKeys`. */
  readonly key: string;
}

/** The function a tree item stands for. */
export interface FunctionReference {
  readonly name: string;
  /** The function's folder. */
  readonly folder: vscode.Uri;
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

/** What each command is called with. */
export interface CommandArguments {
  'cbhttp.send': [reference?: RequestReference | vscode.Uri];
  'cbhttp.cancel': [reference?: RequestReference];
  'cbhttp.resume': [reference?: RequestReference];
  'cbhttp.copyUrl': [reference?: RequestReference];
  'cbhttp.sendAll': [];
  'cbhttp.newRequestFile': [];
  'cbhttp.newRequest': [item: { readonly reference: FunctionReference }];
  'cbhttp.openFunction': [item: { readonly reference: FunctionReference }];
  'cbhttp.refreshFunctions': [];
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
