import { referredName, shift, type CbDocument, type PlacedRequest } from '../cbhttp/document.ts';
import {
  headerValue,
  resolveRequest,
  resolveTarget,
  type ResolvedRequest,
  type BodyReading,
  type ResolvedTarget,
  type StreamMode,
} from '../cbhttp/resolve.ts';
import type { SecretPlace } from '../cbhttp/variables/fetchedValues.ts';
import type { SendPorts } from '../cbhttp/variables/sendPorts.ts';
import { createSubstitution } from '../cbhttp/variables/substitution.ts';
import { CbError, isCbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { CredentialRequest, CredentialStore, HeaderList, OriginConsent, WireRequest } from '../ports.ts';
import { isTokenRefused } from './credentials/retryUnauthorized.ts';
import type { Profile, ProfileSet, Route } from './profile.ts';
import { profileFor } from './profileFor.ts';
import { basicValues, redactHeaders, secretForms, redactText } from './redact.ts';
import { askForEnvironment, bearerToken, placeOf, tlsOf } from './secretUses.ts';
import { checkHeader, fieldsOf } from './sentFields.ts';
import { knownAddresses } from './listRoutes.ts';
import type { ServiceRoute } from './serviceRoutes.ts';
import { profilesOnRoute, type SentRoute } from './sentRoute.ts';
import { addressTarget, type Address, type FunctionAddresses } from './target.ts';

/** A request ready to be sent, and what may be shown of it. */
export interface PreparedRequest extends Partial<BodyReading> {
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
  /** How often to connect again by itself after a break, at most; 0 if left out. */
  readonly reconnects?: number;
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

/** Lists the routes of a profile's access service; none where it has no key to do so. */
export type ListRoutes = (
  profile: Profile,
  connection: CredentialRequest['connection'],
  options: { readonly signal: AbortSignal },
) => Promise<readonly ServiceRoute[]>;

/** What a send brings along besides the document. */
export interface PrepareOptions {
  readonly profiles: ProfileSet;
  /** Chosen for this send; else `@profile`, else the active one. */
  readonly profileName?: string | undefined;
  /** Chosen for this send, in place of the profile's. */
  readonly route?: SentRoute | undefined;
  /** Variables given for this send. */
  readonly variables?: Readonly<Record<string, string>>;
  /** ms; in place of `@timeout` and the profile's. */
  readonly timeoutMs?: number | undefined;
  readonly credentials: CredentialStore;
  readonly consent: OriginConsent;
  /** Of the workspace's functions. */
  readonly functions?: FunctionAddresses;
  /** Asked where no other route leads to the function. */
  readonly listRoutes?: ListRoutes;
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
  given: PrepareOptions,
): Promise<PreparedRequest> {
  const { options, profile, substitution, resolved } = await resolveFetched(document, placed, given);
  if (resolved === undefined) throw new Error('A value is missing that nothing fetches.');
  const address = addressShown(resolved, profile, options, [...substitution.secrets]);
  const secretPlace = substitution.secretPlace();
  if (secretPlace !== null && secretPlace.origin !== new URL(address.url).origin) {
    throw new CbError('credential-refused', msg('A secret must not decide which address it is sent to.'), {
      span: shift(placed.request.targetSpan, placed.offset),
    });
  }

  const { method, body, headers } = fieldsOf(resolved, address, profile, options);
  await askForEnvironment(substitution.environmentNames, address, profile, options);
  const { connectTimeoutMs, tls, proxy } = await connectionOf(
    address,
    profile,
    options,
    resolved.connectTimeoutMs,
  );
  const secrets = [...substitution.secrets, tls.passphrase ?? ''];
  if (substitution.secrets.size > 0) secrets.push(...basicValues(headers));
  const forms = secretForms(secrets);
  const { route, functionName } = address;
  const request: PreparedRequest = {
    wire: { method, url: address.url, headers, body, connectTimeoutMs, tls, proxy },
    profile,
    route,
    functionName,
    stream: resolved.stream,
    timeoutMs: options.timeoutMs ?? resolved.timeoutMs ?? profile.timeoutMs,
    idleTimeoutMs: resolved.idleTimeoutMs ?? profile.idleTimeoutMs,
    followsRedirects: resolved.followsRedirects,
    usesCookieJar: resolved.usesCookieJar,
    reconnects: resolved.reconnects,
    dataType: resolved.dataType,
    responseType: resolved.responseType,
    shownUrl: redactText(address.url, forms),
    shownHeaders: redactHeaders(headers, forms),
    secrets: forms,
    credential: null,
  };
  for (const header of headers) checkHeader(header);
  if (address.credential === null || headerValue(headers, 'authorization') !== undefined) return request;
  const connection = { connectTimeoutMs, tls, proxy };
  return authorize(request, secrets, { ...address.credential, connection }, options);
}

/** The request with its token. @throws CbError `missing-credential`, and what getting a token throws */
async function authorize(
  request: PreparedRequest,
  secrets: readonly string[],
  credential: CredentialRequest,
  options: PrepareOptions,
): Promise<PreparedRequest> {
  const tokens: string[] = [];
  const forms: string[] = [];
  const withToken = (token: string): PreparedRequest => {
    const headers = [...request.wire.headers, ['Authorization', `Bearer ${token}`] as const];
    for (const header of headers) checkHeader(header);
    tokens.push(token);
    // One list for both requests: whoever hides secrets with the first one's hides the second token, too.
    forms.splice(0, forms.length, ...secretForms([...secrets, ...tokens]));
    const wire = { ...request.wire, headers };
    return { ...request, wire, ...shown(wire.url, headers, forms), credential };
  };
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

function shown(url: string, headers: HeaderList, secrets: readonly string[]) {
  return {
    shownUrl: redactText(url, secrets),
    shownHeaders: redactHeaders(headers, secrets),
    secrets,
  };
}

/**
 * Fetches and asks what `prepareRequest` will, as far as that can be known before requests were sent whose answers
 * this one uses: so that of several requests none is sent where a later one has a mistake or the user cancels.
 * What was answered has to be kept by the ports (see `askOnce`).
 * @param before the requests that are sent first
 * @throws CbError like `prepareRequest`
 */
export async function askAhead(
  document: CbDocument,
  placed: PlacedRequest,
  before: readonly PlacedRequest[],
  given: PrepareOptions,
): Promise<void> {
  const awaited = new Set(before.map(({ request }) => referredName(request) ?? ''));
  const { options, profile, substitution, resolved } = await resolveFetched(document, placed, given, awaited);
  const where = resolved ?? resolveTarget(document, placed, substitution);
  if (where === undefined) return; // an answer says where it goes
  const address = addressShown(where, profile, options, [...substitution.secrets]);
  await askForEnvironment(substitution.environmentNames, address, profile, options);
  const connection = await connectionOf(address, profile, options, resolved?.connectTimeoutMs);
  const ofProfile = address.functionName === null ? [] : Object.keys(profile.headers);
  const names = [...placed.request.headers, ...address.headers.map(([name]) => ({ name }))].map(
    ({ name }) => name,
  );
  const isAuthorized = [...names, ...ofProfile].some((name) => name.toLowerCase() === 'authorization');
  if (address.credential === null || isAuthorized) return;
  await bearerToken({ ...address.credential, connection }, options);
}

/** Fetches whatever can be fetched; `resolved` is undefined where answers of the awaited requests are missing. */
async function resolveFetched(
  document: CbDocument,
  placed: PlacedRequest,
  given: PrepareOptions,
  awaited: ReadonlySet<string> = new Set(),
) {
  const { profileName, variables = {}, ports, signal } = given;
  const profiles = profilesOnRoute(placed.request, given.profiles, given.route);
  const profile = profileFor(placed.request, profiles, profileName, placed.offset);
  const functions = await knownAddresses(placed.request, profile, given);
  const options = functions === given.functions ? given : { ...given, functions };
  const substitution = createSubstitution(
    { document, placed, profile, shared: profiles.sharedVariables, given: variables, awaited },
    ports,
  );
  const bindSecrets = (): SecretPlace | null => {
    const where = substitution.withoutSecrets(() => resolveTarget(document, placed, substitution));
    return where === undefined ? null : placeOf(addressOf(where, profile, options), profile);
  };
  let resolved: ResolvedRequest | undefined;
  do {
    resolved = resolveRequest(document, placed, substitution);
  } while (await substitution.fetch({ signal, bindSecrets }));
  const where = resolved ?? resolveTarget(document, placed, substitution);
  if (given.route !== undefined && where !== undefined) {
    const { functionName } = addressShown(where, profile, options, [...substitution.secrets]);
    // A URL is the same for every route.
    if (functionName === null)
      return resolveFetched(document, placed, { ...given, route: undefined }, awaited);
  }
  return { options, profile, substitution, resolved };
}

/** How the request travels. @throws CbError `missing-secret` */
async function connectionOf(
  address: Address,
  profile: Profile,
  options: PrepareOptions,
  connectTimeoutMs: number | undefined,
): Promise<CredentialRequest['connection']> {
  const tls = await tlsOf(address, profile, options);
  return { connectTimeoutMs: connectTimeoutMs ?? profile.connectTimeoutMs, tls, proxy: profile.proxy };
}

function addressOf(where: ResolvedTarget, profile: Profile, { functions = {} }: PrepareOptions): Address {
  const { target, route, qualifier, functionName, host } = where;
  return addressTarget(target, { ...functions, profile, route, qualifier, functionName, host });
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
    throw new CbError(error.code, { ...error.display, args }, { span: error.span, kind: error.kind });
  }
}
