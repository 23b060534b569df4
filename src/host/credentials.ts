import * as vscode from 'vscode';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { CredentialRequest, CredentialStore } from '../core/ports.ts';
import {
  entryFor,
  entryKey,
  isOfSameProfile,
  isSameEntry,
  readEntries,
  readGiven,
  type CredentialEntry,
  type GivenCredential,
} from '../core/profiles/credentials/given.ts';
import { profileCredential, type AddressCredential } from '../core/profiles/credentials/place.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { createSingleFlight } from '../net/singleFlight.ts';
import type { Grant, TokenSource } from '../net/tokens.ts';
import { untilAborted } from './cancelling.ts';
import { describeKind } from './credentialKinds.ts';
import { DisposableStore } from './disposableStore.ts';

/** Under these keys SecretStorage holds which credentials and tokens there are: no secret itself. */
const INDEX_KEY = 'cbhttp.credentials';
const SIGNED_IN_KEY = 'cbhttp.signedIn';
/** In the workspace's memory: where the login of the `tcb` command may be used. */
const CLI_KEY = 'cbhttp.cliLogin';

/** What a profile has to prove its identity with on this machine. */
export type CredentialState = 'none-needed' | 'missing' | 'set' | 'signed-in';

export interface CredentialsDeps {
  readonly storage: vscode.SecretStorage;
  readonly workspaceState: vscode.Memento;
  readonly tokens: TokenSource;
}

/** Where tokens were got for. */
type SignedIn = CredentialEntry & { readonly place: AddressCredential };

/**
 * Credentials in the editor's secret storage, which Settings Sync leaves alone: each under the profile, environment and
 * origins it was entered for. A workspace whose profile has the same name and leads elsewhere finds nothing there;
 * the user is asked.
 */
export class Credentials implements CredentialStore, vscode.Disposable {
  readonly #deps: CredentialsDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #asking = createSingleFlight<GivenCredential | undefined>();
  #entries: readonly CredentialEntry[] = [];
  #signedIn: readonly SignedIn[] = [];

  /** {@link state} may say something else. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: CredentialsDeps) {
    this.#deps = deps;
    this.#store.add(
      deps.storage.onDidChange(({ key }) => {
        if (key === INDEX_KEY || key === SIGNED_IN_KEY) void this.load();
      }),
    );
  }

  /** Reads which credentials there are, for {@link state} and {@link entries}. */
  async load(): Promise<void> {
    const { storage } = this.#deps;
    this.#entries = readEntries(await storage.get(INDEX_KEY));
    this.#signedIn = readEntries(await storage.get(SIGNED_IN_KEY)) as readonly SignedIn[];
    this.#changed.fire();
  }

  /** As far as it was loaded. */
  get entries(): readonly CredentialEntry[] {
    return this.#entries;
  }

  /** What a profile has, as far as it was loaded. */
  state(profile: Profile): CredentialState {
    const { auth } = profile;
    const place = profileCredential(profile);
    if (auth === 'none' || place === null) return 'none-needed';
    const wanted: CredentialEntry =
      place === undefined
        ? { kind: auth, profile: profile.name, envId: profile.envId, origins: [] }
        : entryFor(place);
    const isThis = place === undefined ? isOfSameProfile : isSameEntry;
    if (this.#signedIn.some((one) => isThis(one, wanted))) return 'signed-in';
    if (auth === 'anonymous') return 'none-needed';
    const isSet =
      auth === 'cliLogin' ? this.#mayUseCli(wanted) : this.#entries.some((one) => isThis(one, wanted));
    return isSet ? 'set' : 'missing';
  }

  async token(
    request: CredentialRequest,
    options: { readonly signal: AbortSignal; readonly refused?: string },
  ): Promise<string | undefined> {
    if (!vscode.workspace.isTrusted) {
      throw new CbError('untrusted-workspace', msg('Nothing is sent from a workspace that is not trusted.'));
    }
    if (request.kind === 'apiKey' || request.kind === 'publishableKey') {
      return (await this.#given(request, options.signal))?.value;
    }
    const token = await this.#deps.tokens.token(request, (signal) => this.#grant(request, signal), options);
    const { kind, binding, authBase } = request;
    if (token !== undefined) await this.#noteSignIn({ kind, binding, authBase });
    return token;
  }

  /**
   * What the credential of a place is: asked for, and kept in place of a former one.
   * @returns whether there is one now
   */
  async set(place: AddressCredential, token?: vscode.CancellationToken): Promise<boolean> {
    return (await this.#ask(place, token)) !== undefined;
  }

  /** Forgets credentials, and the tokens got with them. */
  async forget(entries: readonly CredentialEntry[]): Promise<void> {
    const { storage } = this.#deps;
    for (const entry of entries) await storage.delete(secretKey(entry));
    await this.load();
    const kept = this.#entries.filter((one) => !entries.some((other) => isSameEntry(one, other)));
    await storage.store(INDEX_KEY, JSON.stringify(kept));
    await this.signOut((one) => entries.some((entry) => isSameEntry(one, entry)));
  }

  /**
   * Forgets tokens, also the leave to use the login of the `tcb` command; what the user entered stays.
   * @returns how many sign-ins were forgotten
   */
  async signOut(isMeant: (entry: CredentialEntry) => boolean): Promise<number> {
    const { storage, tokens, workspaceState } = this.#deps;
    await this.load();
    const meant = this.#signedIn.filter(isMeant);
    for (const { place } of meant) await tokens.forget(place);
    const kept = this.#signedIn.filter((one) => !isMeant(one));
    await storage.store(SIGNED_IN_KEY, JSON.stringify(kept));
    const leaves = readEntries(workspaceState.get<string>(CLI_KEY)).filter((one) => !isMeant(one));
    await workspaceState.update(CLI_KEY, JSON.stringify(leaves));
    await this.load();
    return meant.length;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #grant(request: CredentialRequest, signal: AbortSignal): Promise<Grant | undefined> {
    if (request.kind === 'anonymous') return { kind: 'anonymous' };
    if (request.kind === 'cliLogin') return this.#cliGrant(request);
    const given = await this.#given(request, signal);
    if (given === undefined) return undefined;
    const { value, refreshToken, secretId, secretKey, sessionToken } = given;
    if (secretId !== undefined && secretKey !== undefined) {
      return { kind: 'key', key: { secretId, secretKey, sessionToken } };
    }
    const { givenTokens } = await import('../net/tokens.ts');
    return value === undefined
      ? undefined
      : { kind: 'tokens', tokens: givenTokens(value, refreshToken ?? null) };
  }

  /** What was entered for exactly this place; else it is asked for. @throws CbError `credential-refused` */
  #given(place: AddressCredential, signal: AbortSignal): Promise<GivenCredential | undefined> {
    const entry = entryFor(place);
    const find = async (stop: AbortSignal): Promise<GivenCredential | undefined> => {
      const stored = await this.#read(entry);
      if (stored !== null) return stored;
      await this.load();
      const elsewhere = this.#entries.filter((one) => isOfSameProfile(one, entry));
      if (elsewhere.length === 0) return untilAborted(stop, (token) => this.#ask(place, token));
      const { askOtherOrigin } = await import('./originConsent.ts');
      const entered = [...new Set(elsewhere.flatMap(({ origins }) => origins))];
      const what = describeKind(entry.kind);
      const answer = await askOtherOrigin({ ...entry, what }, entered, entry.origins);
      stop.throwIfAborted();
      if (answer === 'another') return untilAborted(stop, (token) => this.#ask(place, token));
      const same = answer === 'same' ? await this.#read(elsewhere.at(-1) ?? entry) : null;
      if (same === null) throw notLetGo(what, entry.origins);
      await this.#keep(entry, same);
      return same;
    };
    return this.#asking.join(entryKey(entry), find, signal);
  }

  async #read(entry: CredentialEntry): Promise<GivenCredential | null> {
    const stored = await this.#deps.storage.get(secretKey(entry));
    return stored === undefined ? null : readGiven(entry.kind, stored);
  }

  async #ask(
    place: AddressCredential,
    token?: vscode.CancellationToken,
  ): Promise<GivenCredential | undefined> {
    const { askForCredential } = await import('./credentialInput.ts');
    const entry = entryFor(place);
    const given = await askForCredential(entry, token);
    if (given === undefined) return undefined;
    await this.#deps.tokens.forget(place);
    await this.#keep(entry, given);
    return given;
  }

  async #keep(entry: CredentialEntry, given: GivenCredential): Promise<void> {
    const { storage } = this.#deps;
    await storage.store(secretKey(entry), JSON.stringify(given));
    await this.load();
    const others = this.#entries.filter((one) => !isSameEntry(one, entry));
    await storage.store(INDEX_KEY, JSON.stringify([...others, entry]));
    await this.load();
  }

  async #noteSignIn(place: AddressCredential): Promise<void> {
    const entry: SignedIn = { ...entryFor(place), place };
    if (this.#signedIn.some((one) => isSameEntry(one, entry))) return;
    await this.load();
    const others = this.#signedIn.filter((one) => !isSameEntry(one, entry));
    await this.#deps.storage.store(SIGNED_IN_KEY, JSON.stringify([...others, entry]));
    await this.load();
  }

  #mayUseCli(entry: CredentialEntry): boolean {
    const leaves = readEntries(this.#deps.workspaceState.get<string>(CLI_KEY));
    return leaves.some((one) => isSameEntry(one, entry));
  }

  /** The login of the `tcb` command; whether it may be used is asked once for a workspace and a place. */
  async #cliGrant(place: AddressCredential): Promise<Grant> {
    const entry = entryFor(place);
    const { readCliLogin } = await import('../net/cliLogin.ts');
    if (!this.#mayUseCli(entry)) {
      const question = vscode.l10n.t(
        'Use the login of the tcb command for the profile "{0}" in this workspace?',
        entry.profile,
      );
      const detail = [
        vscode.l10n.t('Environment: {0}', entry.envId),
        vscode.l10n.t('Tokens got with it go to {0}.', entry.origins.join(', ')),
        vscode.l10n.t('The login is only read, never changed or shown.'),
      ].join('\n');
      const use = vscode.l10n.t('Use It');
      const picked = await vscode.window.showWarningMessage(question, { modal: true, detail }, use);
      if (picked !== use) throw notLetGo(describeKind('cliLogin'), entry.origins);
      const { workspaceState } = this.#deps;
      const leaves = readEntries(workspaceState.get<string>(CLI_KEY));
      await workspaceState.update(CLI_KEY, JSON.stringify([...leaves, entry]));
    }
    return { kind: 'key', key: (await readCliLogin()).key };
  }
}

function notLetGo(what: string, origins: readonly string[]): CbError {
  return new CbError('credential-refused', msg('You did not let {0} go to {1}.', what, origins.join(', ')));
}

function secretKey(entry: CredentialEntry): string {
  return `cbhttp.credential ${entryKey(entry)}`;
}
