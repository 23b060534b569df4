import { msg } from '../../message.ts';
import { hasHole } from '../holes.ts';
import { HTTP_METHODS } from '../../cbhttp/lines.ts';
import type { RequestParts } from '../requestParts.ts';
import type { CurlRequestOptions } from './options.ts';

/** The address of a command as this language has it, and the user it names; null where it is not http. */
export function readUrl(
  written: string,
  isGlobOff: boolean,
  parts: RequestParts,
): { readonly url: string; readonly user: string | undefined } | null {
  let url = written.trim();
  if (!isGlobOff) {
    if (/(?<!\\)\{|(?<!\\)\[(?![\da-f:.]+\])/i.test(url)) {
      parts.hints.push(msg('curl would send a request for each address that the brackets stand for.'));
    }
    url = url.replace(/\\([[\]{}])/g, '$1');
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return null;
  if (scheme === undefined && !hasHole([...url][0] ?? '')) url = `http://${url}`;
  const user = /^(https?:\/\/)([^/?#]*)@/i.exec(url);
  if (user?.[1] === undefined || user[2] === undefined) return { url, user: undefined };
  return { url: user[1] + url.slice(user[0].length), user: percentDecode(user[2]) };
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The method that is given, else that of what is sent. */
export function methodOf({ has, last }: CurlRequestOptions, hasBody: boolean, parts: RequestParts): string {
  const given = last('request');
  const own = has('head') ? 'HEAD' : has('upload-file') ? 'PUT' : hasBody && !has('get') ? 'POST' : 'GET';
  if (given === undefined) return own;
  const method = given.toUpperCase();
  if (HTTP_METHODS.includes(method)) return method;
  parts.hints.push(msg('{0} is no method that can be written here: this is {1}.', given, own));
  return own;
}

/** Adds to the query of the target. */
export function addQuery(parts: RequestParts, query: string): void {
  if (query === '') return;
  const [base = '', fragment] = parts.target.split(/(?=#)/, 2);
  parts.target = `${base}${!base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&'}${query}${fragment ?? ''}`;
}
