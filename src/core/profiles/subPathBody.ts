import { CbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { BodySource } from '../ports.ts';

/**
 * The body that names the function's path and method for the HTTP API, where the profile says `"subPath": "body"`: the
 * request's JSON object with `path` and `method` in it, its own text as it is, since large numbers are to keep their
 * digits. A POST to the function itself stays as it was. Source: facts sheet, section 1.
 * @param path as in a URL, without its query
 * @throws CbError `sub-path-body` for a body that cannot take them
 */
export function bodyWithPath(
  body: Uint8Array | BodySource | null,
  { path, method }: { readonly path: string; readonly method: string },
): Uint8Array | BodySource | null {
  if (path === '/' && method === 'POST') return body;
  if (body !== null && !('slice' in body)) throw refused();
  const text = body === null || body.length === 0 ? '{}' : decode(body).trim();
  const object = parseObject(text);
  if (object === null) throw refused();
  if (Object.hasOwn(object, 'path') || Object.hasOwn(object, 'method')) {
    throw new CbError(
      'sub-path-body',
      msg('The body has "path" or "method" already, where subPath "body" puts the function’s path.'),
    );
  }
  const open = text.slice(0, -1).trimEnd();
  const added = `"path":${JSON.stringify(path)},"method":${JSON.stringify(method)}}`;
  return new TextEncoder().encode(`${open}${Object.keys(object).length === 0 ? '' : ','}${added}`);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return ''; // no text, so no JSON
  }
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null; // no JSON
  }
}

function refused(): CbError {
  return new CbError(
    'sub-path-body',
    msg(
      'With subPath "body" the function’s path goes into the body, which must be a JSON object or none. Set subPath to "append" for other bodies.',
    ),
  );
}
