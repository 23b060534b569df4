import { decodeBody } from '../cbhttp/body/decodeText.ts';
import { headerValue } from '../cbhttp/resolve.ts';
import { failed } from '../failures/failed.ts';
import type { HeaderList, WireRequest, WireResponse } from '../ports.ts';
import { isSecretHeader } from './redact.ts';

/** Redirects of one exchange, at most. */
export const MAX_REDIRECTS = 10;

/** Fields that describe a body (RFC 9110, 15.4); without it they go. */
const BODY_FIELDS = /^(?:content-(?:type|encoding|language|location|length)|digest|last-modified)$/i;

/**
 * The request that a redirect asks for (RFC 9110, 15.4), or null where the response is none: 303 becomes GET, so do
 * 301 and 302 of a POST; 307 and 308 send the same again. To another origin go neither credentials nor cookies nor
 * the client certificate, and no field with a secret.
 * @param secrets every form of the secrets in the request
 * @throws CbError `credential-refused` where its URL or body would carry a secret to another origin
 */
export function nextRequest(
  request: WireRequest,
  { status, headers }: Pick<WireResponse, 'status' | 'headers'>,
  secrets: readonly string[],
): WireRequest | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const from = new URL(request.url);
  const to = target(headerValue(headers, 'location'), from);
  if (to === null) return null;
  const becomesGet =
    (status === 303 && request.method !== 'HEAD') || (status <= 302 && request.method === 'POST');
  const next: WireRequest = {
    ...request,
    url: to.href,
    ...(becomesGet && {
      method: 'GET',
      body: null,
      headers: request.headers.filter(([name]) => !BODY_FIELDS.test(name)),
    }),
  };
  return to.origin === from.origin ? next : withoutCredentials(next, from.origin, secrets);
}

function target(location: string | undefined, from: URL): URL | null {
  if (location === undefined || location === '') return null;
  let url: URL;
  try {
    url = new URL(location, from.href);
  } catch {
    return null; // no address: the response is shown as it is
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  url.username = '';
  url.password = '';
  return url;
}

function withoutCredentials(request: WireRequest, from: string, secrets: readonly string[]): WireRequest {
  const holdsSecret = (text: string): boolean => secrets.some((secret) => text.includes(secret));
  const { url, body } = request;
  // What streams from disk is not searched.
  const isBodyClean =
    body === null ||
    secrets.length === 0 ||
    (body instanceof Uint8Array && !holdsSecret(decodeBody(body, request.headers)));
  if (!isBodyClean || holdsSecret(url)) {
    throw failed('redirect-refused', [from, new URL(url).origin]);
  }
  const headers: HeaderList = request.headers.filter(
    ([name, value]) =>
      !isSecretHeader(name) && !/^(?:host|proxy-.*|x-tcb-.*)$/i.test(name) && !holdsSecret(value),
  );
  return { ...request, headers, tls: { ...request.tls, cert: null, key: null, passphrase: null } };
}
