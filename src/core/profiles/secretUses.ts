import { missingSecret, type SecretPlace } from '../cbhttp/variables/fetchedValues.ts';
import { CbError } from '../errors.ts';
import { failed } from '../failures/failed.ts';
import { msg } from '../message.ts';
import type { CredentialRequest, TlsSettings } from '../ports.ts';
import { isLoopback, refusePlainHttp } from './credentials/place.ts';
import type { PrepareOptions } from './prepare.ts';
import type { Profile } from './profile.ts';
import type { Address } from './target.ts';

/** @throws CbError `credential-refused` where the user does not let the process's variables go there */
export async function askForEnvironment(
  names: ReadonlySet<string>,
  address: Address,
  profile: Profile,
  { consent, signal }: PrepareOptions,
): Promise<void> {
  if (names.size === 0) return;
  const url = new URL(address.url);
  if (isLoopback(url.hostname)) return;
  const binding = { profile: profile.name, envId: profile.envId, origin: url.origin };
  for (const name of names) {
    const isAllowed = await consent.allows({ binding, what: `$processEnv ${name}` }, { signal });
    signal.throwIfAborted();
    if (isAllowed) continue;
    throw new CbError(
      'credential-refused',
      msg('You did not let {0} go to {1}.', `$processEnv ${name}`, url.origin),
    );
  }
}

/** The profile's TLS for an address, with its passphrase from the secrets. @throws CbError `missing-secret` */
export async function tlsOf(
  address: Address,
  profile: Profile,
  { absolutePath = (path) => path, ports, signal }: PrepareOptions,
): Promise<TlsSettings> {
  const { ca, cert, key, passphraseSecret, rejectUnauthorized } = profile.tls;
  const file = (path: string): string | null => (path === '' ? null : absolutePath(path));
  let passphrase: string | undefined;
  if (passphraseSecret !== '' && address.url.startsWith('https:')) {
    passphrase = await ports.secret({ ...placeOf(address, profile), name: passphraseSecret }, { signal });
    signal.throwIfAborted();
    if (passphrase === undefined) throw missingSecret(passphraseSecret, profile.name);
  }
  return {
    ca: file(ca),
    cert: file(cert),
    key: file(key),
    passphrase: passphrase ?? null,
    rejectUnauthorized,
  };
}

/** @throws CbError `missing-credential`, and what getting one throws */
export async function bearerToken(credential: CredentialRequest, options: PrepareOptions): Promise<string> {
  const given = (await options.credentials.token(credential, options))?.trim();
  const token = given?.replace(/^Bearer\s+/i, ''); // as it is copied from a header
  options.signal.throwIfAborted();
  if (token) return token;
  const { kind, binding } = credential;
  throw failed('missing-credential', [binding.profile, kind, binding.origin]);
}

/** Where the secrets of a request go: over https, or to this machine. @throws CbError `credential-refused` */
export function placeOf({ url: written }: Address, profile: Profile): SecretPlace {
  const url = new URL(written);
  refusePlainHttp(url);
  return { profile: profile.name, envId: profile.envId, origin: url.origin };
}
