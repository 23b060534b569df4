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
  const lines = bodyLines(body, span);
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/x-www-form-urlencoded') return utf8(encodeForm(lines));
  return utf8(lines.join(mediaType.startsWith('multipart/') ? '\r\n' : '\n'));
}

/**
 * A GraphQL body: query, blank line, variables as JSON; sent as `{query, operationName, variables}`.
 * @throws CbError `parse` where what looks like the variables is no JSON, `unsupported` for a body from a file
 */
export function encodeGraphQl(body: string, span: Span): Uint8Array {
  const lines = bodyLines(body, span);
  const start = findVariables(lines);
  const written = start === -1 ? '' : lines.slice(start).join('\n');
  let variables: unknown;
  let queryEnd = lines.length;
  try {
    if (written !== '') variables = JSON.parse(written);
    if (written !== '') queryEnd = start;
  } catch (cause) {
    // `{` and a quote begin JSON; `{` and a name begin a query without a keyword.
    if (/^\s*\{\s*"/.test(written)) {
      throw new CbError('parse', msg('The GraphQL variables are no valid JSON.'), { cause, span });
    }
  }
  const query = lines.slice(0, queryEnd);
  const operationName = findOperationName(query);
  return utf8(JSON.stringify({ query: query.join('\n').trim(), operationName, variables }));
}

/** The lines of a body as they are sent. */
function bodyLines(body: string, span: Span): string[] {
  const lines = body.split('\n').map((line) => (line.startsWith('\\###') ? line.slice(1) : line));
  if (lines.some((line) => readBodyFile(line) !== null)) {
    throw new CbError('unsupported', msg('A body from a file cannot be sent yet.'), { span });
  }
  return lines;
}

/** Index of the last line that begins with `{` after a blank line, where the text ends with `}`; else -1. */
function findVariables(lines: readonly string[]): number {
  if (
    lines
      .findLast((line) => line.trim() !== '')
      ?.trimEnd()
      .endsWith('}') !== true
  )
    return -1;
  return lines.findLastIndex(
    (line, index) => index > 0 && line.trimStart().startsWith('{') && lines[index - 1]?.trim() === '',
  );
}

/** The name of the first operation: `query Name`, outside all braces. */
function findOperationName(lines: readonly string[]): string | undefined {
  let depth = 0;
  for (const line of lines) {
    const name = /^[ \t]*(?:query|mutation|subscription)[ \t]+(\w+)/.exec(line)?.[1];
    if (depth === 0 && name !== undefined) return name;
    for (const character of line) depth += character === '{' ? 1 : character === '}' ? -1 : 0;
  }
  return undefined;
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
