import * as vscode from 'vscode';
import type { OutsideVariable } from '../../core/cbhttp/navigate/outsideDefinition.ts';
import {
  variableInDotenv,
  variableInSettings,
  type VariablePlace,
} from '../../core/profiles/variablePlace.ts';
import { toRange } from '../documents.ts';

/** Asks for a variable's value and writes it to a profile, where the setting `cbhttp.profiles` stands. */
export async function setProfileVariable(resource: vscode.Uri, profile: string, name: string): Promise<void> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Profile "{0}"', profile),
    prompt: vscode.l10n.t('The value of the variable {0}', name),
    ignoreFocusOut: true,
  });
  if (value === undefined) return;
  const configuration = vscode.workspace.getConfiguration('cbhttp', resource);
  const where = configuration.inspect<unknown>('profiles');
  const [target, written] =
    where?.workspaceFolderValue !== undefined
      ? [vscode.ConfigurationTarget.WorkspaceFolder, where.workspaceFolderValue]
      : where?.workspaceValue !== undefined || where?.globalValue === undefined
        ? [defaultTarget(), where?.workspaceValue]
        : [vscode.ConfigurationTarget.Global, where.globalValue];
  await configuration.update('profiles', withVariable(written, profile, name, value), target);
}

/** Where a variable that a document uses gets its value: in the settings that win, or in `.env`. */
export async function outsideLocation(
  resource: vscode.Uri,
  { kind, profile, name }: OutsideVariable,
  userSettings: vscode.Uri,
): Promise<vscode.Location | undefined> {
  const files = kind === 'dotenv' ? dotenvFiles(resource) : settingsFiles(resource, userSettings);
  for (const file of files) {
    const location = await locationIn(file, (text) =>
      kind === 'dotenv' ? variableInDotenv(text, name) : variableInSettings(text, profile, name),
    );
    if (location !== undefined) return location;
  }
  return undefined;
}

async function locationIn(
  file: vscode.Uri,
  find: (text: string) => VariablePlace | undefined,
): Promise<vscode.Location | undefined> {
  try {
    const textDocument = await vscode.workspace.openTextDocument(file);
    const place = find(textDocument.getText());
    return place && new vscode.Location(file, toRange(textDocument, place));
  } catch {
    return undefined; // there is no such file: it defines nothing
  }
}

/** Those whose settings hold for a document, the one that wins first. */
function settingsFiles(resource: vscode.Uri, userSettings: vscode.Uri): vscode.Uri[] {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  const folder = vscode.workspace.getWorkspaceFolder(resource) ?? workspaceFolders?.[0];
  return [
    ...(folder === undefined ? [] : [vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json')]),
    ...(workspaceFile === undefined ? [] : [workspaceFile]),
    userSettings,
  ];
}

function dotenvFiles(resource: vscode.Uri): vscode.Uri[] {
  if (resource.scheme === 'untitled') return [];
  const folder = vscode.workspace.getWorkspaceFolder(resource)?.uri;
  const folders = [vscode.Uri.joinPath(resource, '..'), ...(folder === undefined ? [] : [folder])];
  return folders.map((one) => vscode.Uri.joinPath(one, '.env'));
}

function defaultTarget(): vscode.ConfigurationTarget {
  return vscode.workspace.workspaceFolders === undefined
    ? vscode.ConfigurationTarget.Global
    : vscode.ConfigurationTarget.Workspace;
}

/** The setting with the variable; without profiles there was the built-in one, which has to be written out then. */
function withVariable(setting: unknown, profile: string, name: string, value: string): object {
  const profiles = isRecord(setting) ? setting : {};
  const hasProfiles = Object.keys(profiles).some((key) => key !== '$shared');
  const known = profiles[profile] ?? (hasProfiles ? {} : { route: 'local' });
  const entry = isRecord(known) ? known : {};
  const variables = isRecord(entry['variables']) ? entry['variables'] : {};
  return { ...profiles, [profile]: { ...entry, variables: { ...variables, [name]: value } } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
