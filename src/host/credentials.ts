import * as vscode from 'vscode';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { CredentialBinding, SecretStore } from '../core/ports.ts';
import { gatewayBase } from '../core/profiles/target.ts';
import { untilAborted } from './cancelling.ts';
import { registerCommand } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { profilesFor, shownRequestEditor } from './profiles.ts';

/** Under this key SecretStorage holds the list of bindings that have a credential: no secret itself. */
const INDEX_KEY = 'cbhttp.credentials';

/**
 * API keys in the editor's secret storage, each under the profile, environment and origin it was entered for: a
 * workspace whose profile has the same name and another address finds nothing there and is asked.
 */
export function createCredentials(secrets: vscode.SecretStorage): SecretStore {
  return {
    credential: async (binding, { signal }) => {
      const stored = await secrets.get(secretKey(binding));
      if (stored !== undefined) return stored;
      const given = await untilAborted(signal, (token) => askForCredential(secrets, binding, token));
      if (given === undefined) throw new CbError('cancelled', msg('Cancelled.'));
      return given === '' ? undefined : given;
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
  const profiles = profilesFor(shownRequestEditor()?.document.uri).profiles.filter(
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
  if (picked === undefined) return;
  if (base === undefined || !URL.canParse(base)) {
    const message = vscode.l10n.t(
      'Set cbhttp.profiles.{0}.envId first: the key belongs to an environment.',
      picked.label,
    );
    void vscode.window.showWarningMessage(message);
    return;
  }
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

/** Asks for an API key and keeps it, unless it is empty; undefined if the user cancels. */
async function askForCredential(
  secrets: vscode.SecretStorage,
  binding: CredentialBinding,
  token?: vscode.CancellationToken,
): Promise<string | undefined> {
  const elsewhere = (await readIndex(secrets)).filter(
    ({ profile, envId, origin }) =>
      profile === binding.profile && envId === binding.envId && origin !== binding.origin,
  );
  const prompt = vscode.l10n.t('It is kept in the secret storage and sent to {0} only.', binding.origin);
  const warning = vscode.l10n.t(
    'Until now it was entered for {0}.',
    elsewhere.map(({ origin }) => origin).join(', '),
  );
  const options: vscode.InputBoxOptions = {
    title: vscode.l10n.t('API key of the profile "{0}"', binding.profile),
    prompt: elsewhere.length === 0 ? prompt : `${prompt} ${warning}`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[\x21-\x7e]*$/.test(value.trim()) ? undefined : vscode.l10n.t('An API key has no blanks inside.'),
  };
  const given = await vscode.window.showInputBox(options, token);
  const credential = given?.trim();
  if (!credential) return credential;
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
