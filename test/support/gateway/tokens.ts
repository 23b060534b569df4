import { createHash, randomBytes } from 'node:crypto';
import type { GatewayEnvironment } from './cloud.ts';

/** What a token lets its bearer do. */
export type Rights = 'anonymous' | 'admin';

/** A token reply of the auth endpoints [V wire]. */
export interface TokenReply {
  readonly token_type: 'Bearer';
  readonly access_token: string;
  readonly refresh_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: Rights;
  readonly sub: string;
}

/** A token that is not accepted. */
export type TokenProblem = 'INVALID_CREDENTIALS' | 'INVALID_ACCESS_TOKEN' | 'ACCESS_TOKEN_EXPIRED';

interface Grant {
  readonly envId: string;
  readonly rights: Rights;
  readonly sub: string;
  /** ms since 1970. */
  readonly expiresAtMs: number;
  readonly isRevoked: boolean;
}

/** [D]: an access token lives 2 hours, a refresh token about 30 days. */
const accessSeconds = 7200;
const refreshSeconds = 30 * 24 * 3600;

/** The tokens of all environments, and what a test does to them. */
export class Tokens {
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, Grant>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Gives out a pair of tokens. */
  issue(
    { envId }: Pick<GatewayEnvironment, 'envId'>,
    rights: Rights,
    options: { readonly user?: string; readonly seconds?: number } = {},
  ): TokenReply {
    const sub = createHash('sha256')
      .update(`${envId} ${options.user ?? rights}`)
      .digest('hex');
    const expires_in = options.seconds ?? accessSeconds;
    const grant = { envId, rights, sub, isRevoked: false };
    const access_token = `at-${randomBytes(24).toString('base64url')}`;
    const refresh_token = `rt-${randomBytes(24).toString('base64url')}`;
    this.#access.set(access_token, { ...grant, expiresAtMs: this.#now() + expires_in * 1000 });
    this.#refresh.set(refresh_token, { ...grant, expiresAtMs: this.#now() + refreshSeconds * 1000 });
    return { token_type: 'Bearer', access_token, refresh_token, expires_in, scope: rights, sub };
  }

  /**
   * A new pair for a refresh token, or undefined where that is not known, void or old. The old one is void then [U],
   * so that a client that refreshes twice at once, or forgets the new one, is found out.
   */
  refresh({ envId }: GatewayEnvironment, refreshToken: string): TokenReply | undefined {
    const grant = this.#refresh.get(refreshToken);
    if (!grant || grant.isRevoked || grant.envId !== envId || grant.expiresAtMs <= this.#now()) {
      return undefined;
    }
    this.#refresh.delete(refreshToken);
    return { ...this.issue({ envId }, grant.rights), sub: grant.sub };
  }

  /** The rights of a bearer token or key, or why it has none. */
  rightsOf(environment: GatewayEnvironment, bearer: string): Rights | TokenProblem {
    if (bearer === environment.apiKey) return 'admin';
    if (bearer === environment.publishableKey) return 'anonymous';
    const grant = this.#access.get(bearer);
    if (!grant || grant.envId !== environment.envId) return 'INVALID_CREDENTIALS';
    if (grant.isRevoked) return 'INVALID_ACCESS_TOKEN';
    return grant.expiresAtMs <= this.#now() ? 'ACCESS_TOKEN_EXPIRED' : grant.rights;
  }

  /** All access tokens given out so far have expired. */
  expireAll(): void {
    change(this.#access, { expiresAtMs: 0 });
  }

  /** All access tokens given out so far are void. */
  revokeAll(): void {
    change(this.#access, { isRevoked: true });
  }

  /** All refresh tokens given out so far are void. */
  revokeRefreshTokens(): void {
    change(this.#refresh, { isRevoked: true });
  }
}

function change(grants: Map<string, Grant>, changed: Partial<Grant>): void {
  for (const [token, grant] of grants) grants.set(token, { ...grant, ...changed });
}
