import * as vscode from 'vscode';
import type { CredentialBinding, SecretStore } from '../core/ports.ts';
import { gatewayBase } from '../core/profiles/target.ts';
import { registerCommand } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { profilesFor } from './profiles.ts';

/** Under this key SecretStorage holds the list of bindings that have a credential: no secret itself. */
const INDEX_KEY = 'cbhttp.credentials';

/**
 * API keys in the editor's secret storage, each under the profile, environment and origin it was entered for: a
 * workspace whose profile has the same name and another address finds nothing there and is asked.
 */
export function createCredentials(secrets: vscode.SecretStorage): SecretStore {
  return {
    credential: async (binding) => {
      const stored = await secrets.get(secretKey(binding));
      if (stored !== undefined) return stored;
      return askForCredential(secrets, binding);
    },
  };
}

/** The commands that set and forget API keys. */
export function registerCredentials(secrets: vscode.SecretStorage): vscode.Disposable {
  const store = new DisposableStore();
  store.add(registerCommand('cbhttp.setCredential', () => setCredential(secrets)));
  store.add(registerCommand('cbhttp.forgetCredential', () => forgetCredentials(secrets)));
  return store;
}

async function setCredential(secrets: vscode.SecretStorage): Promise<void> {
  const profiles = profilesFor(vscode.window.activeTextEditor?.document.uri).profiles.filter(
    (profile) => profile.auth === 'apiKey',
  );
  if (profiles.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No profile has "auth": "apiKey" in cbhttp.profiles, so no API key is needed.'),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(
    profiles.map((profile) => ({ label: profile.name, description: gatewayBase(profile) ?? '', profile })),
    { placeHolder: vscode.l10n.t('The API key of which profile?') },
  );
  const base = picked === undefined ? undefined : gatewayBase(picked.profile);
  if (picked === undefined || base === undefined || !URL.canParse(base)) return;
  const { name, envId } = picked.profile;
  await askForCredential(secrets, { profile: name, envId, origin: new URL(base).origin });
}

async function forgetCredentials(secrets: vscode.SecretStorage): Promise<void> {
  const bindings = await readIndex(secrets);
  const picked = await vscode.window.showQuickPick(
    bindings.map((binding) => ({
      label: binding.profile,
      description: `${binding.envId} · ${binding.origin}`,
      binding,
    })),
    {
      placeHolder:
        bindings.length === 0
          ? vscode.l10n.t('No API key is stored.')
          : vscode.l10n.t('Which API keys should be forgotten?'),
      canPickMany: true,
    },
  );
  if (picked === undefined || picked.length === 0) return;
  const forgotten = picked.map((one) => secretKey(one.binding));
  for (const key of forgotten) await secrets.delete(key);
  const kept = bindings.filter((binding) => !forgotten.includes(secretKey(binding)));
  await secrets.store(INDEX_KEY, JSON.stringify(kept));
}

/** Asks for an API key and keeps it; undefined if the user gave none. */
async function askForCredential(
  secrets: vscode.SecretStorage,
  binding: CredentialBinding,
): Promise<string | undefined> {
  const given = await vscode.window.showInputBox({
    title: vscode.l10n.t('API key of the profile "{0}"', binding.profile),
    prompt: vscode.l10n.t('It is kept in the secret storage and sent to {0} only.', binding.origin),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[\x21-\x7e]*$/.test(value.trim()) ? undefined : vscode.l10n.t('An API key has no blanks inside.'),
  });
  const credential = given?.trim();
  if (!credential) return undefined;
  await secrets.store(secretKey(binding), credential);
  const others = (await readIndex(secrets)).filter((one) => secretKey(one) !== secretKey(binding));
  await secrets.store(INDEX_KEY, JSON.stringify([...others, binding]));
  return credential;
}

async function readIndex(secrets: vscode.SecretStorage): Promise<CredentialBinding[]> {
  const stored = await secrets.get(INDEX_KEY);
  return stored === undefined ? [] : (JSON.parse(stored) as CredentialBinding[]);
}

function secretKey({ profile, envId, origin }: CredentialBinding): string {
  return `cbhttp.credential ${JSON.stringify([profile, envId, origin])}`;
}
