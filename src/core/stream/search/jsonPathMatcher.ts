import { isCbError } from '../../errors.ts';
import type { Message } from '../../message.ts';
import { ByteNeedle } from './byteNeedle.ts';
import type { RowMatcher } from './rowReader.ts';

/** JSONPath (RFC 9535), which core has from outside: its library is loaded on first use. */
export interface JsonPathEngine {
  /**
   * @returns the values a path finds in one; throws nothing
   * @throws CbError `usage` for a path that is none, with a span in it where known
   */
  compile(path: string): (value: unknown) => readonly unknown[];
}

/** What can begin JSON text: spares most other texts the price of an exception. */
const JSON_START = /^[ \t\r\n]*(?:[[{"\d-]|true|false|null)/;
/** Members and elements at the beginning of a path that every value it finds stands below. */
const LEADING_NAMES = /^\$((?:\.[A-Za-z_]\w*(?![\w\x80-\uffff])|\[(?:\d+|'[A-Za-z_]\w*'|"[A-Za-z_]\w*")\])*)/;

/**
 * Matches events whose data is JSON in which a path (`$…`) finds something, or of which a filter expression
 * (anything else, such as `@.type == "text"`, with or without the `?` before it) is true, where `@` is the JSON.
 * @returns what is wrong with it, if anything, and at which UTF-16 offset
 */
export function jsonPathMatcher(
  text: string,
  engine: JsonPathEngine,
): RowMatcher | { readonly error: Message; readonly offset?: number } {
  const isPath = /^\s*\$/.test(text);
  const start = text.length - text.replace(isPath ? /^\s+/ : /^\s*\?/, '').length;
  const before = isPath ? '' : '$[?';
  const path = isPath ? text.trim() : `${before}${text.slice(start)}]`;
  let find: (value: unknown) => readonly unknown[];
  try {
    find = engine.compile(path);
  } catch (error) {
    if (!isCbError(error)) throw error;
    if (error.span === undefined) return { error: error.display };
    const offset = error.span.start - before.length + start;
    return { error: error.display, offset: Math.min(Math.max(0, offset), text.length) };
  }
  const hasNames = nameFilter(path);
  return (row) => {
    if (row.kind !== 'event' || row.isCut || !hasNames(row)) return false;
    const data = row.text();
    if (!JSON_START.test(data)) return false;
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      return false; // no JSON
    }
    return find(isPath ? value : [value]).length > 0;
  };
}

/** Whether the names a path begins with stand in the bytes: much cheaper to say than to parse JSON. */
function nameFilter(path: string): RowMatcher {
  const [, steps = ''] = LEADING_NAMES.exec(path) ?? [];
  const names = steps.match(/[A-Za-z_]\w*/g) ?? [];
  const needles = names.map((name) => new ByteNeedle(`"${name}"`, true));
  const escape = new ByteNeedle('\\u', true);
  return ({ bytes, from, to }) =>
    needles.every((needle) => needle.find(bytes, from, to) >= 0) || escape.find(bytes, from, to) >= 0;
}
