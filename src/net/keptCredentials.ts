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
  type CredentialState,
  type GivenCredential,
} from '../core/profiles/credentials/given.ts';
import {
  managementPlace,
  profileCredential,
  type AddressCredential,
} from '../core/profiles/credentials/place.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { readCliLogin } from './cliLogin.ts';
import { createSingleFlight } from './singleFlight.ts';
import type { Tc3Key } from './tc3.ts';
import { givenTokens, type Grant, type TokenSource, type TokenStorage } from './tokens.ts';

/** Under these keys the storage holds which credentials and tokens there are: no secret itself. */
export const INDEX_KEYS = { entered: 'cbhttp.credentials', signedIn: 'cbhttp.signedIn' } as const;

/** What only the user can say. */
export interface CredentialQuestions {
  /** What the credential is; undefined where the user gives none. */
  enter(entry: CredentialEntry, signal: AbortSignal): Promise<GivenCredential | undefined>;
  /** What to do with one that was entered for other origins; undefined for neither. */
  otherOrigin(entry: CredentialEntry, entered: readonly string[]): Promise<'same' | 'another' | undefined>;
  /** Whether the login of the `tcb` command may be used there. */
  useCliLogin(entry: CredentialEntry): Promise<boolean>;
  /** A kind of credential in words. */
  describe(kind: CredentialEntry['kind']): string;
}

export interface KeptCredentialsDeps {
  readonly storage: TokenStorage;
  /** The list of places where the login of the `tcb` command may be used: kept for a workspace. */
  readonly cliLeaves: {
    readonly read: () => string | undefined;
    readonly write: (text: string) => PromiseLike<void>;
  };
  readonly questions: CredentialQuestions;
  readonly tokens: TokenSource;
  /** {@link KeptCredentials.state} may say something else. */
  readonly onDidChange: () => void;
  readonly cliLoginFile?: string;
}

/** Where tokens were got for. */
type SignedIn = CredentialEntry & { readonly place: AddressCredential };

/**
 * Credentials that users entered, each kept under the profile, environment and origins it was entered for. A workspace
 * whose profile has the same name and leads elsewhere finds nothing there; the user is asked.
 */
export class KeptCredentials implements CredentialStore {
  readonly #deps: KeptCredentialsDeps;
  readonly #asking = createSingleFlight<GivenCredential | undefined>();
  #entries: readonly CredentialEntry[] = [];
  #signedIn: readonly SignedIn[] = [];

  constructor(deps: KeptCredentialsDeps) {
    this.#deps = deps;
  }

  /** Reads which credentials there are, for {@link state} and {@link entries}. */
  async load(): Promise<void> {
    const { storage, onDidChange } = this.#deps;
    const before = JSON.stringify([this.#entries, this.#signedIn]);
    this.#entries = readEntries(await storage.get(INDEX_KEYS.entered));
    this.#signedIn = readEntries(await storage.get(INDEX_KEYS.signedIn)) as readonly SignedIn[];
    if (before !== JSON.stringify([this.#entries, this.#signedIn])) onDidChange();
  }

  /** As far as it was loaded. */
  get entries(): readonly CredentialEntry[] {
    return this.#entries;
  }

  /** What a profile has on this machine, as far as it was loaded. */
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
    const known = auth === 'cliLogin' ? this.#cliLeaves() : this.#entries;
    return known.some((one) => isThis(one, wanted)) ? 'set' : 'missing';
  }

  async token(
    request: CredentialRequest,
    options: { readonly signal: AbortSignal; readonly refused?: string },
  ): Promise<string | undefined> {
    if (request.kind === 'apiKey' || request.kind === 'publishableKey') {
      return (await this.#given(request, options.signal))?.value;
    }
    const token = await this.#deps.tokens.token(request, (signal) => this.#grant(request, signal), options);
    const { kind, binding, authBase } = request;
    if (token !== undefined) await this.#noteSignIn({ kind, binding, authBase });
    return token;
  }

  /**
   * The account's key for the management API, of profiles that have one: `secretKey` and `cliLogin`. It is asked for
   * like that of a request, and goes to the vendor's own API, or to another that the user has let it go to.
   * @throws CbError `credential-refused`, `cli-login`
   */
  async accountKey(
    profile: Profile,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<Tc3Key | undefined> {
    const place = managementPlace(profile);
    if (place === null) return undefined;
    const grant =
      place.kind === 'cliLogin' ? await this.#cliGrant(place) : await this.#givenGrant(place, signal);
    signal.throwIfAborted();
    return grant?.kind === 'key' ? grant.key : undefined;
  }

  /**
   * The account's key where nothing has to be asked for it; undefined where something would be.
   * @throws CbError `credential-refused`, `cli-login`, `settings`
   */
  async knownAccountKey(profile: Profile): Promise<Tc3Key | undefined> {
    const place = managementPlace(profile);
    if (place === null) return undefined;
    const entry = entryFor(place);
    if (place.kind === 'cliLogin') {
      const isAllowed = this.#cliLeaves().some((one) => isSameEntry(one, entry));
      return isAllowed ? (await readCliLogin(this.#deps.cliLoginFile)).key : undefined;
    }
    const given = await this.#read(entry);
    const grant = given === null ? undefined : asGrant(given);
    return grant?.kind === 'key' ? grant.key : undefined;
  }

  /** Asks for the credential of a place and keeps it, for a former one. @returns whether there is one now */
  async set(place: AddressCredential, options: { readonly signal: AbortSignal }): Promise<boolean> {
    return (await this.#enter(place, options.signal)) !== undefined;
  }

  /** Forgets credentials, and the tokens got with them. */
  async forget(entries: readonly CredentialEntry[]): Promise<void> {
    const { storage } = this.#deps;
    const isMeant = (one: CredentialEntry): boolean => entries.some((entry) => isSameEntry(one, entry));
    for (const entry of entries) await storage.delete(secretKey(entry));
    await this.load();
    const kept = this.#entries.filter((one) => !isMeant(one));
    await storage.store(INDEX_KEYS.entered, JSON.stringify(kept));
    await this.signOut(isMeant);
  }

  /**
   * Forgets tokens, also the leave to use the login of the `tcb` command; what the user entered stays.
   * @returns how many sign-ins were forgotten
   */
  async signOut(isMeant: (entry: CredentialEntry) => boolean): Promise<number> {
    const { storage, tokens, cliLeaves } = this.#deps;
    await this.load();
    const meant = this.#signedIn.filter(isMeant);
    for (const { place } of meant) await tokens.forget(place);
    const kept = this.#signedIn.filter((one) => !isMeant(one));
    await storage.store(INDEX_KEYS.signedIn, JSON.stringify(kept));
    await cliLeaves.write(JSON.stringify(this.#cliLeaves().filter((one) => !isMeant(one))));
    await this.load();
    return meant.length;
  }

  async #grant(request: CredentialRequest, signal: AbortSignal): Promise<Grant | undefined> {
    if (request.kind === 'anonymous') return { kind: 'anonymous' };
    if (request.kind === 'cliLogin') return this.#cliGrant(request);
    return this.#givenGrant(request, signal);
  }

  async #givenGrant(place: AddressCredential, signal: AbortSignal): Promise<Grant | undefined> {
    const given = await this.#given(place, signal);
    return given === undefined ? undefined : asGrant(given);
  }

  /** What was entered for exactly this place; else it is asked for. @throws CbError `credential-refused` */
  #given(place: AddressCredential, signal: AbortSignal): Promise<GivenCredential | undefined> {
    const entry = entryFor(place);
    const find = async (stop: AbortSignal): Promise<GivenCredential | undefined> => {
      const stored = await this.#read(entry);
      if (stored !== null) return stored;
      await this.load();
      const elsewhere = this.#entries.filter((one) => isOfSameProfile(one, entry));
      if (elsewhere.length === 0) return this.#enter(place, stop);
      const entered = [...new Set(elsewhere.flatMap(({ origins }) => origins))];
      const answer = await this.#deps.questions.otherOrigin(entry, entered);
      stop.throwIfAborted();
      if (answer === 'another') return this.#enter(place, stop);
      const same = answer === 'same' ? await this.#read(elsewhere.at(-1) ?? entry) : null;
      if (same === null) throw this.#notLetGo(entry);
      await this.#keep(entry, same);
      return same;
    };
    return this.#asking.join(entryKey(entry), find, signal);
  }

  async #read(entry: CredentialEntry): Promise<GivenCredential | null> {
    const stored = await this.#deps.storage.get(secretKey(entry));
    return stored === undefined ? null : readGiven(entry.kind, stored);
  }

  async #enter(place: AddressCredential, signal: AbortSignal): Promise<GivenCredential | undefined> {
    const entry = entryFor(place);
    const given = await this.#deps.questions.enter(entry, signal);
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
    await storage.store(INDEX_KEYS.entered, JSON.stringify([...others, entry]));
    await this.load();
  }

  async #noteSignIn(place: AddressCredential): Promise<void> {
    const entry: SignedIn = { ...entryFor(place), place };
    if (this.#signedIn.some((one) => isSameEntry(one, entry))) return;
    await this.load();
    const others = this.#signedIn.filter((one) => !isSameEntry(one, entry));
    await this.#deps.storage.store(INDEX_KEYS.signedIn, JSON.stringify([...others, entry]));
    await this.load();
  }

  #cliLeaves(): readonly CredentialEntry[] {
    return readEntries(this.#deps.cliLeaves.read());
  }

  /** The login of the `tcb` command; whether it may be used is asked once for a workspace and a place. */
  async #cliGrant(place: AddressCredential): Promise<Grant> {
    const { questions, cliLeaves, cliLoginFile, onDidChange } = this.#deps;
    const entry = entryFor(place);
    if (!this.#cliLeaves().some((one) => isSameEntry(one, entry))) {
      if (!(await questions.useCliLogin(entry))) throw this.#notLetGo(entry);
      await cliLeaves.write(JSON.stringify([...this.#cliLeaves(), entry]));
      onDidChange();
    }
    return { kind: 'key', key: (await readCliLogin(cliLoginFile)).key };
  }

  #notLetGo({ kind, origins }: CredentialEntry): CbError {
    const what = this.#deps.questions.describe(kind);
    return new CbError('credential-refused', msg('You did not let {0} go to {1}.', what, origins.join(', ')));
  }
}

function asGrant({
  value,
  refreshToken,
  secretId,
  secretKey,
  sessionToken,
}: GivenCredential): Grant | undefined {
  if (secretId !== undefined && secretKey !== undefined) {
    return { kind: 'key', key: { secretId, secretKey, sessionToken } };
  }
  return value === undefined
    ? undefined
    : { kind: 'tokens', tokens: givenTokens(value, refreshToken ?? null) };
}

function secretKey(entry: CredentialEntry): string {
  return `cbhttp.credential ${entryKey(entry)}`;
}
