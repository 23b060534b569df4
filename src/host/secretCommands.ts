import * as vscode from 'vscode';
import type { SecretBinding } from '../core/cbhttp/variables/sendPorts.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { gatewayBase } from '../core/profiles/credentials/place.ts';
import type { SecretReference } from './contributions.ts';
import { profilesFor, shownRequestEditor } from './profiles.ts';
import type { Secrets } from './secrets.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** Asks for what the reference leaves out, then for the secret. @returns whether there is one now */
export async function setSecret(
  secrets: Secrets,
  functions: WorkspaceFunctions,
  reference: SecretReference = {},
): Promise<boolean> {
  await functions.folders(); // their envId may be a profile's
  const resource =
    reference.uri === undefined ? shownRequestEditor()?.document.uri : vscode.Uri.parse(reference.uri);
  const profile = await pickProfile(resource, functions, reference.profile);
  if (profile === undefined) return false;
  const origin = reference.origin ?? originOf(profile);
  if (origin === undefined) {
    const message = vscode.l10n.t(
      'Set envId or baseUrl of cbhttp.profiles.{0} first: the secret belongs to an address.',
      profile.name,
    );
    void vscode.window.showWarningMessage(message);
    return false;
  }
  const name =
    reference.name ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t('Secret of the profile "{0}"', profile.name),
      prompt: vscode.l10n.t('Its name, as in {0}', '{{$secret name}}'),
      validateInput: (value) =>
        /\s|[{}]/.test(value.trim()) ? vscode.l10n.t('A name has no blanks and no braces.') : undefined,
    }));
  if (!name?.trim()) return false;
  const binding = { profile: profile.name, envId: profile.envId, origin, name: name.trim() };
  return Boolean(await secrets.ask(binding, reference.value ?? ''));
}

async function pickProfile(
  resource: vscode.Uri | undefined,
  functions: WorkspaceFunctions,
  named?: string,
): Promise<Profile | undefined> {
  const { profiles, active } = profilesFor(resource, functions);
  const known = profiles.find(({ name }) => name === named);
  if (known !== undefined || profiles.length === 1) return known ?? active;
  const picked = await vscode.window.showQuickPick(
    profiles.map((profile) => ({ label: profile.name, description: originOf(profile) ?? '', profile })),
    { placeHolder: vscode.l10n.t('The secret of which profile?') },
  );
  return picked?.profile;
}

/** Where a profile's requests go. */
function originOf(profile: Profile): string | undefined {
  const local = profile.baseUrl === '' ? 'http://127.0.0.1:9000' : profile.baseUrl;
  const base = profile.route === 'local' ? local : gatewayBase(profile);
  return base !== undefined && URL.canParse(base) ? new URL(base).origin : undefined;
}

interface SecretItem extends vscode.QuickPickItem {
  readonly binding: SecretBinding;
}

function toItem(binding: SecretBinding): SecretItem {
  const description = [binding.profile, binding.envId, binding.origin]
    .filter((part) => part !== '')
    .join(' · ');
  return { label: binding.name, description, binding };
}

/** Shows names only, each with a button that deletes it. */
export async function listSecrets(secrets: Secrets): Promise<void> {
  const picker = vscode.window.createQuickPick<SecretItem>();
  const trash = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') };
  const show = async (): Promise<void> => {
    picker.items = (await secrets.load()).map((binding) => ({ ...toItem(binding), buttons: [trash] }));
    picker.placeholder =
      picker.items.length === 0
        ? vscode.l10n.t('No secret is stored.')
        : vscode.l10n.t('Stored secrets: names only');
  };
  picker.onDidTriggerItemButton(({ item }) => {
    secrets.delete([item.binding]).then(show, (error: unknown) => {
      void vscode.window.showErrorMessage(String(error));
    });
  });
  picker.onDidAccept(() => picker.hide());
  picker.onDidHide(() => picker.dispose());
  await show();
  picker.show();
}

/** Asks which secrets to delete. */
export async function deleteSecrets(secrets: Secrets): Promise<void> {
  const items = (await secrets.load()).map(toItem);
  const placeHolder =
    items.length === 0
      ? vscode.l10n.t('No secret is stored.')
      : vscode.l10n.t('Which secrets should be deleted?');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true });
  if (picked !== undefined && picked.length > 0) await secrets.delete(picked.map(({ binding }) => binding));
}
