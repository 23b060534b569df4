import { msg, type Message } from '../message.ts';

export type Route = 'gateway' | 'service' | 'local';
export type Auth =
  'none' | 'apiKey' | 'publishableKey' | 'accessToken' | 'anonymous' | 'secretKey' | 'cliLogin';

/** How requests find their function: one entry of `cbhttp.profiles`, checked, defaults filled in. */
export interface Profile {
  readonly name: string;
  /** Empty where the setting has none. */
  readonly envId: string;
  readonly route: Route;
  readonly site: 'domestic' | 'intl';
  /** Origin and path prefix in place of the route's own, without a slash at the end; empty for none. */
  readonly baseUrl: string;
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
 */
export function readProfiles(profilesSetting: unknown, activeSetting: unknown): ProfileSet {
  const problems: Message[] = [];
  const entries = isRecord(profilesSetting) ? Object.entries(profilesSetting) : [];
  if (profilesSetting !== undefined && !isRecord(profilesSetting)) {
    problems.push(msg('The setting cbhttp.profiles should be an object.'));
  }
  const profiles = entries
    .filter(([name]) => name !== '$shared')
    .map(([name, value]) => readProfile(name, value, problems));
  if (profiles.length === 0) profiles.push(readProfile('local', { route: 'local' }, problems));
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
  for (const key of ['region', 'tls', 'proxy']) {
    if (setting[key] !== undefined)
      problems.push(msg('The setting cbhttp.profiles.{0}.{1} has no effect yet.', name, key));
  }
  return {
    name,
    envId: text('envId'),
    route: choice('route', ROUTES, 'gateway'),
    site: choice('site', ['domestic', 'intl'], 'domestic'),
    baseUrl: text('baseUrl').replace(/\/+$/, ''),
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
