import type { CbDocument, CbRequest } from '../cbhttp/document.ts';
import { addAbsent, headerValue, resolveRequest, type StreamMode } from '../cbhttp/resolve.ts';
import { COMPUTED_HEADERS } from '../cbhttp/lines.ts';
import { CbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { HeaderList, SecretStore, WireRequest } from '../ports.ts';
import type { Profile, ProfileSet, Route } from './profile.ts';
import { redactHeaders, redactText } from './redact.ts';
import { addressTarget } from './target.ts';

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
  readonly signal: AbortSignal;
  /** `name/version`. */
  readonly userAgent: string;
}

/**
 * The profile a request is sent with: the one chosen for this send, else `@profile`, else the active one.
 * @throws CbError `unknown-profile`
 */
export function profileFor(request: CbRequest, profiles: ProfileSet, chosen?: string): Profile {
  const directive = request.directives.findLast((one) => one.word === 'profile');
  const name = chosen ?? directive?.value;
  if (name === undefined) return profiles.active;
  const profile = profiles.profiles.find((one) => one.name === name);
  if (profile !== undefined) return profile;
  const known = profiles.profiles.map((one) => one.name).join(', ');
  throw new CbError('unknown-profile', msg('There is no profile "{0}". Known profiles: {1}.', name, known), {
    ...(directive !== undefined && chosen === undefined ? { span: directive.valueSpan } : {}),
  });
}

/**
 * Resolves a request's variables, address and credential.
 * @throws CbError with one of the refusal codes; nothing has been sent then
 */
export async function prepareRequest(
  document: CbDocument,
  request: CbRequest,
  options: PrepareOptions,
): Promise<PreparedRequest> {
  const profile = profileFor(request, options.profiles, options.profileName);
  const resolved = resolveRequest(document, request, {
    given: options.variables ?? {},
    profile: profile.variables,
    shared: options.profiles.sharedVariables,
  });
  const address = addressTarget(resolved.target, {
    profile,
    route: resolved.route,
    qualifier: resolved.qualifier,
    functionName: resolved.functionName,
    host: headerValue(resolved.headers, 'host'),
  });

  const headers: (readonly [string, string])[] = resolved.headers.filter(
    ([name]) => !(address.usesHostHeader && name.toLowerCase() === 'host'),
  );
  for (const [name, value] of address.headers) addAbsent(headers, name, value);
  if (address.functionName !== null) {
    for (const [name, value] of Object.entries(profile.headers)) {
      if (!COMPUTED_HEADERS.has(name.toLowerCase())) addAbsent(headers, name, value);
    }
  }
  const secrets: string[] = [];
  if (address.credential !== null && headerValue(headers, 'authorization') === undefined) {
    const credential = (await options.secrets.credential(address.credential, options))?.trim();
    options.signal.throwIfAborted();
    if (!credential) {
      throw new CbError(
        'missing-credential',
        msg('The profile "{0}" needs an API key for {1}.', profile.name, address.credential.origin),
      );
    }
    secrets.push(credential);
    headers.push(['Authorization', `Bearer ${credential}`]);
  }
  addAbsent(headers, 'Accept', '*/*');
  addAbsent(headers, 'Accept-Encoding', 'gzip, deflate, br');
  addAbsent(headers, 'User-Agent', options.userAgent);
  for (const header of headers) checkHeader(header);

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
    shownUrl: redactText(address.url, secrets),
    shownHeaders: redactHeaders(headers, secrets),
  };
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
