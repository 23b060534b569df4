import * as vscode from 'vscode';
import type { CredentialEntry } from '../core/profiles/credentials/given.ts';
import { profileCredential } from '../core/profiles/credentials/place.ts';
import type { Profile } from '../core/profiles/profile.ts';
import type { ProfileReference } from './contributions.ts';
import { describeKind, isEntered } from './credentialKinds.ts';
import type { Credentials } from './credentials.ts';
import type { Consent, OriginConsents } from './originConsent.ts';
import { describeProfile, profilesFor, shownRequestEditor } from './profiles.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What the commands for credentials do. */
export function credentialCommands(
  credentials: Credentials,
  consents: OriginConsents,
  functions: WorkspaceFunctions,
) {
  const profilesOf = async (reference: ProfileReference | undefined): Promise<readonly Profile[]> => {
    await functions.folders(); // their envId may be a profile's
    const uri =
      reference?.uri === undefined ? shownRequestEditor()?.document.uri : vscode.Uri.parse(reference.uri);
    return profilesFor(uri, functions).profiles;
  };

  return {
    /** Asks which profile where none is named, then for its credential. @returns whether there is one now */
    async set(reference?: ProfileReference): Promise<boolean> {
      const profiles = (await profilesOf(reference)).filter(({ auth }) => isEntered(auth));
      const profile = await pickProfile(profiles, reference?.profile);
      if (profile === undefined) return false;
      const place = profileCredential(profile);
      if (place === undefined || place === null) {
        const message = vscode.l10n.t(
          'Set envId or baseUrl of cbhttp.profiles.{0} first, over https: the credential belongs to an address.',
          profile.name,
        );
        void vscode.window.showWarningMessage(message);
        return false;
      }
      return credentials.set(place);
    },

    /** Forgets what was entered for a profile; asks what to forget where none is named. */
    async forget(reference?: ProfileReference): Promise<void> {
      await credentials.load();
      if (reference !== undefined) {
        const named = (await profilesOf(reference)).find(({ name }) => name === reference.profile);
        await credentials.forget(
          credentials.entries.filter((entry) => named !== undefined && isOf(entry, named)),
        );
        return;
      }
      const entries = credentials.entries.map((entry) => ({ ...entryItem(entry), entry }));
      const allowed = consents.list().map((consent) => ({ ...consentItem(consent), consent }));
      const items: (vscode.QuickPickItem & { entry?: CredentialEntry; consent?: Consent })[] = [
        ...entries,
        ...allowed,
      ];
      const placeHolder =
        items.length === 0
          ? vscode.l10n.t('No credential is stored.')
          : vscode.l10n.t('Which credentials should be forgotten?');
      const picked = await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true });
      if (picked === undefined || picked.length === 0) return;
      await credentials.forget(picked.flatMap(({ entry }) => entry ?? []));
      await consents.forget(picked.flatMap(({ consent }) => consent ?? []));
    },

    /** Forgets the tokens of a profile; asks which one where none is named. */
    async signOut(reference?: ProfileReference): Promise<void> {
      const profiles = (await profilesOf(reference)).filter(({ auth }) => auth !== 'none');
      const profile = await pickProfile(profiles, reference?.profile);
      if (profile === undefined) return;
      const count = await credentials.signOut((entry) => isOf(entry, profile));
      const message =
        count === 0
          ? vscode.l10n.t('The profile "{0}" was not signed in.', profile.name)
          : vscode.l10n.t('The profile "{0}" is signed out.', profile.name);
      void vscode.window.showInformationMessage(message);
    },
  };
}

async function pickProfile(
  profiles: readonly Profile[],
  named: string | undefined,
): Promise<Profile | undefined> {
  const known = profiles.find(({ name }) => name === named);
  if (known !== undefined) return known;
  if (profiles.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No profile has an "auth" in cbhttp.profiles that needs this.'),
    );
    return undefined;
  }
  const items = profiles.map((profile) => ({
    label: profile.name,
    description: profile.auth === 'none' ? '' : describeKind(profile.auth),
    detail: describeProfile(profile),
    profile,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which profile?') });
  return picked?.profile;
}

function isOf({ profile, envId }: CredentialEntry, { name, envId: ofProfile }: Profile): boolean {
  return profile === name && envId === ofProfile;
}

function entryItem({ kind, profile, envId, origins }: CredentialEntry): vscode.QuickPickItem {
  const description = [describeKind(kind), envId, ...origins].filter((part) => part !== '').join(' · ');
  return { label: profile, description };
}

function consentItem({ profile, envId, origin, what }: Consent): vscode.QuickPickItem {
  const description = [what, envId, origin].filter((part) => part !== '').join(' · ');
  return { label: profile, description };
}
