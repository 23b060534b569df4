import { msg, type Message } from '../message.ts';
import type { CredentialKind } from '../ports.ts';
import { plainSecrets } from './plainSecrets.ts';

export type Route = 'gateway' | 'service' | 'local';
export type Auth = 'none' | CredentialKind;

/** How a profile wants TLS done, as its settings say it. */
export interface ProfileTls {
  /** Files, by their paths from the workspace's root or absolute; empty for none. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** Name of the `$secret` that holds the key's passphrase; empty for none. */
  readonly passphraseSecret: string;
  readonly rejectUnauthorized: boolean;
}

/** How requests find their function: one entry of `cbhttp.profiles`, checked, defaults filled in. */
export interface Profile {
  readonly name: string;
  /** Empty where neither the setting nor cloudbaserc.json has one. */
  readonly envId: string;
  readonly route: Route;
  readonly site: 'domestic' | 'intl';
  /** For the management API. */
  readonly region: string;
  /** Origin and path prefix in place of the route's own, without a slash at the end; empty for none. */
  readonly baseUrl: string;
  /** Origin and path prefix where tokens are got, in place of the HTTP API's; empty for none. */
  readonly authUrl: string;
  /** Origin in place of the management API's, without a slash at the end; empty for none. */
  readonly managementUrl: string;
  /** Function name → URL, port (`local`) or path prefix (`service`). */
  readonly functions: Readonly<Record<string, string>>;
  readonly subPath: 'append' | 'body';
  readonly qualifier: string;
  readonly auth: Auth;
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly protected: boolean;
  /** ms, 0 = none. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly tls: ProfileTls;
  /** URL of a proxy, `none`, or null for what the editor and the environment say. */
  readonly proxy: string | null;
}

/** All profiles of a workspace and the variables they share. */
export interface ProfileSet {
  /** At least one. */
  readonly profiles: readonly Profile[];
  readonly sharedVariables: Readonly<Record<string, string>>;
  /** The profile used where a request names none. */
  readonly active: Profile;
  /** What is wrong in the settings; a profile with a wrong value keeps the default there. */
  readonly problems: readonly Message[];
}

const ROUTES: readonly Route[] = ['gateway', 'service', 'local'];
const AUTHS: readonly Auth[] = [
  'none',
  'apiKey',
  'publishableKey',
  'accessToken',
  'anonymous',
  'secretKey',
  'cliLogin',
];

/**
 * Reads the values of the settings `cbhttp.profiles` and `cbhttp.activeProfile`. Never throws: settings are
 * somebody's text. Without profiles there is the built-in one, `local`.
 * @param workspaceEnvId of cloudbaserc.json, for profiles without an `envId`; empty for none
 */
export function readProfiles(
  profilesSetting: unknown,
  activeSetting: unknown,
  workspaceEnvId = '',
): ProfileSet {
  const problems: Message[] = [];
  const entries = isRecord(profilesSetting) ? Object.entries(profilesSetting) : [];
  if (profilesSetting !== undefined && !isRecord(profilesSetting)) {
    problems.push(msg('The setting cbhttp.profiles should be an object.'));
  }
  const profiles = entries
    .filter(([name]) => name !== '$shared')
    .map(([name, value]) => readProfile(name, value, problems))
    .map((profile) => (profile.envId === '' ? { ...profile, envId: workspaceEnvId } : profile));
  if (profiles.length === 0) {
    profiles.push({ ...readProfile('local', { route: 'local' }, problems), envId: workspaceEnvId });
  }
  const shared = entries.find(([name]) => name === '$shared')?.[1];
  const first = profiles[0] as Profile;
  const named = profiles.find((profile) => profile.name === activeSetting);
  if (named === undefined && activeSetting !== undefined && activeSetting !== '') {
    problems.push(
      msg(
        'The setting cbhttp.activeProfile names "{0}", which cbhttp.profiles does not have.',
        typeof activeSetting === 'string' ? activeSetting : JSON.stringify(activeSetting),
      ),
    );
  }
  const sharedVariables = isRecord(shared)
    ? readStrings('$shared', 'variables', shared['variables'], problems)
    : {};
  for (const profile of profiles) problems.push(...plainSecrets(profile.name, profile));
  problems.push(...plainSecrets('$shared', { headers: {}, variables: sharedVariables }));
  return { profiles, sharedVariables, active: named ?? first, problems };
}

function readProfile(name: string, value: unknown, problems: Message[]): Profile {
  const setting = isRecord(value) ? value : {};
  const wrong = (key: string, expected: string): void => {
    problems.push(msg('The setting cbhttp.profiles.{0}.{1} should be {2}.', name, key, expected));
  };
  if (!isRecord(value)) problems.push(msg('The setting cbhttp.profiles.{0} should be an object.', name));
  const text = (key: string): string => {
    const given = setting[key];
    if (given !== undefined && typeof given !== 'string')
      problems.push(msg('The setting cbhttp.profiles.{0}.{1} should be a text.', name, key));
    return typeof given === 'string' ? given.trim() : '';
  };
  const choice = <T extends string>(key: string, values: readonly T[], fallback: T): T => {
    const given = setting[key];
    const found = values.find((one) => one === given);
    if (given !== undefined && found === undefined) wrong(key, values.join(' | '));
    return found ?? fallback;
  };
  const ms = (key: string, fallback: number): number => {
    const given = setting[key];
    const isMs = typeof given === 'number' && Number.isFinite(given) && given >= 0;
    if (given !== undefined && !isMs) wrong(key, '≥ 0 (ms)');
    return isMs ? given : fallback;
  };
  const isProtected = setting['protected'];
  if (isProtected !== undefined && typeof isProtected !== 'boolean') wrong('protected', 'true | false');
  const proxy = text('proxy');
  if (proxy !== '' && proxy !== 'none' && !URL.canParse(proxy)) wrong('proxy', '"none" | URL');
  return {
    name,
    envId: text('envId'),
    route: choice('route', ROUTES, 'gateway'),
    site: choice('site', ['domestic', 'intl'], 'domestic'),
    region: text('region') || 'ap-shanghai',
    baseUrl: text('baseUrl').replace(/\/+$/, ''),
    authUrl: text('authUrl').replace(/\/+$/, ''),
    managementUrl: text('managementUrl').replace(/\/+$/, ''),
    functions: readStrings(name, 'functions', setting['functions'], problems),
    subPath: choice('subPath', ['append', 'body'], 'append'),
    qualifier: text('qualifier'),
    auth: choice('auth', AUTHS, 'none'),
    headers: readStrings(name, 'headers', setting['headers'], problems),
    variables: readStrings(name, 'variables', setting['variables'], problems),
    protected: isProtected !== undefined && isProtected !== false,
    timeoutMs: ms('timeoutMs', 0),
    connectTimeoutMs: ms('connectTimeoutMs', 10_000),
    idleTimeoutMs: ms('idleTimeoutMs', 0),
    tls: readTls(name, setting['tls'], problems),
    proxy: proxy === '' ? null : proxy,
  };
}

function readTls(profile: string, value: unknown, problems: Message[]): ProfileTls {
  const setting = isRecord(value) ? value : {};
  if (value !== undefined && !isRecord(value)) {
    problems.push(msg('The setting cbhttp.profiles.{0}.{1} should be an object.', profile, 'tls'));
  }
  const text = (key: string): string => {
    const given = setting[key];
    if (given === undefined || typeof given === 'string') return given?.trim() ?? '';
    problems.push(msg('The setting cbhttp.profiles.{0}.{1} should be a text.', profile, `tls.${key}`));
    return '';
  };
  const rejects = setting['rejectUnauthorized'];
  if (rejects !== undefined && typeof rejects !== 'boolean') {
    const key = 'tls.rejectUnauthorized';
    problems.push(msg('The setting cbhttp.profiles.{0}.{1} should be {2}.', profile, key, 'true | false'));
  }
  return {
    ca: text('ca'),
    cert: text('cert'),
    key: text('key'),
    passphraseSecret: text('passphraseSecret'),
    rejectUnauthorized: rejects !== false, // only that word turns it off
  };
}

/** A map of texts; numbers and booleans are taken as written. */
function readStrings(
  profile: string,
  key: string,
  value: unknown,
  problems: Message[],
): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const entries = isRecord(value) ? Object.entries(value) : [];
  const kept = entries.filter(([, one]) => ['string', 'number', 'boolean'].includes(typeof one));
  if (!isRecord(value) || kept.length < entries.length) {
    problems.push(
      msg('The setting cbhttp.profiles.{0}.{1} should be a map of names to texts or numbers.', profile, key),
    );
  }
  return Object.fromEntries(kept.map(([name, one]) => [name, String(one)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
