import * as vscode from 'vscode';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { CredentialStore } from '../core/ports.ts';
import type { CredentialEntry, CredentialState } from '../core/profiles/credentials/given.ts';
import type { AddressCredential } from '../core/profiles/credentials/place.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { INDEX_KEYS, type KeptCredentials } from '../net/keptCredentials.ts';
import type { Tc3Key } from '../net/tc3.ts';
import { TOKEN_KEY_PREFIX } from '../net/tokens.ts';
import { DisposableStore } from './disposableStore.ts';
import type { EditorCredentialsDeps } from './keptCredentials.ts';

/** Credentials in the editor's secret storage, which stays on this machine: Settings Sync leaves it alone. */
export class Credentials implements CredentialStore, vscode.Disposable {
  readonly #deps: EditorCredentialsDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  #opening: Promise<KeptCredentials> | undefined;
  #kept: KeptCredentials | undefined;

  /** {@link state} may say something else. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: EditorCredentialsDeps) {
    this.#deps = deps;
  }

  /** Reads which credentials there are, for {@link state} and {@link entries}. */
  async load(): Promise<void> {
    await (await this.#open()).load();
  }

  /** As far as it was loaded. */
  get entries(): readonly CredentialEntry[] {
    return this.#kept?.entries ?? [];
  }

  /** What a profile has on this machine, as far as it was loaded. */
  state(profile: Profile): CredentialState {
    return this.#kept?.state(profile) ?? 'none-needed';
  }

  async token(...[request, options]: Parameters<CredentialStore['token']>): Promise<string | undefined> {
    if (!vscode.workspace.isTrusted) {
      throw new CbError('untrusted-workspace', msg('Nothing is sent from a workspace that is not trusted.'));
    }
    return (await this.#open()).token(request, options);
  }

  /** As {@link KeptCredentials.accountKey}; none in a workspace that is not trusted. */
  async accountKey(profile: Profile, options: { readonly signal: AbortSignal }): Promise<Tc3Key | undefined> {
    return vscode.workspace.isTrusted ? (await this.#open()).accountKey(profile, options) : undefined;
  }

  /** As {@link KeptCredentials.knownAccountKey}; none in a workspace that is not trusted. */
  async knownAccountKey(profile: Profile): Promise<Tc3Key | undefined> {
    return vscode.workspace.isTrusted ? (await this.#open()).knownAccountKey(profile) : undefined;
  }

  /** Asks for the credential of a place and keeps it, for a former one. @returns whether there is one now */
  async set(place: AddressCredential): Promise<boolean> {
    return (await this.#open()).set(place, new AbortController());
  }

  /** Forgets credentials, and the tokens got with them. */
  async forget(entries: readonly CredentialEntry[]): Promise<void> {
    await (await this.#open()).forget(entries);
  }

  /** Forgets tokens, and the leave to use the login of the `tcb` command. @returns how many sign-ins there were */
  async signOut(isMeant: (entry: CredentialEntry) => boolean): Promise<number> {
    return (await this.#open()).signOut(isMeant);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #open(): Promise<KeptCredentials> {
    this.#opening ??= import('./keptCredentials.ts').then(({ openKeptCredentials }) => {
      const { kept, tokens } = openKeptCredentials(this.#deps, () => this.#changed.fire());
      this.#store.add(
        this.#deps.storage.onDidChange(({ key }) => {
          // Also what another window did.
          if (Object.values<string>(INDEX_KEYS).includes(key)) void kept.load();
          if (key.startsWith(TOKEN_KEY_PREFIX)) tokens.reread();
        }),
      );
      this.#kept = kept;
      this.#changed.fire();
      return kept;
    });
    return this.#opening;
  }
}
