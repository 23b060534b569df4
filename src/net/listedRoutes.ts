import type { Profile } from '../core/profiles/profile.ts';
import type { ListRoutes } from '../core/profiles/prepare.ts';
import type { ServiceRoute } from '../core/profiles/serviceRoutes.ts';
import { hasTemplate } from '../core/functions/configTemplates.ts';
import type { Transport } from '../core/ports.ts';
import type { Tc3Key } from './tc3.ts';

/** ms for which listed routes hold. */
const HOLD_MS = 5 * 60_000;

export interface ListedRoutesDeps {
  readonly transport: Transport;
  /** Undefined where the profile has no key of an account. */
  readonly accountKey: (
    profile: Profile,
    options: { readonly signal: AbortSignal },
  ) => Promise<Tc3Key | undefined>;
  /** Unix time in ms. */
  readonly now?: () => number;
}

/** The routes of the access service as the management API lists them, for profiles that have an account's key. */
export function createListedRoutes({ transport, accountKey, now = Date.now }: ListedRoutesDeps): ListRoutes {
  const known = new Map<string, { readonly routes: readonly ServiceRoute[]; readonly untilMs: number }>();
  return async (profile, connection, options) => {
    const { name, auth, envId, region, managementUrl } = profile;
    if (envId === '' || hasTemplate(envId) || (auth !== 'secretKey' && auth !== 'cliLogin')) return [];
    const key = JSON.stringify([name, auth, envId, region, managementUrl]);
    const last = known.get(key);
    if (last !== undefined && now() < last.untilMs) return last.routes;
    const credentials = await accountKey(profile, options);
    if (credentials === undefined) return [];
    const { createManagementApi } = await import('./managementApi.ts');
    const api = createManagementApi({ transport, credentials, region, managementUrl, connection, now });
    const routes = await api.listRoutes(envId, options);
    known.set(key, { routes, untilMs: now() + HOLD_MS });
    return routes;
  };
}
