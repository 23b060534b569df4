import * as vscode from 'vscode';
import type { SecretBinding } from '../core/cbhttp/variables/sendPorts.ts';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { untilAborted } from './cancelling.ts';
import { registerCommand } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { askOtherOrigin } from './originConsent.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** Under this key SecretStorage holds the list of bindings that have a secret: no secret itself. */
const INDEX_KEY = 'cbhttp.secrets';

/**
 * The secrets of `{{$secret name}}` in the editor's secret storage, each under the profile, environment and origin it
 * was entered for: a workspace whose profile has the same name and another address finds nothing there and is asked.
 */
export class Secrets implements vscode.Disposable {
  readonly #storage: vscode.SecretStorage;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  #index: readonly SecretBinding[] = [];

  /** Another secret is there, or one is gone. */
  readonly onDidChange = this.#changed.event;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
    this.#store.add(storage.onDidChange(({ key }) => void (key === INDEX_KEY && this.load())));
  }

  /** Reads which secrets there are, for {@link names}. */
  async load(): Promise<readonly SecretBinding[]> {
    const stored = await this.#storage.get(INDEX_KEY);
    this.#index = stored === undefined ? [] : (JSON.parse(stored) as SecretBinding[]);
    this.#changed.fire();
    return this.#index;
  }

  /** Names of a profile's secrets, as far as they were loaded. */
  names({ name, envId }: Profile): readonly string[] {
    const own = this.#index.filter((one) => one.profile === name && one.envId === envId);
    return [...new Set(own.map((one) => one.name))];
  }

  /**
   * The secret of exactly this binding; asks for one that is absent. Undefined where the user gives none.
   * @throws CbError `cancelled`
   */
  async secret(
    binding: SecretBinding,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<string | undefined> {
    const stored = await this.#storage.get(secretKey(binding));
    if (stored !== undefined) return stored;
    const elsewhere = await this.#elsewhere(binding);
    const [from] = elsewhere.slice(-1);
    if (from !== undefined) {
      const what = `$secret ${binding.name}`;
      const entered = elsewhere.map(({ origin }) => origin);
      const answer = await askOtherOrigin({ ...binding, what }, entered, [binding.origin]);
      signal.throwIfAborted();
      if (answer === undefined) {
        throw new CbError('credential-refused', msg('You did not let {0} go to {1}.', what, binding.origin));
      }
      const same = answer === 'same' ? await this.#storage.get(secretKey(from)) : undefined;
      if (same !== undefined) {
        await this.keep(binding, same);
        return same;
      }
    }
    const given = await untilAborted(signal, (token) => this.ask(binding, '', token));
    if (given === undefined) throw new CbError('cancelled', msg('Cancelled.'));
    return given === '' ? undefined : given;
  }

  /** Asks for a secret and keeps it, unless it is empty; undefined if the user cancels. */
  async ask(
    binding: SecretBinding,
    value: string,
    token?: vscode.CancellationToken,
  ): Promise<string | undefined> {
    const elsewhere = await this.#elsewhere(binding);
    const prompt = vscode.l10n.t('It is kept in the secret storage and sent to {0} only.', binding.origin);
    const warning = vscode.l10n.t(
      'Until now it was entered for {0}.',
      elsewhere.map(({ origin }) => origin).join(', '),
    );
    const isThere = (await this.#storage.get(secretKey(binding))) !== undefined;
    const options: vscode.InputBoxOptions = {
      title: isThere
        ? vscode.l10n.t('Replace the secret "{0}" of the profile "{1}"?', binding.name, binding.profile)
        : vscode.l10n.t('Secret "{0}" of the profile "{1}"', binding.name, binding.profile),
      prompt: elsewhere.length === 0 ? prompt : `${prompt} ${warning}`,
      value,
      password: true,
      ignoreFocusOut: true,
    };
    const secret = await vscode.window.showInputBox(options, token);
    if (!secret) return secret;
    await this.keep(binding, secret);
    return secret;
  }

  /** Where a secret of that name was entered for other origins, the oldest first. */
  async #elsewhere(binding: SecretBinding): Promise<readonly SecretBinding[]> {
    return (await this.load()).filter(
      ({ profile, envId, origin, name }) =>
        profile === binding.profile &&
        envId === binding.envId &&
        name === binding.name &&
        origin !== binding.origin,
    );
  }

  /** Keeps a secret that the user has given. */
  async keep(binding: SecretBinding, secret: string): Promise<void> {
    await this.#storage.store(secretKey(binding), secret);
    const others = (await this.load()).filter((one) => secretKey(one) !== secretKey(binding));
    await this.#storage.store(INDEX_KEY, JSON.stringify([...others, binding]));
  }

  async delete(bindings: readonly SecretBinding[]): Promise<void> {
    const keys = bindings.map(secretKey);
    for (const key of keys) await this.#storage.delete(key);
    const kept = (await this.load()).filter((one) => !keys.includes(secretKey(one)));
    await this.#storage.store(INDEX_KEY, JSON.stringify(kept));
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** The commands that set, list and delete secrets, loaded on first use. */
export function registerSecrets(secrets: Secrets, functions: WorkspaceFunctions): vscode.Disposable {
  const store = new DisposableStore();
  store.add(
    registerCommand('cbhttp.setSecret', async (reference) =>
      (await import('./secretCommands.ts')).setSecret(secrets, functions, reference),
    ),
  );
  store.add(
    registerCommand('cbhttp.listSecrets', async () =>
      (await import('./secretCommands.ts')).listSecrets(secrets),
    ),
  );
  store.add(
    registerCommand('cbhttp.deleteSecret', async () =>
      (await import('./secretCommands.ts')).deleteSecrets(secrets),
    ),
  );
  return store;
}

function secretKey({ profile, envId, origin, name }: SecretBinding): string {
  return `cbhttp.secret ${JSON.stringify([profile, envId, origin, name])}`;
}
