import { CbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { Span } from './document.ts';
import { readBodyFile } from './lines.ts';

/**
 * A request body as bytes, from its lines after variables were replaced.
 * @param contentType the Content-Type header's value, or ''
 * @throws CbError `unsupported` for a body from a file
 */
export function encodeBody(body: string, contentType: string, span: Span): Uint8Array {
  const lines = body.split('\n').map((line) => (line.startsWith('\\###') ? line.slice(1) : line));
  if (lines.some((line) => readBodyFile(line) !== null)) {
    throw new CbError('unsupported', msg('A body from a file cannot be sent yet.'), { span });
  }
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/x-www-form-urlencoded') return utf8(encodeForm(lines));
  return utf8(lines.join(mediaType.startsWith('multipart/') ? '\r\n' : '\n'));
}

/**
 * A GraphQL body: query, blank line, variables as JSON; sent as `{query, operationName, variables}`.
 * @throws CbError `parse` where the variables are no JSON
 */
export function encodeGraphQl(body: string, span: Span): Uint8Array {
  const match = /\n[ \t]*\n(?=\s*\{[\s\S]*\}\s*$)/.exec(body);
  const query = (match === null ? body : body.slice(0, match.index)).trim();
  const operationName = /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(query)?.[1];
  let variables: unknown;
  if (match !== null) {
    try {
      variables = JSON.parse(body.slice(match.index));
    } catch (cause) {
      throw new CbError('parse', msg('The GraphQL variables are no valid JSON.'), { cause, span });
    }
  }
  return utf8(JSON.stringify({ query, operationName, variables }));
}

/** Joins the lines and percent-encodes what a form may not hold as it is; `%XX`, `+`, `=` and `&` stay. */
function encodeForm(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .join('')
    .replace(/%(?![0-9A-Fa-f]{2})|[^\w.~*!'();:@&=+$,/?%-]+/g, (text) =>
      [...utf8(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    );
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
