import { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import type { CredentialRequest } from '../../ports.ts';
import type { Profile, Route } from '../profile.ts';
import { isRenewable } from './retryUnauthorized.ts';

/** The credential an address takes, before it is known how its tokens travel. */
export type AddressCredential = Omit<CredentialRequest, 'connection'>;

/** The origin (and path prefix) of the HTTP API for a profile, without a slash at the end, or undefined. */
export function gatewayBase(profile: Profile): string | undefined {
  if (profile.baseUrl !== '') return profile.baseUrl;
  return apiBase(profile);
}

/**
 * The credential that goes to a URL with a profile; null for a profile without one. It travels over https, or to this
 * machine: anywhere else it could be read on the way.
 * @throws CbError `credential-refused`; `no-url` where tokens have no address
 */
export function bindCredential(url: URL, profile: Profile, route: Route): AddressCredential | null {
  if (profile.auth === 'none') return null;
  refusePlainHttp(url);
  const authBase = authBaseOf(profile, route);
  if (isRenewable(profile.auth) && !(profile.auth === 'accessToken' && authBase === '')) {
    if (authBase === '') {
      throw new CbError(
        'no-url',
        msg('Tokens of the profile "{0}" have no address. Set cbhttp.profiles.{0}.envId.', profile.name),
      );
    }
    refusePlainHttp(readUrl(authBase, profile.name, 'authUrl'));
  }
  const binding = { profile: profile.name, envId: profile.envId, origin: url.origin };
  return { kind: profile.auth, binding, authBase };
}

/**
 * The credential of a profile where no request names an address yet: for commands and views. Undefined where its
 * requests have no address of their own, or none that a credential may go to.
 */
export function profileCredential(profile: Profile): AddressCredential | null | undefined {
  if (profile.auth === 'none' || profile.route === 'local') return null;
  const base = gatewayBase(profile);
  if (base === undefined || !URL.canParse(base)) return undefined;
  try {
    return bindCredential(new URL(base), profile, profile.route);
  } catch (error) {
    if (error instanceof CbError) return undefined;
    throw error;
  }
}

/** The vendor's management API. */
const MANAGEMENT_ORIGIN = 'https://tcb.tencentcloudapi.com';

/**
 * Where the account's key of a profile goes for the management API: with the vendor's own, wherever the profile's
 * requests go; else to the settings' origin. Null for a profile without such a key.
 * @throws CbError `credential-refused`, `settings`
 */
export function managementPlace(profile: Profile): AddressCredential | null {
  const { auth: kind, name, envId, managementUrl } = profile;
  if (kind !== 'secretKey' && kind !== 'cliLogin') return null;
  const place = managementUrl === '' ? profileCredential(profile) : null;
  if (place) return place;
  const url = readUrl(managementUrl || MANAGEMENT_ORIGIN, name, 'managementUrl');
  refusePlainHttp(url);
  return { kind, binding: { profile: name, envId, origin: url.origin }, authBase: url.origin };
}

function readUrl(written: string, profile: string, key: string): URL {
  if (URL.canParse(written)) return new URL(written);
  throw new CbError(
    'settings',
    msg('The setting cbhttp.profiles.{0}.{1} should be {2}.', profile, key, 'URL'),
  );
}

/** @throws CbError `credential-refused` for http to another machine */
export function refusePlainHttp(url: URL): void {
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return;
  throw new CbError(
    'credential-refused',
    msg('Secrets are not sent over plain http to {0}. Use https there.', url.host),
  );
}

/** True for this machine, by a name that needs no DNS or by an address. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}

/** Every origin that learns something of a credential: where it goes, and where its tokens are got. */
export function originsOf({ kind, binding, authBase }: AddressCredential): readonly string[] {
  const auth = isRenewable(kind) && authBase !== '' ? new URL(authBase).origin : binding.origin;
  return auth === binding.origin ? [auth] : [binding.origin, auth];
}

/** Without user and password: those of a base URL are for its requests. */
function authBaseOf(profile: Profile, route: Route): string {
  const base = profile.authUrl || (route === 'gateway' ? gatewayBase(profile) : apiBase(profile)) || '';
  return base.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}

function apiBase(profile: Profile): string | undefined {
  // It becomes part of a host name: with other signs, such as those of a template, it would lead elsewhere.
  if (!/^[\w-]+$/.test(profile.envId)) return undefined;
  const site = profile.site === 'intl' ? 'api.intl' : 'api';
  return `https://${profile.envId}.${site}.tcloudbasegateway.com`;
}
