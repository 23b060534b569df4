import { encodeBasic } from '../../cbhttp/basicAuth.ts';
import { isComputedHeader } from '../../cbhttp/lines.ts';
import { msg } from '../../message.ts';
import { hasHole, hole, type Holes } from '../holes.ts';
import { headerOf, type RequestParts } from '../requestParts.ts';
import { keepSecret, type SecretNames } from '../secretValues.ts';
import type { CurlOption, CurlRequestOptions } from './options.ts';

/** Ways to sign in that need an answer of the server first, or sign the request. */
export const OTHER_SIGN_IN: ReadonlySet<string> = new Set(['digest', 'ntlm', 'negotiate', 'aws-sigv4']);

/** Adds a header unless the command has one of that name, or takes it away. */
export type AddHeader = (name: string, value: string | undefined) => void;

/** Takes `-H`. @returns names, in lower case, of headers that curl would add and is told not to */
export function readHeaders(
  { all, has }: CurlRequestOptions,
  parts: RequestParts,
  names: SecretNames,
): Set<string> {
  const removed = new Set<string>();
  const isCompressed = has('compressed');
  for (const { name: option, value: header = '', written } of all) {
    if (option !== 'header') continue;
    const end = header.search(/[:;]/);
    const name = header.slice(0, Math.max(0, end)).trim();
    const value = header.slice(end + 1).trim();
    if (name === '' || (header[end] === ';' && value !== '')) {
      const isPseudo = end === 0; // of HTTP/2, e.g. `:authority`
      if (!isPseudo) parts.hints.push(msg('This could not be taken over: {0}.', written));
    } else if (header[end] === ':' && value === '') {
      removed.add(name.toLowerCase());
    } else if (isBasic(value)) {
      parts.headers.push([name, basicOf(value, names.holes)]);
    } else if (!isComputedHeader(name) && !(isCompressed && /^accept-encoding$/i.test(name))) {
      parts.headers.push([name, value]);
    }
  }
  return removed;
}

/** `Basic` and a hole for a text in Base64. */
function isBasic(value: string): boolean {
  return /^Basic +[\u{F0000}-\u{FFFFD}]$/iu.test(value);
}

/** The language encodes user and password itself. */
function basicOf(value: string, { encoded }: Holes): string {
  const text = encoded.get([...value].at(-1) ?? '');
  return text === undefined ? value : `Basic ${text}`;
}

/** The headers that options of their own stand for. */
export function addHeaders(options: CurlRequestOptions, parts: RequestParts, add: AddHeader): void {
  const { all, last } = options;
  add('User-Agent', last('user-agent') || undefined);
  add('Referer', last('referer')?.replace(/;auto$/, '') || undefined);
  const range = last('range');
  add('Range', range === undefined ? undefined : `bytes=${range}`);
  addCookies(all, parts, add);
}

function addCookies(options: readonly CurlOption[], parts: RequestParts, add: AddHeader): void {
  const cookies: string[] = [];
  for (const { name, value = '', written } of options) {
    if (name !== 'cookie' || value === '') continue;
    if (value.includes('=') || hasHole(value)) cookies.push(value);
    else parts.hints.push(msg('This could not be taken over: {0}.', written));
  }
  if (cookies.length > 0) add('Cookie', cookies.join('; '));
}

/** Adds Authorization. @param user of the address */
export function addSignIn(
  { all, last }: CurlRequestOptions,
  user: string | undefined,
  parts: RequestParts,
  names: SecretNames,
  add: AddHeader,
): void {
  const token = last('oauth2-bearer');
  add('Authorization', token === undefined ? undefined : `Bearer ${token}`);
  const other = all.find(({ name }) => OTHER_SIGN_IN.has(name));
  const given = last('user') ?? user;
  if (other !== undefined) {
    parts.hints.push(msg('This way to sign in is not available here: {0}.', other.written));
  } else if (given !== undefined && headerOf(parts, 'authorization') === undefined) {
    add('Authorization', basicValue(given, parts, names));
  }
}

/** `Basic user:password` with the password as a secret; what the language would read otherwise, as base64. */
function basicValue(written: string, parts: RequestParts, names: SecretNames): string {
  const colon = written.indexOf(':');
  const user = colon === -1 ? written : written.slice(0, colon);
  const password = colon === -1 ? hole(names.holes, '$password password') : written.slice(colon + 1);
  if (!hasHole(written) && (user === '' || /^\s|\s$/.test(user + password))) {
    return `Basic ${keepSecret(parts, 'authorization', encodeBasic(user, password).slice('Basic '.length), names)}`;
  }
  if (password === '' || hasHole(password)) return `Basic ${user}:${password}`;
  return `Basic ${user}:${keepSecret(parts, 'password', password, names)}`;
}
