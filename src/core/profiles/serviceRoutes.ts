/** A route of the HTTP access service: from cloudbaserc.json, or as the management API lists it. */
export interface ServiceRoute {
  /** Null where that is not known: then the profile's `baseUrl` stands for it. */
  readonly domain: string | null;
  /** True for the environment's own domain, which is for development: rate-limited, with a page in between. */
  readonly isDefaultDomain: boolean;
  /** The path it begins with, with its slash. */
  readonly path: string;
  /** Null for a route to something else. */
  readonly functionName: string | null;
  readonly isEnabled: boolean;
}

/**
 * The route that leads a path to a function, or undefined: of those whose longest match is that function's own, one on
 * a custom domain, and there the longest. Source: facts sheet, section 2.
 * @param subPath what follows the route's path, with its slash, or empty
 */
export function routeTo(
  functionName: string,
  subPath: string,
  routes: readonly ServiceRoute[],
): ServiceRoute | undefined {
  const enabled = routes.filter(({ isEnabled }) => isEnabled);
  const path = subPath.split(/[?#]/, 1)[0] ?? '';
  return enabled
    .filter((route) => route.functionName === functionName)
    .filter((route) => matched(joinPath(route.path, path), route.domain, enabled) === functionName)
    .sort(
      (one, other) =>
        Number(one.isDefaultDomain) - Number(other.isDefaultDomain) || other.path.length - one.path.length,
    )[0];
}

/** A route's path with what follows it. */
export function joinPath(route: string, subPath: string): string {
  return prefixOf(route) + subPath;
}

/** The function that the longest prefix of a path leads to on a domain. */
function matched(path: string, domain: string | null, routes: readonly ServiceRoute[]): string | null {
  let longest: ServiceRoute | undefined;
  for (const route of routes) {
    const prefix = prefixOf(route.path);
    if (route.domain !== domain || !`${path}/`.startsWith(`${prefix}/`)) continue;
    if (longest === undefined || prefix.length > prefixOf(longest.path).length) longest = route;
  }
  return longest?.functionName ?? null;
}

/** With a slash before it and none behind it: `/` is empty. */
function prefixOf(path: string): string {
  return `/${path}`.replace(/^\/+/, '/').replace(/\/+$/, '');
}
