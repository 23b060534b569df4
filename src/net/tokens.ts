import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { CredentialRequest, Transport } from '../core/ports.ts';
import {
  isFresh,
  readKeptTokens,
  type TokenRefusal,
  type Tokens,
} from '../core/profiles/credentials/tokens.ts';
import { createSingleFlight } from './singleFlight.ts';
import type { Tc3Key } from './tc3.ts';
import { refreshTokens, signIn } from './tokenRequests.ts';

/** Where tokens outlive the process; VS Code's SecretStorage has this shape. */
export interface TokenStorage {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** What a token is got with. */
export type Grant =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'key'; readonly key: Tc3Key }
  | { readonly kind: 'tokens'; readonly tokens: Tokens };

export interface TokenSourceDeps {
  readonly transport: Transport;
  /** Null to keep tokens in memory only. */
  readonly storage: TokenStorage | null;
  /** Of this installation, for anonymous sign-in: the same each time, or each sign-in makes another user. */
  readonly deviceId: (authBase: string) => Promise<string>;
  /** `name/version`. */
  readonly userAgent: string;
  /** Unix time in ms. */
  readonly now?: () => number;
}

/** Gets tokens and keeps them. */
export interface TokenSource {
  /**
   * A token for exactly this binding: the kept one, else by its refresh token, else by the grant. Undefined where there
   * is no grant, or its token was refused and cannot be renewed. Never asks twice at once for one binding.
   * @param grant asked only where it is needed; may ask the user
   * @param options.refused a token that the service has just refused
   * @throws CbError `token-refused`, `timeout`, what `grant` and {@link Transport.send} throw; the signal's reason
   */
  token(
    request: CredentialRequest,
    grant: (signal: AbortSignal) => Promise<Grant | undefined>,
    options: { readonly signal: AbortSignal; readonly refused?: string },
  ): Promise<string | undefined>;
  /** Forgets the tokens of a binding, here and in the storage. */
  forget(request: Omit<CredentialRequest, 'connection'>): Promise<void>;
  /** The storage was changed, maybe by another window: what is kept here may be out of date. */
  reread(): void;
}

/** Under keys that begin so, a {@link TokenStorage} holds tokens. */
export const TOKEN_KEY_PREFIX = 'cbhttp.token ';

/** A {@link TokenSource} over a transport. */
export function createTokenSource(deps: TokenSourceDeps): TokenSource {
  const { storage, now = Date.now } = deps;
  const kept = new Map<string, Tokens>();
  const flights = createSingleFlight<string | undefined>();

  const recall = async (key: string): Promise<Tokens | null> => {
    const stored = await storage?.get(key);
    return stored === undefined ? null : readKeptTokens(stored);
  };
  const keep = async (key: string, tokens: Tokens): Promise<string> => {
    kept.set(key, tokens);
    // Where nothing can be stored, as on a system whose keyring is locked, it lasts as long as the process.
    await storage?.store(key, JSON.stringify(tokens)).then(undefined, () => {});
    return tokens.accessToken;
  };
  const drop = async (key: string): Promise<void> => {
    kept.delete(key);
    await storage?.delete(key);
  };

  const renew = async (
    request: CredentialRequest,
    grant: (signal: AbortSignal) => Promise<Grant | undefined>,
    refused: string | undefined,
    signal: AbortSignal,
  ): Promise<string | undefined> => {
    const key = tokenKey(request);
    const isGood = (tokens: Tokens): boolean => isFresh(tokens, now()) && tokens.accessToken !== refused;
    /** Undefined where what is kept is no longer good; another window may have renewed it. */
    const known = async (): Promise<string | undefined> => {
      const stored = await recall(key);
      if (stored === null || !isGood(stored)) return undefined;
      kept.set(key, stored);
      return stored.accessToken;
    };
    const inMemory = kept.get(key);
    if (inMemory !== undefined && isGood(inMemory)) return inMemory.accessToken;
    const token = await known();
    if (token !== undefined) return token;

    let refusal: TokenRefusal | undefined;
    const refresh = async (tokens: Tokens): Promise<Tokens | null> => {
      if (tokens.refreshToken === null || request.authBase === '') return null;
      const answer = await refreshTokens(deps, request, tokens.refreshToken, now, signal);
      if ('accessToken' in answer) {
        return { ...answer, refreshToken: answer.refreshToken ?? tokens.refreshToken };
      }
      refusal = answer;
      return null;
    };
    const last = (await recall(key)) ?? inMemory ?? null;
    const refreshed = last === null ? null : await refresh(last);
    if (refreshed !== null) return keep(key, refreshed);
    const ofAnotherWindow = refusal === undefined ? undefined : await known();
    if (ofAnotherWindow !== undefined) return ofAnotherWindow;
    await drop(key);

    const given = await grant(signal);
    signal.throwIfAborted();
    if (given === undefined) return undefined;
    if (given.kind !== 'tokens') {
      const answer = await signIn(deps, request, given, now, signal);
      if (!('accessToken' in answer)) throw new CbError('token-refused', answer.message);
      return keep(key, answer);
    }
    if (isGood(given.tokens)) return keep(key, given.tokens);
    const isOther = given.tokens.refreshToken !== last?.refreshToken;
    const second = isOther ? await refresh(given.tokens) : null;
    if (second !== null) return keep(key, second);
    if (refused !== undefined) return undefined;
    throw new CbError(
      'token-refused',
      refusal?.message ??
        msg('The access token of the profile "{0}" has expired. Set another one.', request.binding.profile),
    );
  };

  return {
    async token(request, grant, { signal, refused }) {
      const key = tokenKey(request);
      const work = (stop: AbortSignal): Promise<string | undefined> => renew(request, grant, refused, stop);
      const token = await flights.join(key, work, signal);
      if (token === undefined || token !== refused) return token;
      // It came from a request for the token that did not know of the refusal yet.
      const other = await flights.join(key, work, signal);
      return other === refused ? undefined : other;
    },
    forget: (request) => drop(tokenKey(request)),
    reread: () => kept.clear(),
  };
}

/** Tokens that the user has; their end is read from the access token where it is a JWT (RFC 7519, 4.1.4). */
export function givenTokens(accessToken: string, refreshToken: string | null): Tokens {
  let expiresAtMs: number | null = null;
  try {
    const payload = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString();
    const { exp } = JSON.parse(payload) as { exp?: unknown };
    if (typeof exp === 'number') expiresAtMs = exp * 1000;
  } catch {
    // no JWT: nobody says when it ends
  }
  return { accessToken, refreshToken, expiresAtMs };
}

function tokenKey({ kind, binding, authBase }: Omit<CredentialRequest, 'connection'>): string {
  const { profile, envId, origin } = binding;
  return `${TOKEN_KEY_PREFIX}${JSON.stringify([kind, profile, envId, origin, authBase])}`;
}
