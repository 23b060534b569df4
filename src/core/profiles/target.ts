import { encodeBasic } from '../cbhttp/basicAuth.ts';
import { CbError } from '../errors.ts';
import { hasTemplate } from '../functions/configTemplates.ts';
import { msg } from '../message.ts';
import type { HeaderList } from '../ports.ts';
import { bindCredential, gatewayBase, type AddressCredential } from './credentials/place.ts';
import type { Profile, Route } from './profile.ts';
import { withoutUserInfo } from './redact.ts';
import { joinPath, routeTo, type ServiceRoute } from './serviceRoutes.ts';

/** A target as a profile addresses it. */
export interface Address {
  /** Absolute, encoded as WHATWG URL does, without a fragment. */
  readonly url: string;
  /** Null for a URL that was written out. */
  readonly route: Route | null;
  readonly functionName: string | null;
  /** What the address itself needs: marker header, version; user and password of a URL. */
  readonly headers: HeaderList;
  /** Whose credential may go there; null where none does. */
  readonly credential: AddressCredential | null;
  /** Where the function's path goes into the body, not into the URL: that path, without its query. Else null. */
  readonly pathInBody: string | null;
  /** True if the `Host` header was used up as the address. */
  readonly usesHostHeader: boolean;
}

/** What is known of the functions of a workspace besides the profile. */
export interface FunctionAddresses {
  /** The port on this machine where the extension runs a function, or undefined. */
  readonly runningPort?: ((functionName: string) => number | undefined) | undefined;
  /** Routes of the access service: those of cloudbaserc.json, and those listed. */
  readonly routes?: readonly ServiceRoute[] | undefined;
}

/** What else decides where a target leads. */
export interface AddressOptions extends FunctionAddresses {
  readonly profile: Profile;
  /** `@route`, in place of the profile's. */
  readonly route?: string | undefined;
  /** `@qualifier`, in place of the profile's. */
  readonly qualifier?: string | undefined;
  /** `@function`, for a target that is a path. */
  readonly functionName?: string | undefined;
  /** The `Host` header's value, for a target that is a path. */
  readonly host?: string | undefined;
}

/**
 * Finds the URL of a target: `fn://name/path`, a path with `@function` or `Host`, `host:port/path`, or a URL.
 * Source: product description, "How fn:// finds its URL"; facts sheet, sections 1 and 2.
 * @throws CbError `no-url`, `invalid-url`, `settings`, `credential-refused`
 */
export function addressTarget(target: string, options: AddressOptions): Address {
  const functionTarget = /^fn:\/\/([^/?#\s]+)([^]*)$/i.exec(target);
  if (functionTarget?.[1] !== undefined) {
    return addressFunction(functionTarget[1], functionTarget[2] ?? '', options);
  }
  if (/^fn:/i.test(target)) {
    throw new CbError('invalid-url', msg('A function target looks like "fn://name/path": {0}', target));
  }
  if (target.startsWith('/') || target === '') {
    if (options.functionName) return addressFunction(options.functionName, target, options);
    if (options.host) return addressUrl(withScheme(options.host) + target, options, true);
    throw new CbError(
      'no-url',
      msg(
        '"{0}" is only a path. Write fn://name before it, or add "# @function name" or a Host header.',
        withoutUserInfo(target),
      ),
    );
  }
  const hasScheme = /^(?:https?:(?!\d+(?:[/?#]|$))|[a-z][a-z0-9+.-]*:\/\/)/i.test(target);
  return addressUrl(hasScheme ? target : withScheme(target), options, false);
}

/** The active or directed route, checked. */
function routeOf(options: AddressOptions): Route {
  const route = options.route ?? options.profile.route;
  if (route === 'gateway' || route === 'service' || route === 'local') return route;
  throw new CbError('settings', msg('"{0}" is no route. Routes are gateway, service and local.', route));
}

function addressFunction(name: string, written: string, options: AddressOptions): Address {
  const { profile } = options;
  const route = routeOf(options);
  const path = written === '' || /^[/?]/.test(written) ? written : `/${written}`;
  const isInBody = route === 'gateway' && profile.subPath === 'body';
  const url = parseUrl(functionUrl(name, isInBody ? queryOf(path) : path, route, options));
  const headers: (readonly [string, string])[] = [...takeUserInfo(url)];
  if (route === 'gateway') {
    headers.push(['X-Tcb-Webfn', 'true']);
    const qualifier = options.qualifier ?? profile.qualifier;
    if (qualifier !== '') headers.push(['X-Qualifier', qualifier]);
  }
  return {
    url: url.href,
    route,
    functionName: name,
    headers,
    credential: route === 'local' ? null : bindCredential(url, profile, route),
    pathInBody: isInBody ? parseUrl(`http://function${path}`).pathname : null,
    usesHostHeader: false,
  };
}

/** @param path what the target names, with its slash and its query; both may be missing */
function functionUrl(name: string, path: string, route: Route, options: AddressOptions): string {
  const { profile } = options;
  const mapped = Object.hasOwn(profile.functions, name) ? profile.functions[name] : undefined;
  if (mapped !== undefined && /^https?:\/\//i.test(mapped)) return mapped.replace(/\/+$/, '') + path;
  switch (route) {
    case 'gateway': {
      const base = gatewayBase(profile);
      if (base === undefined) throw noUrl(name, profile, 'envId');
      return `${base}/v1/functions/${encodeURIComponent(name)}${path}`;
    }
    case 'service':
      return serviceUrl(name, path, mapped, options);
    case 'local': {
      const port = mapped ?? options.runningPort?.(name);
      if (port !== undefined && /^\d+$/.test(String(port))) return `http://127.0.0.1:${port}${path}`;
      if (port !== undefined) {
        throw new CbError(
          'settings',
          msg('The setting cbhttp.profiles.{0}.functions.{1} should be a port or a URL.', profile.name, name),
        );
      }
      return (profile.baseUrl === '' ? 'http://127.0.0.1:9000' : profile.baseUrl) + path;
    }
  }
}

/** On the access service: by the setting's path prefix, else by a route, else at the base URL itself. */
function serviceUrl(
  name: string,
  path: string,
  mapped: string | undefined,
  { profile, routes = [] }: AddressOptions,
): string {
  const route = mapped === undefined ? routeTo(name, path, routes) : undefined;
  const domain = route?.domain ?? null;
  const base = profile.baseUrl === '' && domain !== null ? `https://${domain}` : profile.baseUrl;
  if (base === '') throw noUrl(name, profile, 'baseUrl');
  return base + joinPath(mapped ?? route?.path ?? '', path);
}

function queryOf(path: string): string {
  const start = path.search(/[?#]/);
  return start === -1 ? '' : path.slice(start);
}

function noUrl(name: string, profile: Profile, key: string): CbError {
  if (key === 'envId' && hasTemplate(profile.envId)) {
    return new CbError(
      'no-url',
      msg(
        'The function "{0}" has no address in the profile "{1}": the config says {2}, which has no value. Set it in .env, or cbhttp.profiles.{1}.envId.',
        name,
        profile.name,
        profile.envId,
      ),
    );
  }
  return new CbError(
    'no-url',
    msg(
      'The function "{0}" has no address in the profile "{1}". Set cbhttp.profiles.{1}.{2}.',
      name,
      profile.name,
      key,
    ),
  );
}

function addressUrl(written: string, options: AddressOptions, usesHostHeader: boolean): Address {
  const url = parseUrl(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new CbError(
      'invalid-url',
      msg('Only http, https and fn targets can be sent: {0}', withoutUserInfo(written)),
    );
  }
  const base = options.profile.route === 'local' ? undefined : gatewayBase(options.profile);
  const isOwnOrigin = base !== undefined && URL.canParse(base) && new URL(base).origin === url.origin;
  const credential = isOwnOrigin ? bindCredential(url, options.profile, options.profile.route) : null;
  const headers = takeUserInfo(url);
  return {
    url: url.href,
    route: null,
    functionName: null,
    headers,
    credential,
    pathInBody: null,
    usesHostHeader,
  };
}

/** User and password leave the URL, where everybody would read them, for the Authorization header. */
function takeUserInfo(url: URL): HeaderList {
  if (url.username === '' && url.password === '') return [];
  const authorization = encodeBasic(percentDecode(url.username), percentDecode(url.password));
  url.username = '';
  url.password = '';
  return [['Authorization', authorization]];
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a % that starts no code
  }
}

/** @throws CbError `invalid-url` where no host stands first: what a URL allows there holds quotes and stars, too */
function withScheme(hostAndPath: string): string {
  const authority = /^[^/?#]*/.exec(hostAndPath)?.[0] ?? '';
  if (!/^(?:[^@]*@)?(?:[\p{L}\p{M}\p{N}._~%-]+|\[[\da-f:.]+\])(?::\d+)?$/iu.test(authority)) {
    throw new CbError('invalid-url', msg('This is no valid URL: {0}', withoutUserInfo(hostAndPath)));
  }
  const port = /^[^/?#]*:(\d+)(?:[/?#]|$)/.exec(hostAndPath)?.[1];
  return `${port === '443' || port === '8443' ? 'https' : 'http'}://${hostAndPath}`;
}

function parseUrl(written: string): URL {
  let url: URL;
  try {
    url = new URL(written);
  } catch (cause) {
    throw new CbError('invalid-url', msg('This is no valid URL: {0}', withoutUserInfo(written)), { cause });
  }
  if (written.includes('#')) url.hash = '';
  return url;
}
