import * as vscode from 'vscode';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import {
  applyEdits,
  findKey,
  removeValue,
  setValue,
  type SettingPath,
} from '../core/profiles/editSettings.ts';
import { readSetting } from './contributions.ts';

const PROFILES = 'cbhttp.profiles';
const ACTIVE = 'cbhttp.activeProfile';

/** ms to wait until VS Code has read a settings file again. */
const SETTLE_MS = 3000;

/** Where profiles are written. */
export interface SettingsPlace {
  /** Null for the user's own settings, whose file extensions do not know. */
  readonly file: vscode.Uri | null;
  /** What stands before `cbhttp.profiles` in it. */
  readonly prefix: SettingPath;
}

/** Every profile of the settings that hold for a document or folder, as it is written there. */
export function writtenProfiles(resource: vscode.Uri | undefined): Readonly<Record<string, unknown>> {
  const value = readSetting(PROFILES, resource);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Where a profile is written: the place that counts where several have it; null for the built-in one. */
export function placeOfProfile(name: string, resource: vscode.Uri | undefined): SettingsPlace | null {
  const found = vscode.workspace.getConfiguration(undefined, resource ?? null).inspect<object>(PROFILES);
  const has = (value: object | undefined): boolean => value !== undefined && Object.hasOwn(value, name);
  if (has(found?.workspaceFolderValue)) return folderPlace(resource);
  if (has(found?.workspaceValue)) return workspacePlace();
  return has(found?.globalValue) ? { file: null, prefix: [] } : null;
}

/**
 * Where new profiles go: to those that are there, else to the workspace's settings, else to the user's.
 * @param isOfFolder true where the folder itself is meant, not what it has in common with others
 */
export function placeForNew(resource: vscode.Uri | undefined, isOfFolder = false): SettingsPlace {
  const found = vscode.workspace.getConfiguration(undefined, resource ?? null).inspect<object>(PROFILES);
  if (isOfFolder || found?.workspaceFolderValue !== undefined) return folderPlace(resource);
  return workspacePlace();
}

/** Writes a value below `cbhttp.profiles`, and nothing else of the file. @throws CbError `settings` */
export async function writeProfileValues(
  place: SettingsPlace,
  values: readonly { readonly path: SettingPath; readonly value: unknown }[],
): Promise<void> {
  if (place.file === null) {
    await updateUserProfiles((profiles) => {
      for (const { path, value } of values) setIn(profiles, path, value);
    });
    return;
  }
  await rewrite(place.file, (text) =>
    values.reduce((written, { path, value }) => {
      return applyEdits(written, setValue(written, [...place.prefix, PROFILES, ...path], value));
    }, text),
  );
}

/** Takes a profile out, and the active profile's name where it is that one. @throws CbError `settings` */
export async function removeProfile(place: SettingsPlace, name: string): Promise<void> {
  const { file, prefix } = place;
  if (file === null) {
    await updateUserProfiles((profiles) => Reflect.deleteProperty(profiles, name));
    return;
  }
  const wasActive = vscode.workspace.getConfiguration(undefined, file).get(ACTIVE) === name;
  await rewrite(file, (text) => {
    const rest = applyEdits(text, removeValue(text, [...prefix, PROFILES, name]));
    return wasActive ? applyEdits(rest, removeValue(rest, [...prefix, ACTIVE])) : rest;
  });
}

/** Opens the settings with a profile's name, or `cbhttp.profiles`, selected. */
export async function openSettingsAt(place: SettingsPlace, name: string | null): Promise<void> {
  if (place.file === null) {
    const revealSetting = { key: PROFILES, edit: true };
    await vscode.commands.executeCommand('workbench.action.openSettingsJson', { revealSetting });
    return;
  }
  const document = await vscode.workspace.openTextDocument(place.file);
  const text = document.getText();
  const path = [...place.prefix, PROFILES];
  const key = (name === null ? null : findKey(text, [...path, name])) ?? findKey(text, path);
  const selection =
    key === null ? undefined : new vscode.Range(document.positionAt(key.start), document.positionAt(key.end));
  await vscode.window.showTextDocument(document, selection === undefined ? {} : { selection });
}

/** Makes a profile the active one, where that setting stands or the profile does. */
export async function writeActiveProfile(resource: vscode.Uri | undefined, name: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(undefined, resource ?? null);
  const active = configuration.inspect(ACTIVE);
  const profiles = configuration.inspect<object>(PROFILES);
  const isOfFolder =
    active?.workspaceFolderValue !== undefined || Object.hasOwn(profiles?.workspaceFolderValue ?? {}, name);
  const target = isOfFolder
    ? vscode.ConfigurationTarget.WorkspaceFolder
    : vscode.workspace.workspaceFolders === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await configuration.update(ACTIVE, name, target);
}

function folderPlace(resource: vscode.Uri | undefined): SettingsPlace {
  const { workspaceFolders } = vscode.workspace;
  const folder =
    (resource === undefined ? undefined : vscode.workspace.getWorkspaceFolder(resource)) ??
    workspaceFolders?.[0];
  if (folder === undefined) return { file: null, prefix: [] };
  return { file: vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json'), prefix: [] };
}

function workspacePlace(): SettingsPlace {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  if (workspaceFile === undefined) return folderPlace(undefined);
  // One that was never saved has no file to write to.
  if (workspaceFile.scheme === 'untitled') return folderPlace(workspaceFolders?.[0]?.uri);
  return { file: workspaceFile, prefix: ['settings'] };
}

async function updateUserProfiles(change: (profiles: Record<string, unknown>) => void): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const profiles = structuredClone(
    configuration.inspect<Record<string, unknown>>(PROFILES)?.globalValue ?? {},
  );
  change(profiles);
  const isEmpty = Object.keys(profiles).length === 0;
  await configuration.update(PROFILES, isEmpty ? undefined : profiles, vscode.ConfigurationTarget.Global);
}

/** Changes a settings file by as little as possible, saves it, and waits until VS Code has read it. */
async function rewrite(file: vscode.Uri, change: (text: string) => string): Promise<void> {
  const settled = configurationChange();
  try {
    const document = await openIfThere(file);
    if (document === null) {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(change('')));
    } else {
      if (document.isDirty) throw unsaved(file);
      const before = document.getText();
      const after = change(before);
      if (after === before) return;
      const edit = new vscode.WorkspaceEdit();
      const [start, end, text] = difference(before, after);
      edit.replace(file, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
      const isWritten = (await vscode.workspace.applyEdit(edit)) && (await document.save());
      if (!isWritten) throw new CbError('settings', msg('{0} cannot be written.', file.path));
    }
    await settled.done;
  } finally {
    settled.dispose();
  }
}

async function openIfThere(file: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    await vscode.workspace.fs.stat(file);
  } catch {
    return null; // not there: it is made
  }
  const document = await vscode.workspace.openTextDocument(file);
  if (!document.isDirty) await untilCurrent(document);
  return document;
}

/** Waits until an open document has what has just been written to its file, or as long as it may take. */
async function untilCurrent(document: vscode.TextDocument): Promise<void> {
  const { uri } = document;
  const written = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  if (document.getText() === written) return;
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      listener.dispose();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(settle, SETTLE_MS);
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document.uri.toString() === uri.toString()) settle();
    });
  });
}

function unsaved(file: vscode.Uri): CbError {
  return new CbError('settings', msg('{0} has changes that are not saved. Save it first.', file.path));
}

/** Where two texts differ, as a replacement in the first. */
function difference(before: string, after: string): [start: number, end: number, text: string] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same += 1;
  return [start, before.length - same, after.slice(start, after.length - same)];
}

function setIn(target: Record<string, unknown>, path: SettingPath, value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = target[key];
  const object = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  target[key] = object;
  setIn(object, rest, value);
}

/** The next change of the extension's settings, or as long as it may take. */
function configurationChange(): vscode.Disposable & { readonly done: Promise<void> } {
  let settle = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('cbhttp')) settle();
  });
  const timer = setTimeout(settle, SETTLE_MS);
  return {
    done,
    dispose: () => {
      listener.dispose();
      clearTimeout(timer);
    },
  };
}
