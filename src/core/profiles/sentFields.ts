import { COMPUTED_HEADERS } from '../cbhttp/lines.ts';
import { addAbsent, headerValue, type ResolvedRequest } from '../cbhttp/resolve.ts';
import { CbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { HeaderList, WireRequest } from '../ports.ts';
import type { Profile } from './profile.ts';
import { bodyWithPath } from './subPathBody.ts';
import type { Address } from './target.ts';

/** Method, body and headers as they go out, without the credential. @throws CbError `sub-path-body` */
export function fieldsOf(
  resolved: ResolvedRequest,
  address: Address,
  profile: Profile,
  options: { readonly acceptEncoding?: string; readonly userAgent: string },
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
  const isJsonNow = headers.length > 0;
  for (const header of named) {
    if (!isJsonNow || header[0].toLowerCase() !== 'content-type') headers.push(header);
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

/** A field that HTTP lets through (RFC 9110, 5.1 and 5.5): also one from settings or a credential. */
export function checkHeader([name, value]: readonly [string, string]): void {
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return;
  throw new CbError(
    'invalid-header',
    msg('The header "{0}" cannot be sent: a character is not allowed.', name),
  );
}
