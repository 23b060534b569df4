import { shift, type CbDocument, type PlacedRequest } from '../cbhttp/document.ts';
import { COMPUTED_HEADERS } from '../cbhttp/lines.ts';
import {
  addAbsent,
  headerValue,
  resolveRequest,
  resolveTarget,
  type ResolvedRequest,
  type ResolvedTarget,
  type StreamMode,
} from '../cbhttp/resolve.ts';
import { missingSecret, type SecretPlace } from '../cbhttp/variables/fetchedValues.ts';
import type { SendPorts } from '../cbhttp/variables/sendPorts.ts';
import { createSubstitution } from '../cbhttp/variables/substitution.ts';
import { CbError, isCbError } from '../errors.ts';
import { msg } from '../message.ts';
import type {
  CredentialRequest,
  CredentialStore,
  HeaderList,
  OriginConsent,
  TlsSettings,
  WireRequest,
} from '../ports.ts';
import { isLoopback, refusePlainHttp } from './credentials/place.ts';
import { isTokenRefused } from './credentials/retryUnauthorized.ts';
import type { Profile, ProfileSet, Route } from './profile.ts';
import { profileFor } from './profileFor.ts';
import { redactHeaders, secretForms, redactText } from './redact.ts';
import { bodyWithPath } from './subPathBody.ts';
import { addressTarget, type Address, type FunctionAddresses } from './target.ts';

/** A request ready to be sent, and what may be shown of it. */
export interface PreparedRequest {
  readonly wire: WireRequest;
  readonly profile: Profile;
  /** Null where the target was a URL. */
  readonly route: Route | null;
  readonly functionName: string | null;
  readonly stream: StreamMode;
  /** ms, 0 = none: the whole exchange; silence. */
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly followsRedirects: boolean;
  /** Whether the profile's cookies are sent, and new ones kept. */
  readonly usesCookieJar: boolean;
  /** URL and headers without secrets: the only form for panels, logs and output. */
  readonly shownUrl: string;
  readonly shownHeaders: HeaderList;
  /** Every form of the secrets in it: what else is shown of the exchange goes through `redactText` with them. */
  readonly secrets: readonly string[];
  /** What its Authorization was made of; null where it has none, or one that was written. */
  readonly credential?: CredentialRequest | null;
  /**
   * The same request with another token, where this answer says that its token is no longer good; null where it says
   * something else, or no other token is to be had. Once: the request it gives has none.
   * @param body of the response, decoded
   * @throws CbError like {@link CredentialStore.token}
   */
  readonly reauthorize?: (
    response: { readonly status: number },
    body: string,
    options: { readonly signal: AbortSignal },
  ) => Promise<PreparedRequest | null>;
}

/** What a send brings along besides the document. */
export interface PrepareOptions {
  readonly profiles: ProfileSet;
  /** Chosen for this send; else `@profile`, else the active one. */
  readonly profileName?: string | undefined;
  /** Variables given for this send. */
  readonly variables?: Readonly<Record<string, string>>;
  /** ms; in place of `@timeout` and the profile's. */
  readonly timeoutMs?: number | undefined;
  readonly credentials: CredentialStore;
  readonly consent: OriginConsent;
  /** Of the workspace's functions. */
  readonly functions?: FunctionAddresses;
  /** For variables and body files. */
  readonly ports: SendPorts;
  /** The absolute path of a file that the settings name; without it they are absolute. */
  readonly absolutePath?: (path: string) => string;
  /** Content codings the transport undoes, as a field value (RFC 9110, 12.5.3). */
  readonly acceptEncoding?: string;
  readonly signal: AbortSignal;
  /** `name/version`. */
  readonly userAgent: string;
}

/**
 * Resolves a request's variables, address and credential. What is asked is asked after everything that can fail
 * without the user.
 * @throws CbError with one of the refusal codes, or `cancelled`; what getting a token throws. The request has not been
 * sent then
 */
export async function prepareRequest(
  document: CbDocument,
  placed: PlacedRequest,
  options: PrepareOptions,
): Promise<PreparedRequest> {
  const { signal } = options;
  const profile = profileFor(placed.request, options.profiles, options.profileName, placed.offset);
  const substitution = createSubstitution(
    { document, placed, profile, shared: options.profiles.sharedVariables, given: options.variables ?? {} },
    options.ports,
  );
  const bindSecrets = (): SecretPlace => {
    const where = substitution.withoutSecrets(() => resolveTarget(document, placed, substitution));
    return placeOf(addressOf(where, profile, options), profile);
  };
  let resolved: ResolvedRequest | undefined;
  do {
    resolved = resolveRequest(document, placed, substitution);
  } while (await substitution.fetch({ signal, bindSecrets }));
  if (resolved === undefined) throw new Error('A value is missing that nothing fetches.');
  const address = addressShown(resolved, profile, options, [...substitution.secrets]);
  if (substitution.secretPlace !== null && substitution.secretPlace.origin !== new URL(address.url).origin) {
    throw new CbError('credential-refused', msg('A secret must not decide which address it is sent to.'), {
      span: shift(placed.request.targetSpan, placed.offset),
    });
  }

  const { method, body, headers } = fieldsOf(resolved, address, profile, options);
  await askForEnvironment(substitution.environmentNames, address, profile, options);
  const connection = {
    connectTimeoutMs: resolved.connectTimeoutMs ?? profile.connectTimeoutMs,
    tls: await tlsOf(address, profile, options),
    proxy: profile.proxy,
  };
  const secrets = [
    ...substitution.secrets,
    ...(connection.tls.passphrase === null ? [] : [connection.tls.passphrase]),
  ];
  const isOpen = headerValue(headers, 'authorization') === undefined;
  const credential = address.credential === null || !isOpen ? null : { ...address.credential, connection };

  const { route, functionName } = address;
  const withToken = (token: string | null): PreparedRequest => {
    const all = token === null ? headers : [...headers, ['Authorization', `Bearer ${token}`] as const];
    for (const header of all) checkHeader(header);
    const forms = secretForms(token === null ? secrets : [...secrets, token]);
    return {
      wire: { method, url: address.url, headers: all, body, ...connection },
      profile,
      route,
      functionName,
      stream: resolved.stream,
      timeoutMs: options.timeoutMs ?? resolved.timeoutMs ?? profile.timeoutMs,
      idleTimeoutMs: resolved.idleTimeoutMs ?? profile.idleTimeoutMs,
      followsRedirects: resolved.followsRedirects,
      usesCookieJar: resolved.usesCookieJar,
      shownUrl: redactText(address.url, forms),
      shownHeaders: redactHeaders(all, forms),
      secrets: forms,
      credential,
    };
  };
  if (credential === null) return withToken(null);
  const token = await bearerToken(credential, options);
  return {
    ...withToken(token),
    reauthorize: async (response, text, { signal }) => {
      if (!isTokenRefused(credential.kind, response, text)) return null;
      const other = await options.credentials.token(credential, { signal, refused: token });
      return other === undefined || other === token ? null : withToken(other);
    },
  };
}

/** Method, body and headers as they go out, without the credential. */
function fieldsOf(
  resolved: ResolvedRequest,
  address: Address,
  profile: Profile,
  options: PrepareOptions,
): { readonly method: string; readonly body: WireRequest['body']; readonly headers: HeaderList } {
  const { pathInBody } = address;
  const named = resolved.headers.filter(
    ([name]) => !(address.usesHostHeader && name.toLowerCase() === 'host'),
  );
  const headers: (readonly [string, string])[] = [];
  let { method, body } = resolved as { method: string; body: WireRequest['body'] };
  if (pathInBody !== null) {
    const changed = bodyWithPath(body, { path: pathInBody, method });
    if (changed !== body) {
      const type = headerValue(named, 'content-type') ?? '';
      if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type))
        headers.push(['Content-Type', 'application/json']);
    }
    [method, body] = ['POST', changed];
  }
  for (const header of named) {
    if (header[0].toLowerCase() !== 'content-type' || headerValue(headers, 'content-type') === undefined)
      headers.push(header);
  }
  for (const [name, value] of address.headers) addAbsent(headers, name, value);
  if (address.functionName !== null) {
    for (const [name, value] of Object.entries(profile.headers)) {
      if (!COMPUTED_HEADERS.has(name.toLowerCase())) addAbsent(headers, name, value);
    }
  }
  addAbsent(headers, 'Accept', '*/*');
  addAbsent(headers, 'Accept-Encoding', options.acceptEncoding ?? 'gzip, deflate, br');
  addAbsent(headers, 'User-Agent', options.userAgent);
  return { method, body, headers };
}

/** @throws CbError `credential-refused` where the user does not let the process's variables go there */
async function askForEnvironment(
  names: ReadonlySet<string>,
  address: Address,
  profile: Profile,
  { consent, signal }: PrepareOptions,
): Promise<void> {
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
async function tlsOf(
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
async function bearerToken(credential: CredentialRequest, options: PrepareOptions): Promise<string> {
  const token = (await options.credentials.token(credential, options))?.trim();
  options.signal.throwIfAborted();
  if (token) return token;
  const { kind, binding } = credential;
  throw new CbError(
    'missing-credential',
    msg('The profile "{0}" needs a credential ({1}) for {2}.', binding.profile, kind, binding.origin),
  );
}

function addressOf(
  where: ResolvedTarget | undefined,
  profile: Profile,
  { functions = {} }: PrepareOptions,
): Address {
  return addressTarget(where?.target ?? '', {
    ...functions,
    profile,
    route: where?.route,
    qualifier: where?.qualifier,
    functionName: where?.functionName,
    host: where?.host,
  });
}

/** The address; what is wrong with one is said without its secrets. */
function addressShown(
  where: ResolvedTarget,
  profile: Profile,
  options: PrepareOptions,
  secrets: readonly string[],
): Address {
  try {
    return addressOf(where, profile, options);
  } catch (error) {
    if (!isCbError(error) || secrets.length === 0) throw error;
    const forms = secretForms(secrets);
    const args = error.display.args.map((arg) => redactText(String(arg), forms));
    throw new CbError(
      error.code,
      { ...error.display, args },
      error.span === undefined ? {} : { span: error.span },
    );
  }
}

/** Where the secrets of a request go: over https, or to this machine. @throws CbError `credential-refused` */
function placeOf({ url: written }: Address, profile: Profile): SecretPlace {
  const url = new URL(written);
  refusePlainHttp(url);
  return { profile: profile.name, envId: profile.envId, origin: url.origin };
}

/** A field that HTTP lets through (RFC 9110, 5.1 and 5.5): also one from settings or a credential. */
function checkHeader([name, value]: readonly [string, string]): void {
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return;
  throw new CbError(
    'invalid-header',
    msg('The header "{0}" cannot be sent: a character is not allowed.', name),
  );
}
