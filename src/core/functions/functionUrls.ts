import { isCbError } from '../errors.ts';
import type { Profile, Route } from '../profiles/profile.ts';
import { joinPath, type ServiceRoute } from '../profiles/serviceRoutes.ts';
import { addressTarget } from '../profiles/target.ts';

/** A way to call a function. */
export interface FunctionUrl {
  readonly route: Route;
  readonly url: string;
  /** True for a domain of the environment's own: rate-limited, for development. */
  readonly isDefaultDomain: boolean;
}

/** What the addresses of a function depend on. */
export interface FunctionUrlOptions {
  readonly profile: Profile;
  /** Of the access service: those of the config and those listed. */
  readonly routes: readonly ServiceRoute[];
  /** False for a function that is only deployed. */
  readonly isLocal: boolean;
  /** Where the extension runs it. */
  readonly port: number | undefined;
}

/** Every URL that leads to a function, each once: HTTP API, access service, this machine. */
export function functionUrls(name: string, options: FunctionUrlOptions): readonly FunctionUrl[] {
  const { profile, routes, isLocal, port } = options;
  const found: FunctionUrl[] = [];
  const add = (route: Route, url: string | null, isDefaultDomain = false): void => {
    if (url === null || found.some((one) => one.url === url)) return;
    found.push({ route, url, isDefaultDomain });
  };
  add('gateway', addressOf(name, 'gateway', options));
  const own = routes.filter((route) => route.functionName === name && route.isEnabled);
  for (const { domain, path, isDefaultDomain } of own) {
    const base = domain === null ? baseOf(profile) : `https://${domain}`;
    if (base !== '') add('service', base + joinPath(path, ''), isDefaultDomain);
  }
  if (profile.route === 'service') add('service', addressOf(name, 'service', options));
  if (isLocal || port !== undefined) add('local', addressOf(name, 'local', options));
  return found;
}

/** Null where the profile has no address for the route. */
function addressOf(name: string, route: Route, { profile, routes, port }: FunctionUrlOptions): string | null {
  // What a profile says of addresses holds for its own route.
  const own = route === profile.route ? profile : { ...profile, baseUrl: '', functions: {} };
  try {
    const runningPort = (): number | undefined => port;
    return addressTarget(`fn://${name}`, { profile: own, route, routes, runningPort }).url;
  } catch (error) {
    if (!isCbError(error)) throw error;
    return null;
  }
}

function baseOf({ route, baseUrl }: Profile): string {
  return route === 'service' ? baseUrl : '';
}
