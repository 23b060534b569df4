import { own } from './cloud.ts';
import type { AccessRoute, AccessService, GatewayEnvironment, GatewayOptions } from './cloud.ts';
import type { Exchange } from './exchange.ts';
import { interstitialPage } from './faults.ts';
import { rightsOf, splitOnce } from './httpApi.ts';
import type { Tokens } from './tokens.ts';

/** [I]: a token that the service itself looks at is not the function's business. */
const withheldWithAuth = new Set(['authorization', 'host', 'x-request-id']);
const withheldOpen = new Set(['host', 'x-request-id']);

/** The HTTP access service of one environment. */
export function serveAccess(
  service: AccessService,
  environment: GatewayEnvironment,
  exchange: Exchange,
  { options, tokens }: { readonly options: GatewayOptions; readonly tokens: Tokens },
): void {
  if (service.interstitial === true) {
    exchange.answer(200, 'text/html; charset=utf-8', interstitialPage);
    return;
  }
  const { url = '/', method = '' } = exchange.incoming;
  const [path, query] = splitOnce(url, '?');
  const route = findRoute(service.routes, path);
  const port = route === undefined ? undefined : own(options.functions, route.UpstreamResourceName);
  if (route?.UpstreamResourceType !== 'WEB_SCF' || port === undefined) {
    exchange.refuse('INVALID_PATH', `No route leads from ${path} to an HTTP function.`);
    return;
  }
  if (route.EnableAuth === true && rightsOf(exchange, environment, tokens) === undefined) return;
  exchange.passOn({
    port,
    method,
    path: pathForFunction(route, path) + (query === undefined ? '' : `?${query}`),
    withheld: route.EnableAuth === true ? withheldWithAuth : withheldOpen,
    timeoutMs: options.timeoutsMs?.[route.UpstreamResourceName] ?? 0,
  });
}

/** [V]: the longest prefix wins; a route counts unless it is switched off. */
function findRoute(routes: readonly AccessRoute[], path: string): AccessRoute | undefined {
  const matching = routes.filter(({ Path, Enable }) => {
    const prefix = Path.endsWith('/') ? Path : `${Path}/`;
    return Enable !== false && `${path}/`.startsWith(prefix);
  });
  return matching.toSorted((one, other) => other.Path.length - one.Path.length)[0];
}

/** [U]: what the function sees. Here the whole path where the route passes it on, else what follows the route's. */
function pathForFunction(route: AccessRoute, path: string): string {
  if (route.EnablePathTransmission === true) return path;
  const rest = path.slice(route.Path.replace(/\/$/, '').length);
  return rest === '' ? '/' : rest;
}
