import { createHash } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import type { CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import { msg } from '../core/message.ts';
import type { CredentialRequest, CredentialStore, OriginConsent } from '../core/ports.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { readCliLogin } from './cliLogin.ts';
import { givenTokens, type Grant, type TokenSource } from './tokens.ts';
import type { Tc3Key } from './tc3.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Credentials from the process's environment, the user's own word for the profile it names, so no binding is checked:
 * - `CBHTTP_SECRET_<PROFILE>_CREDENTIAL`: API key, publishable key or access token (`…_REFRESHTOKEN` beside it)
 * - `CBHTTP_SECRET_<PROFILE>_SECRETID`, `…_SECRETKEY`, `…_SESSIONTOKEN`, else `TENCENTCLOUD_SECRETID`, `…_SECRETKEY`,
 *   `…_SESSIONTOKEN`
 * - `CBHTTP_SECRET_<PROFILE>_CREDENTIAL=cli` for the login of the `tcb` command: settings alone do not open it
 */
export function environmentCredentials(
  environment: Environment,
  tokens: TokenSource,
  cliLoginFile?: string,
): CredentialStore {
  const grantOf = async ({ kind, binding }: CredentialRequest): Promise<Grant | undefined> => {
    if (kind === 'anonymous') return { kind: 'anonymous' };
    if (kind === 'secretKey' || kind === 'cliLogin') {
      return { kind: 'key', key: await keyOfProfile(kind, binding.profile, environment, cliLoginFile) };
    }
    const own = ownSecrets(binding.profile, environment);
    const credential = own('credential');
    if (credential === undefined) throw missing(binding.profile, 'credential');
    return { kind: 'tokens', tokens: givenTokens(credential, own('refreshToken') ?? null) };
  };
  return {
    async token(request, options) {
      if (request.kind !== 'apiKey' && request.kind !== 'publishableKey') {
        return tokens.token(request, () => grantOf(request), options);
      }
      const grant = await grantOf(request);
      return grant?.kind === 'tokens' ? grant.tokens.accessToken : undefined;
    },
  };
}

/** The account's key of a profile for the management API, from the same variables; undefined where it has none. */
export async function environmentAccountKey(
  { name, auth }: Profile,
  environment: Environment,
): Promise<Tc3Key | undefined> {
  return auth === 'secretKey' || auth === 'cliLogin' ? keyOfProfile(auth, name, environment) : undefined;
}

/** @throws CbError `missing-credential`, `cli-login` */
async function keyOfProfile(
  kind: 'secretKey' | 'cliLogin',
  profile: string,
  environment: Environment,
  cliLoginFile?: string,
): Promise<Tc3Key> {
  const own = ownSecrets(profile, environment);
  if (kind === 'secretKey') {
    const key = keyOf(own) ?? keyOf((name) => environment[`TENCENTCLOUD_${name.toUpperCase()}`] || undefined);
    if (key === null) throw missing(profile, 'secretId', 'secretKey');
    return key;
  }
  if (own('credential') === 'cli') return (await readCliLogin(cliLoginFile)).key;
  const variable = secretVariable(profile, 'credential');
  throw failed('missing-credential-variable', [
    msg('Set {0} to use the login of the tcb command for the profile "{1}".', `${variable}=cli`, profile),
  ]);
}

function ownSecrets(profile: string, environment: Environment): (name: string) => string | undefined {
  return (name) => environment[secretVariable(profile, name)]?.trim() || undefined;
}

/** Whoever runs the command-line tool has said what it may use. */
export const consentOfCommandLine: OriginConsent = { allows: () => Promise.resolve(true) };

/** The environment variable of a profile's secret: upper-cased, other characters as `_`. */
export function secretVariable(profile: string, name: string): string {
  return `CBHTTP_SECRET_${profile}_${name}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/**
 * An id of this user on this machine, as a UUID: the same each time though nothing is written, and another for each
 * address, so that it tells nobody anything.
 */
export function machineDeviceId(authBase: string): Promise<string> {
  const hex = createHash('sha256').update(`cbhttp\n${hostname()}\n${homedir()}\n${authBase}`).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return Promise.resolve([...parts, hex.slice(20, 32)].join('-'));
}

function keyOf(value: (name: string) => string | undefined): Tc3Key | null {
  const [secretId, secretKey] = [value('secretId'), value('secretKey')];
  if (secretId === undefined || secretKey === undefined) return null;
  return { secretId, secretKey, sessionToken: value('sessionToken') };
}

function missing(profile: string, ...names: readonly string[]): CbError {
  const variables = names.map((name) => secretVariable(profile, name)).join(', ');
  return failed('missing-credential-variable', [
    msg(
      'The credential of the profile "{0}" is missing. Set the environment variable {1}.',
      profile,
      variables,
    ),
  ]);
}
