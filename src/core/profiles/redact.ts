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

/** The text without the given secrets. Redact before logging, showing, copying or exporting. */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((kept, secret) => kept.replaceAll(secret, MASK), text);
}

/** A URL, or what should be one, without the user and password that may stand before its host. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)[^/?#]*@/i, '$1');
}

/** The headers with credentials masked; an authentication scheme (RFC 9110, 11.1) stays readable. */
export function redactHeaders(headers: HeaderList, secrets: readonly string[]): HeaderList {
  return headers.map(([name, value]) => {
    if (!SECRET_HEADERS.has(name.toLowerCase())) return [name, redactText(value, secrets)] as const;
    const scheme = /authorization$/i.test(name) ? /^[\w-]+(?= )/.exec(value)?.[0] : undefined;
    return [name, scheme === undefined ? MASK : `${scheme} ${MASK}`] as const;
  });
}
