import type { CodeHeader, CodeRequest } from './codeRequest.ts';
import { jsKey, jsString, jsText } from './javaScript.ts';
import { isPlain, joinTemplates, plainText, withPlaceholders, type Template } from './template.ts';

/** A function that code needs for header values with other characters than those of Latin-1. */
export const NON_LATIN_HELPER = `/** Header values are bytes: this makes those of UTF-8. */
const utf8 = (text) => String.fromCharCode(...new TextEncoder().encode(text));
`;

/** True where {@link NON_LATIN_HELPER} is used. */
export function needsHelper({ headers }: CodeRequest): boolean {
  return headers.some(({ value }) => isBeyondAscii(value));
}

/**
 * Headers as an object literal; names that come again as one value: joined by commas for `fetch` (RFC 9110, 5.3), as a
 * list for `undici`.
 */
export function jsHeaders(headers: readonly CodeHeader[], indent: string, as: 'fetch' | 'undici'): string {
  const groups = groupHeaders(headers);
  const lines = groups.map(({ name, values }) => {
    const value =
      as === 'undici' && values.length > 1
        ? `[${values.map(jsHeaderValue).join(', ')}]`
        : jsHeaderValue(joinValues(values));
    return `${indent}  ${jsKey(name)}: ${value},\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** The headers by their names, each in its first spelling. */
export function groupHeaders(
  headers: readonly CodeHeader[],
): readonly { readonly name: string; readonly values: readonly Template[] }[] {
  const groups = new Map<string, { name: string; values: Template[] }>();
  for (const { name, value } of headers) {
    const group = groups.get(name.toLowerCase());
    if (group === undefined) groups.set(name.toLowerCase(), { name, values: [value] });
    else group.values.push(value);
  }
  return [...groups.values()];
}

/** Several values of one name as one (RFC 9110, 5.3). */
export function joinValues(values: readonly Template[]): Template {
  return values.reduce((all, value) => joinTemplates(all, plainText(', '), value));
}

function jsHeaderValue(value: Template): string {
  return isBeyondAscii(value)
    ? `utf8(${jsText(value)})`
    : isPlain(value)
      ? jsString(withPlaceholders(value))
      : jsText(value);
}

function isBeyondAscii(value: Template): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  return value.some((part) => part.kind === 'text' && /[^\u0000-\u007f]/.test(part.text));
}
