import * as vscode from 'vscode';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { CredentialStore } from '../core/ports.ts';
import type { CredentialEntry, CredentialState } from '../core/profiles/credentials/given.ts';
import type { AddressCredential } from '../core/profiles/credentials/place.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { INDEX_KEYS, KeptCredentials } from '../net/keptCredentials.ts';
import type { Tc3Key } from '../net/tc3.ts';
import { TOKEN_KEY_PREFIX, type TokenSource } from '../net/tokens.ts';
import { untilAborted } from './cancelling.ts';
import { askForCredential } from './credentialInput.ts';
import { describeKind } from './credentialKinds.ts';
import { DisposableStore } from './disposableStore.ts';
import { askOtherOrigin } from './originConsent.ts';

/** In the workspace's memory: where the login of the `tcb` command may be used. */
const CLI_KEY = 'cbhttp.cliLogin';

export interface CredentialsDeps {
  readonly storage: vscode.SecretStorage;
  readonly workspaceState: vscode.Memento;
  readonly tokens: TokenSource;
}

/** Credentials in the editor's secret storage, which stays on this machine: Settings Sync leaves it alone. */
export class Credentials implements CredentialStore, vscode.Disposable {
  readonly #kept: KeptCredentials;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());

  /** {@link state} may say something else. */
  readonly onDidChange = this.#changed.event;

  constructor({ storage, workspaceState, tokens }: CredentialsDeps) {
    this.#kept = new KeptCredentials({
      storage,
      tokens,
      cliLeaves: {
        read: () => workspaceState.get<string>(CLI_KEY),
        write: (text) => workspaceState.update(CLI_KEY, text),
      },
      questions: {
        enter: (entry, signal) => untilAborted(signal, (token) => askForCredential(entry, token)),
        otherOrigin: (entry, entered) =>
          askOtherOrigin({ ...entry, what: describeKind(entry.kind) }, entered, entry.origins),
        useCliLogin: askForCliLogin,
        describe: describeKind,
      },
      onDidChange: () => this.#changed.fire(),
    });
    this.#store.add(
      storage.onDidChange(({ key }) => {
        // Also what another window did.
        if (Object.values<string>(INDEX_KEYS).includes(key)) void this.#kept.load();
        if (key.startsWith(TOKEN_KEY_PREFIX)) tokens.reread();
      }),
    );
  }

  /** Reads which credentials there are, for {@link state} and {@link entries}. */
  load(): Promise<void> {
    return this.#kept.load();
  }

  /** As far as it was loaded. */
  get entries(): readonly CredentialEntry[] {
    return this.#kept.entries;
  }

  /** What a profile has on this machine, as far as it was loaded. */
  state(profile: Profile): CredentialState {
    return this.#kept.state(profile);
  }

  async token(...[request, options]: Parameters<CredentialStore['token']>): Promise<string | undefined> {
    if (!vscode.workspace.isTrusted) {
      throw new CbError('untrusted-workspace', msg('Nothing is sent from a workspace that is not trusted.'));
    }
    return this.#kept.token(request, options);
  }

  /** As {@link KeptCredentials.accountKey}; none in a workspace that is not trusted. */
  async accountKey(profile: Profile, options: { readonly signal: AbortSignal }): Promise<Tc3Key | undefined> {
    return vscode.workspace.isTrusted ? this.#kept.accountKey(profile, options) : undefined;
  }

  /** Asks for the credential of a place and keeps it, for a former one. @returns whether there is one now */
  set(place: AddressCredential): Promise<boolean> {
    return this.#kept.set(place, new AbortController());
  }

  /** Forgets credentials, and the tokens got with them. */
  forget(entries: readonly CredentialEntry[]): Promise<void> {
    return this.#kept.forget(entries);
  }

  /** Forgets tokens, and the leave to use the login of the `tcb` command. @returns how many sign-ins there were */
  signOut(isMeant: (entry: CredentialEntry) => boolean): Promise<number> {
    return this.#kept.signOut(isMeant);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

async function askForCliLogin({ profile, envId, origins }: CredentialEntry): Promise<boolean> {
  const question = vscode.l10n.t(
    'Use the login of the tcb command for the profile "{0}" in this workspace?',
    profile,
  );
  const detail = [
    vscode.l10n.t('Environment: {0}', envId),
    vscode.l10n.t('Tokens got with it go to {0}.', origins.join(', ')),
    vscode.l10n.t('The login is only read, never changed or shown.'),
  ].join('\n');
  const use = vscode.l10n.t('Use It');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, use)) === use;
}
