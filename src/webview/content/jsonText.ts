import { endOfString, endOfWord, type JsonNode } from './jsonNodes.ts';

/** UTF-16 units of a string a line of the tree shows. */
const MAX_SHOWN_LENGTH = 1000;
/** Places a search stops at: more than anybody steps through. */
const MAX_MATCHES = 10_000;

/** What a search found: where the keys and values begin that match, in the order of the text. */
export interface JsonMatches {
  readonly offsets: readonly number[];
  /** True if there may be more. */
  readonly isCut: boolean;
}

/** A key or string as the tree shows it: quoted, on one line, letters in place of their `\u` escapes, never too long. */
export function shownString(text: string, start: number): string {
  const end = endOfString(text, start);
  // An escape has six units at most; a cut one would not parse.
  const isLong = end - start > 6 * MAX_SHOWN_LENGTH;
  const value = isLong ? text.slice(start + 1, start + MAX_SHOWN_LENGTH) : unquote(text.slice(start, end));
  if (!isLong && value.length <= MAX_SHOWN_LENGTH) return JSON.stringify(value);
  return `${JSON.stringify(value.slice(0, MAX_SHOWN_LENGTH)).slice(0, -1)}…`;
}

/** A key's own text, or null for an array's item and the root. */
export function keyOf(text: string, node: JsonNode): string | null {
  return node.keyStart < 0 ? null : unquote(text.slice(node.keyStart, endOfString(text, node.keyStart)));
}

/** A value as it is copied: a string's own text, anything else as written. */
export function valueOf(text: string, node: JsonNode): string {
  const written = text.slice(node.start, node.end);
  return written.startsWith('"') ? unquote(written) : written;
}

/** One step of a normalized JSONPath (RFC 9535, 2.7), a plain name in its short form: `.name`, `['a b']`, `[0]`. */
export function pathStep(text: string, node: JsonNode): string {
  const key = keyOf(text, node);
  if (key === null) return `[${node.index}]`;
  if (/^[A-Za-z_]\w*$/.test(key)) return `.${key}`;
  const escaped = JSON.stringify(key).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `['${escaped}']`;
}

/** A pattern that finds text in any case, of any script. */
export function textPattern(words: string): RegExp {
  return new RegExp(words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'giu');
}

/** Finds a text in the keys and values of valid JSON, strings by their own text. */
export function searchJson(text: string, words: string): JsonMatches {
  const pattern = textPattern(words);
  const offsets: number[] = [];
  const token = /["\-\d]|true|false|null/g;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const start = found.index;
    const isString = text.charCodeAt(start) === 0x22;
    const end = isString ? endOfString(text, start) : endOfWord(text, start);
    token.lastIndex = end;
    pattern.lastIndex = 0;
    if (!pattern.test(isString ? unquote(text.slice(start, end)) : text.slice(start, end))) continue;
    if (offsets.length === MAX_MATCHES) return { offsets, isCut: true };
    offsets.push(start);
  }
  return { offsets, isCut: false };
}

function unquote(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}
