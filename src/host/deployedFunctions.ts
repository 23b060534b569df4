import * as vscode from 'vscode';
import { isCbError } from '../core/errors.ts';
import type { DeployedFunction } from '../core/functions/deployed.ts';
import type { Transport } from '../core/ports.ts';
import type { Profile } from '../core/profiles/profile.ts';
import type { ServiceRoute } from '../core/profiles/serviceRoutes.ts';
import { createDeployedCache, type DeployedCache, type KeptListing } from '../net/deployedCache.ts';
import { accountApi } from './accountApi.ts';
import type { Credentials } from './credentials.ts';
import { DisposableStore } from './disposableStore.ts';
import { inSlices } from './inSlices.ts';
import type { Secrets } from './secrets.ts';
import { say } from './translate.ts';

/** What the environment of a profile has, as far as it is known. */
export interface DeployedListing {
  readonly envId: string;
  readonly functions: readonly DeployedFunction[];
  /** Of the access service. */
  readonly routes: readonly ServiceRoute[];
  /** ms since 1970; 0 for never. */
  readonly fetchedMs: number;
  /** Why it could not be listed last; null where it could. What was listed before stands all the same. */
  readonly failure: string | null;
  readonly isRefreshing: boolean;
}

/** What listing needs. */
export interface DeployedFunctionsDeps {
  readonly transport: Transport;
  readonly credentials: Credentials;
  /** Of a client certificate. */
  readonly secrets: Secrets;
  readonly log: vscode.LogOutputChannel;
  /** A folder of this machine that is the extension's own; made when something is kept. */
  readonly cacheDir: string;
  /** Unix time in ms; the system's clock when left out. */
  readonly now?: () => number;
}

/** ms for which a listing is not asked for again behind what is shown. */
const FRESH_MS = 60_000;

const NOTHING: KeptListing = { functions: [], routes: [], fetchedMs: 0, failure: null };

/** One profile's environment and account. */
interface Place {
  readonly key: readonly string[];
  /** As the settings have it now. */
  profile: Profile;
  kept: KeptListing;
  /** False until it was looked for on the disk. */
  isOpen: boolean;
  isMissing: boolean;
  opening: Promise<void>;
  refreshing: Promise<void> | undefined;
}

/**
 * The functions of the profiles' environments by the management API: at once what was kept on the disk, then what is
 * there now. Asks nobody anything unless it is told to.
 */
export class DeployedFunctions implements vscode.Disposable {
  readonly #deps: DeployedFunctionsDeps;
  readonly #cache: DeployedCache;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #places = new Map<string, Place>();
  readonly #ending = new AbortController();

  /** A listing, what is wrong with one, or whether one is refreshed is another than before. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: DeployedFunctionsDeps) {
    this.#deps = deps;
    this.#cache = createDeployedCache({ dir: deps.cacheDir, inSlices });
    this.#store.add(deps.credentials.onDidChange(() => this.#followCredentials()));
  }

  /** True for profiles whose credential is one of an account. */
  static canList({ auth, envId }: Profile): boolean {
    return envId !== '' && (auth === 'secretKey' || auth === 'cliLogin');
  }

  /**
   * What is known without waiting; the first call looks on the disk and asks the API. Undefined where nothing is
   * known yet, for profiles without an account's credential, and in a workspace that is not trusted.
   */
  listing(profile: Profile): DeployedListing | undefined {
    const place = this.#place(profile);
    if (place === undefined || !place.isOpen || place.isMissing) return undefined;
    const { kept, refreshing } = place;
    return { envId: profile.envId, ...kept, isRefreshing: refreshing !== undefined };
  }

  /** Resolves once {@link listing} says what the disk has; nobody waits for the API here. */
  async opened(profile: Profile): Promise<void> {
    await this.#place(profile)?.opening;
  }

  /** True where the account's credential would have to be asked for. */
  isCredentialMissing(profile: Profile): boolean {
    return this.#place(profile)?.isMissing === true;
  }

  /**
   * Lists again; resolves at the end of it. What goes wrong becomes the listing's `failure`.
   * @param options.asks the user wants it: a missing credential is asked for
   * @param options.onlyIfOld not where it was listed a moment ago
   */
  async refresh(
    profile: Profile,
    { asks = false, onlyIfOld = false }: { readonly asks?: boolean; readonly onlyIfOld?: boolean } = {},
  ): Promise<void> {
    const place = this.#place(profile);
    if (place === undefined) return;
    if (place.refreshing !== undefined) {
      await place.refreshing;
      if (!asks || !place.isMissing) return; // that was it
    }
    if (onlyIfOld && this.#isFresh(place)) return;
    await (place.refreshing ?? this.#refresh(place, asks));
  }

  dispose(): void {
    this.#ending.abort();
    this.#store.dispose();
  }

  #place(profile: Profile): Place | undefined {
    if (!vscode.workspace.isTrusted || !DeployedFunctions.canList(profile)) return undefined;
    const { name, auth, envId, region, managementUrl } = profile;
    const key = [name, auth, envId, region, managementUrl];
    const id = JSON.stringify(key);
    const known = this.#places.get(id);
    if (known !== undefined) {
      known.profile = profile;
      return known;
    }
    const place: Place = {
      key,
      profile,
      kept: NOTHING,
      isOpen: false,
      isMissing: false,
      opening: Promise.resolve(),
      refreshing: undefined,
    };
    this.#places.set(id, place);
    place.opening = this.#open(place);
    place.refreshing = this.#begin(place).finally(() => {
      place.refreshing = undefined;
      this.#fire();
    });
    return place;
  }

  async #open(place: Place): Promise<void> {
    const kept = await this.#cache.read(place.key);
    place.isOpen = true;
    if (kept !== undefined) place.kept = kept;
    this.#fire();
  }

  /** What the disk has, then what is there. */
  async #begin(place: Place): Promise<void> {
    await place.opening;
    if (!this.#isFresh(place)) await this.#list(place, false);
  }

  #refresh(place: Place, asks: boolean): Promise<void> {
    place.refreshing = this.#list(place, asks).finally(() => {
      place.refreshing = undefined;
      this.#fire();
    });
    this.#fire();
    return place.refreshing;
  }

  #isFresh({ kept, isMissing }: Place): boolean {
    const { now = Date.now } = this.#deps;
    return !isMissing && kept.failure === null && now() - kept.fetchedMs < FRESH_MS;
  }

  async #list(place: Place, asks: boolean): Promise<void> {
    const { credentials, log, now = Date.now } = this.#deps;
    const { profile, key } = place;
    const { signal } = this.#ending;
    try {
      const account = asks
        ? await credentials.accountKey(profile, { signal })
        : await credentials.knownAccountKey(profile);
      place.isMissing = account === undefined;
      if (account === undefined) {
        place.kept = NOTHING;
        await this.#cache.delete(key);
        return;
      }
      const api = await accountApi(profile, account, this.#deps, { signal, asks });
      const types = new Map(place.kept.functions.map(({ functionId, type }) => [functionId, type]));
      const show = (functions: readonly DeployedFunction[]): void => {
        if (!isSame(functions, place.kept.functions)) place.kept = { ...place.kept, functions };
        this.#fire();
      };
      const functions = await api.listFunctions(profile.envId, {
        signal,
        knownType: ({ functionId }) => types.get(functionId) ?? 'unknown',
        onListed: show,
      });
      show(functions);
      const listed = await api.listRoutes(profile.envId, { signal });
      const before = place.kept.routes;
      const routes = JSON.stringify(listed) === JSON.stringify(before) ? before : listed;
      place.kept = { ...place.kept, routes, fetchedMs: now(), failure: null };
    } catch (error) {
      if (signal.aborted) return;
      const failure = isCbError(error) ? say(error.display) : String(error);
      log.warn(`${profile.envId}: ${failure}`);
      place.isMissing = false;
      place.kept = { ...place.kept, failure };
    }
    await this.#cache.write(key, place.kept).catch((error: unknown) => log.warn(String(error)));
  }

  /** A credential came: what waited for it is listed. One went: what was listed with it is forgotten. */
  #followCredentials(): void {
    for (const place of this.#places.values()) {
      void this.#checkCredential(place).catch((error: unknown) => this.#deps.log.warn(String(error)));
    }
  }

  async #checkCredential(place: Place): Promise<void> {
    if (place.refreshing !== undefined) return; // it has just looked, or the user is being asked
    const isThere = await this.#deps.credentials.knownAccountKey(place.profile).then(
      (key) => key !== undefined,
      () => true, // there, and wrong: the next listing says how
    );
    if (isThere !== place.isMissing || place.refreshing !== undefined) return;
    await this.#refresh(place, false);
  }

  #fire(): void {
    if (!this.#store.isDisposed) this.#changed.fire();
  }
}

/** True for lists that look the same: what is shown of them need not be made anew. */
function isSame(one: readonly DeployedFunction[], other: readonly DeployedFunction[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((item, index) => {
    const before = other[index];
    if (before === undefined) return false;
    return (Object.keys(item) as (keyof DeployedFunction)[]).every((name) => item[name] === before[name]);
  });
}
