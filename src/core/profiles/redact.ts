import { encodeForm } from '../cbhttp/body/formBody.ts';
import type { HeaderList } from '../ports.ts';

/** What stands where a secret stood. */
export const MASK = '***';

const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'x-tc-token',
  'x-cloudbase-credentials',
]);

/** True for a header whose value is a credential. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.has(name.toLowerCase());
}

/** The text without the given secrets. Redact before logging, showing, copying or exporting. */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((kept, secret) => kept.replaceAll(secret, MASK), text);
}

/**
 * The secrets as they may stand in a URL, in JSON and in a form, without repetitions, longest first: one that is part
 * of another leaves nothing of it.
 */
export function secretForms(secrets: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const text = secret.trim();
    if (text === '') continue;
    const wellFormed = new TextDecoder().decode(new TextEncoder().encode(text));
    const url = new URL('http://h/');
    url.pathname = `/${text}`;
    url.search = text;
    const inUrl = [
      url.pathname.slice(1),
      url.search.slice(1),
      encodeURIComponent(wellFormed),
      encodeForm(text),
    ];
    for (const form of [secret, text, JSON.stringify(text).slice(1, -1), ...inUrl]) forms.add(form);
  }
  forms.delete('');
  return [...forms].sort((one, other) => other.length - one.length);
}

/** What stands for user and password in Basic authorization (RFC 7617): a secret among them is not to be seen there. */
export function basicValues(headers: HeaderList): string[] {
  return headers.flatMap(([name, value]) => {
    const encoded = /authorization$/i.test(name) ? /^Basic[ \t]+(\S+)$/i.exec(value)?.[1] : undefined;
    return encoded === undefined ? [] : [encoded];
  });
}

/** A URL, or what should be one, without the user and password that may stand before its host. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)[^/?#]*@/i, '$1');
}

/** The headers with credentials masked; an authentication scheme (RFC 9110, 11.1) stays readable. */
export function redactHeaders(headers: HeaderList, secrets: readonly string[]): HeaderList {
  return headers.map(([name, value]) => {
    if (!isSecretHeader(name)) return [name, redactText(value, secrets)] as const;
    const scheme = /authorization$/i.test(name) ? /^[\w-]+(?= )/.exec(value)?.[0] : undefined;
    return [name, scheme === undefined ? MASK : `${scheme} ${MASK}`] as const;
  });
}
