/** Loaded with the first command that changes or checks profiles. */
import * as vscode from 'vscode';
import { isCbError } from '../core/errors.ts';
import { freeName } from '../core/profiles/import/plan.ts';
import type { Profile } from '../core/profiles/profile.ts';
import type { Transport } from '../core/ports.ts';
import type { GivenImport, GivenProfile, ProfileReference } from './contributions.ts';
import type { Credentials } from './credentials.ts';
import { addProfile } from './profileAdd.ts';
import { checkProfile } from './profileCheck.ts';
import { importProfiles } from './profileImport.ts';
import { checkName } from './profileName.ts';
import { describeProfile, profilesFor, shownRequestEditor } from './profiles.ts';
import {
  placeForNew,
  placeOfProfile,
  removeProfile,
  writeProfileValues,
  writtenProfiles,
} from './profileSettings.ts';
import type { Secrets } from './secrets.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What the commands need. */
export interface ProfileCommandsDeps {
  readonly functions: WorkspaceFunctions;
  readonly credentials: Credentials;
  readonly secrets: Secrets;
  readonly transport: Transport;
  readonly log: vscode.LogOutputChannel;
  /** `name/version`. */
  readonly userAgent: string;
}

/** What the commands for profiles do. Mistakes in a settings file are shown as they are. */
export function profileCommands(deps: ProfileCommandsDeps) {
  return {
    add: (given?: GivenProfile) => showingMistakes(() => addProfile(given ?? {}, deps)),
    duplicate: (reference?: ProfileReference) => showingMistakes(() => duplicate(reference, deps)),
    remove: (reference?: ProfileReference) => showingMistakes(() => remove(reference, deps)),
    importAll: (given?: GivenImport) => showingMistakes(() => importProfiles(given ?? {}, deps)),
    check: async (reference?: ProfileReference) => {
      const uri = resourceOf(reference);
      const profile = await pickProfile(reference, uri, deps.functions);
      return profile === undefined ? undefined : checkProfile(profile, uri, deps);
    },
  };
}

async function duplicate(
  reference: ProfileReference | undefined,
  { functions }: ProfileCommandsDeps,
): Promise<string | undefined> {
  const uri = resourceOf(reference);
  const original = await pickProfile(reference, uri, functions);
  if (original === undefined) return undefined;
  const written = writtenProfiles(uri);
  const taken = new Set([...Object.keys(written), original.name]);
  const name = (
    await vscode.window.showInputBox({
      title: vscode.l10n.t('Duplicate the Profile "{0}"', original.name),
      prompt: vscode.l10n.t('Name of the new profile. Its credential is entered anew.'),
      value: freeName(original.name, taken),
      ignoreFocusOut: true,
      validateInput: (text) => checkName(text.trim(), taken),
    })
  )?.trim();
  if (name === undefined) return undefined;
  const place = placeOfProfile(original.name, uri) ?? placeForNew(uri);
  await writeProfileValues(place, [
    { path: [name], value: written[original.name] ?? { route: original.route } },
  ]);
  return name;
}

async function remove(
  reference: ProfileReference | undefined,
  { functions, credentials, secrets }: ProfileCommandsDeps,
): Promise<void> {
  const uri = resourceOf(reference);
  const profile = await pickProfile(reference, uri, functions);
  if (profile === undefined) return;
  const { name, envId } = profile;
  const place = placeOfProfile(name, uri);
  if (place === null) {
    const message = vscode.l10n.t('The profile "{0}" is built in and stands in no settings.', name);
    void vscode.window.showInformationMessage(message);
    return;
  }
  await credentials.load();
  const entries = credentials.entries.filter((one) => one.profile === name && one.envId === envId);
  const ownSecrets = (await secrets.load()).filter((one) => one.profile === name && one.envId === envId);
  const isKept = entries.length + ownSecrets.length > 0 || credentials.state(profile) === 'signed-in';
  const items = [
    {
      label: `$(trash) ${vscode.l10n.t('Delete')}`,
      description: vscode.l10n.t('out of the settings'),
      forgets: false,
    },
    ...(isKept
      ? [
          {
            label: `$(trash) ${vscode.l10n.t('Delete and Forget Credentials')}`,
            description: vscode.l10n.t('also what this machine keeps for it'),
            forgets: true,
          },
        ]
      : []),
    { label: `$(close) ${vscode.l10n.t('Keep')}`, forgets: null },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Delete the profile "{0}"?', name),
    placeHolder: describeProfile(profile),
  });
  if (picked === undefined || picked.forgets === null) return;
  await removeProfile(place, name);
  if (!picked.forgets) return;
  await credentials.forget(entries);
  await credentials.signOut((one) => one.profile === name && one.envId === envId);
  await secrets.delete(ownSecrets);
}

/** The profile that is meant; asks where none is named. */
async function pickProfile(
  reference: ProfileReference | undefined,
  uri: vscode.Uri | undefined,
  functions: WorkspaceFunctions,
): Promise<Profile | undefined> {
  await functions.folders(); // their envId may be a profile's
  const { profiles, active } = profilesFor(uri, functions);
  const known = profiles.find(({ name }) => name === reference?.profile);
  if (known !== undefined || profiles.length === 1) return known ?? active;
  const items = profiles.map((profile) => ({
    label: profile.name,
    description: profile === active ? vscode.l10n.t('active') : '',
    detail: describeProfile(profile),
    profile,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which profile?') }))
    ?.profile;
}

function resourceOf(reference: { readonly uri?: string } | undefined): vscode.Uri | undefined {
  if (reference?.uri !== undefined) return vscode.Uri.parse(reference.uri);
  return shownRequestEditor()?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
}

async function showingMistakes<T>(work: () => Promise<T>): Promise<T | undefined> {
  if (!vscode.workspace.isTrusted) {
    const message = vscode.l10n.t('Profiles are changed only in a workspace that is trusted.');
    void vscode.window.showWarningMessage(message);
    return undefined;
  }
  try {
    return await work();
  } catch (error) {
    if (!isCbError(error)) throw error;
    void vscode.window.showErrorMessage(say(error.display));
    return undefined;
  }
}
