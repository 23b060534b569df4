import { referredName, shift, type CbDocument, type PlacedRequest } from '../cbhttp/document.ts';
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
import type { SecretPlace } from '../cbhttp/variables/fetchedValues.ts';
import type { SendPorts } from '../cbhttp/variables/sendPorts.ts';
import { createSubstitution, type Substitution } from '../cbhttp/variables/substitution.ts';
import { CbError, isCbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { CredentialBinding, HeaderList, SecretStore, WireRequest } from '../ports.ts';
import type { Profile, ProfileSet, Route } from './profile.ts';
import { profileFor } from './profileFor.ts';
import { redactHeaders, secretForms, redactText } from './redact.ts';
import { addressTarget, type Address } from './target.ts';

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
  /** URL and headers without secrets: the only form for panels, logs and output. */
  readonly shownUrl: string;
  readonly shownHeaders: HeaderList;
  /** Every form of the secrets in it: what else is shown of the exchange goes through `redactText` with them. */
  readonly secrets: readonly string[];
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
  readonly secrets: SecretStore;
  /** For variables and body files. */
  readonly ports: SendPorts;
  readonly signal: AbortSignal;
  /** `name/version`. */
  readonly userAgent: string;
}

/**
 * Resolves a request's variables, address and credential. What is asked is asked after everything that can fail
 * without the user.
 * @throws CbError with one of the refusal codes, or `cancelled`; nothing has been sent then
 */
export async function prepareRequest(
  document: CbDocument,
  placed: PlacedRequest,
  options: PrepareOptions,
): Promise<PreparedRequest> {
  const { profile, substitution, resolved } = await resolveFetched(document, placed, options);
  if (resolved === undefined) throw new Error('A value is missing that nothing fetches.');
  const address = addressShown(resolved, profile, [...substitution.secrets]);
  if (substitution.secretPlace !== null && substitution.secretPlace.origin !== new URL(address.url).origin) {
    throw new CbError('credential-refused', msg('A secret must not decide which address it is sent to.'), {
      span: shift(placed.request.targetSpan, placed.offset),
    });
  }

  const headers: (readonly [string, string])[] = resolved.headers.filter(
    ([name]) => !(address.usesHostHeader && name.toLowerCase() === 'host'),
  );
  addGiven(headers, address, profile);
  const secrets = [...substitution.secrets];
  if (address.credential !== null && headerValue(headers, 'authorization') === undefined) {
    const credential = await fetchCredential(address.credential, options);
    secrets.push(credential);
    headers.push(['Authorization', `Bearer ${credential}`]);
  }
  addAbsent(headers, 'Accept', '*/*');
  addAbsent(headers, 'Accept-Encoding', 'gzip, deflate, br');
  addAbsent(headers, 'User-Agent', options.userAgent);
  for (const header of headers) checkHeader(header);
  const forms = secretForms(secrets);

  return {
    wire: {
      method: resolved.method,
      url: address.url,
      headers,
      body: resolved.body,
      connectTimeoutMs: resolved.connectTimeoutMs ?? profile.connectTimeoutMs,
    },
    profile,
    route: address.route,
    functionName: address.functionName,
    stream: resolved.stream,
    timeoutMs: options.timeoutMs ?? resolved.timeoutMs ?? profile.timeoutMs,
    idleTimeoutMs: resolved.idleTimeoutMs ?? profile.idleTimeoutMs,
    shownUrl: redactText(address.url, forms),
    shownHeaders: redactHeaders(headers, forms),
    secrets: forms,
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
  options: PrepareOptions,
): Promise<void> {
  const awaited = new Set(before.map(({ request }) => referredName(request) ?? ''));
  const { profile, substitution, resolved } = await resolveFetched(document, placed, options, awaited);
  const where = resolved ?? resolveTarget(document, placed, substitution);
  if (where === undefined) return; // an answer says where it goes
  const address = addressShown(where, profile, [...substitution.secrets]);
  const headers = placed.request.headers.map(({ name, value }) => [name, value] as const);
  addGiven(headers, address, profile);
  if (address.credential !== null && headerValue(headers, 'authorization') === undefined) {
    await fetchCredential(address.credential, options);
  }
}

/** Fetches whatever can be fetched; `resolved` is undefined where answers of the awaited requests are missing. */
async function resolveFetched(
  document: CbDocument,
  placed: PlacedRequest,
  { profiles, profileName, variables = {}, ports, signal }: PrepareOptions,
  awaited: ReadonlySet<string> = new Set(),
): Promise<{ profile: Profile; substitution: Substitution; resolved: ResolvedRequest | undefined }> {
  const profile = profileFor(placed.request, profiles, profileName, placed.offset);
  const substitution = createSubstitution(
    { document, placed, profile, shared: profiles.sharedVariables, given: variables, awaited },
    ports,
  );
  const bindSecrets = (): SecretPlace | null => {
    const where = substitution.withoutSecrets(() => resolveTarget(document, placed, substitution));
    return where === undefined ? null : originOf(addressOf(where, profile), profile);
  };
  let resolved: ResolvedRequest | undefined;
  do {
    resolved = resolveRequest(document, placed, substitution);
  } while (await substitution.fetch({ signal, bindSecrets }));
  return { profile, substitution, resolved };
}

/** Adds the headers of the address, and those of the profile where a function is called. */
function addGiven(headers: (readonly [string, string])[], address: Address, profile: Profile): void {
  for (const [name, value] of address.headers) addAbsent(headers, name, value);
  if (address.functionName === null) return;
  for (const [name, value] of Object.entries(profile.headers)) {
    if (!COMPUTED_HEADERS.has(name.toLowerCase())) addAbsent(headers, name, value);
  }
}

/** @throws CbError `missing-credential` */
async function fetchCredential(
  binding: CredentialBinding,
  { secrets, signal }: PrepareOptions,
): Promise<string> {
  const credential = (await secrets.credential(binding, { signal }))?.trim();
  signal.throwIfAborted();
  if (credential) return credential;
  const message = msg('The profile "{0}" needs an API key for {1}.', binding.profile, binding.origin);
  throw new CbError('missing-credential', message);
}

function addressOf(where: ResolvedTarget, profile: Profile): Address {
  const { target, route, qualifier, functionName, host } = where;
  return addressTarget(target, { profile, route, qualifier, functionName, host });
}

/** The address; what is wrong with one is said without its secrets. */
function addressShown(where: ResolvedTarget, profile: Profile, secrets: readonly string[]): Address {
  try {
    return addressOf(where, profile);
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

/** Where the secrets of a request go: over https, or to this machine. */
function originOf({ url }: Address, profile: Profile): SecretPlace {
  const { origin } = new URL(url);
  return { profile: profile.name, envId: profile.envId, origin };
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
