import { decodeBase64Text } from '../cbhttp/base64Text.ts';
import type { HeaderList } from '../ports.ts';
import { isSecretName } from '../profiles/plainSecrets.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import {
  basicValues,
  isSecretHeader,
  MASK,
  redactHeaders,
  redactText,
  secretForms,
} from '../profiles/redact.ts';

/** UTF-16 units from which on what only looks like a secret is hidden wherever it stands. */
const MIN_LENGTH = 8;

/**
 * What must not be kept of a request and of what came of it, longest first: its secrets, and besides them what looks
 * like one by its place, although it was written out: credentials in headers and in the URL.
 */
export function hiddenTexts({ wire, secrets }: Pick<PreparedRequest, 'wire' | 'secrets'>): string[] {
  const likely = [...headerSecrets(wire.headers), ...urlSecrets(wire.url)];
  return allForms([...secrets, ...secretForms(likely.filter((text) => text.length >= MIN_LENGTH))]);
}

/** Values of the cookies that go out with a request. */
export function sentCookieSecrets(headers: HeaderList): string[] {
  return likelyForms(sentCookies(headers));
}

/** Values of the cookies that a response sets. */
export function setCookieSecrets(headers: HeaderList): string[] {
  const values = headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => /^[^=;]*=\s*"?([^;"]*)/.exec(value)?.[1]?.trim() ?? '');
  return likelyForms(values);
}

function likelyForms(values: readonly string[]): string[] {
  return allForms(secretForms(values.filter(({ length }) => length >= MIN_LENGTH)));
}

/** All of them, longest first: one that is part of another leaves nothing of it. */
export function allHidden(...texts: readonly (readonly string[])[]): string[] {
  return texts.flat().sort((one, other) => other.length - one.length);
}

/** The headers of a response as they are kept. */
export function keptHeaders(headers: HeaderList, hidden: readonly string[]): HeaderList {
  return redactHeaders(headers, hidden).map(([name, value]) => [name, keptValue(name.toLowerCase(), value)]);
}

function keptValue(name: string, value: string): string {
  if (name === 'set-cookie') return value.replace(/^([^=;]*=)[^;]*/, `$1${MASK}`);
  if (/^(?:content-)?location$/.test(name)) return keptUrl(value, []);
  return isSecretName(name) && value !== '' ? MASK : value;
}

/** A URL as it is kept: without credentials. */
export function keptUrl(url: string, hidden: readonly string[]): string {
  const shown = redactText(url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1'), hidden);
  return shown.replace(/([?&;])([^=&;#]*)=([^&;#]*)/g, (pair, before: string, name: string) =>
    isSecretName(name) ? `${before}${name}=${MASK}` : pair,
  );
}

function headerSecrets(headers: HeaderList): string[] {
  const written = headers.filter(([name]) => isSecretHeader(name) || isSecretName(name));
  return [
    ...written.flatMap(([, value]) => [value, value.replace(/^[\w-]+\s+/, '')]),
    ...basicValues(written).flatMap(userAndPassword),
    ...sentCookies(headers),
  ];
}

function sentCookies(headers: HeaderList): string[] {
  const cookies = headers.filter(([name]) => name.toLowerCase() === 'cookie');
  const values = cookies.flatMap(([, value]) => value.split(';')).map((pair) => pair.replace(/^[^=]*=/, ''));
  return values.map((value) => value.trim().replace(/^"(.*)"$/, '$1'));
}

/** The password of Basic authorization, which a URL's user and password have become, too. */
function userAndPassword(encoded: string): string[] {
  const text = decodeBase64Text(encoded);
  const password = /^[^:]*:([^]*)$/.exec(text ?? '')?.[1];
  return text === null || password === undefined ? [] : [text, password];
}

function urlSecrets(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { username, password, search } = new URL(url);
  const pairs = search.slice(1).split(/[&;]/).map((pair) => pair.split('=')); // prettier-ignore
  const named = pairs.filter(([name = '', ...value]) => value.length > 0 && isSecretName(name));
  const values = [username, password, ...named.map(([, ...value]) => value.join('='))];
  return values.flatMap((value) => [value, decoded(value)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // no encoding at all
  }
}

/**
 * Other writers of JSON, of URLs and of HTML than ours: escapes of all but ASCII, `\/`, JSON in JSON, lower-case
 * hexadecimal digits, slashes that stay, character references.
 */
function allForms(secrets: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const escaped = secret.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`); // prettier-ignore
    const upper = escaped.replace(/\\u[0-9a-f]{4}/g, (found) => `\\u${found.slice(2).toUpperCase()}`);
    const percent = secret.replace(/%[0-9A-F]{2}/g, (found) => found.toLowerCase());
    const twice = [secret, escaped].map((form) => JSON.stringify(form).slice(1, -1));
    const html = ['&#39;', '&#x27;'].map((quote) => inHtml(secret, quote));
    const path = [secret, percent].map((form) => form.replace(/%2f/gi, '/'));
    for (const form of [secret, escaped, upper, percent, ...twice, ...html, ...path]) {
      forms.add(form);
      forms.add(form.replaceAll('/', '\\/'));
    }
  }
  forms.delete('');
  return [...forms].sort((one, other) => other.length - one.length);
}

function inHtml(text: string, quote: string): string {
  const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": quote }; // prettier-ignore
  return text.replace(/[&<>"']/g, (character) => references[character] ?? character);
}
