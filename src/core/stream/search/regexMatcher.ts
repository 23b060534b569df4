import { msg, type Message } from '../../message.ts';
import type { RowMatcher } from './rowReader.ts';

/**
 * Matches rows by a regular expression of ECMAScript with the flag `m` (`^` and `$` stand at the line ends of an
 * event's data too) and `u`, or without `u` where only that makes it valid (`\"`). It is tried on an event's data, id
 * and type one by one, where {@link textMatcher} searches too.
 * @returns what is wrong with it, if anything
 */
export function regexMatcher(source: string, matchCase: boolean): RowMatcher | { readonly error: Message } {
  const flags = matchCase ? 'm' : 'im';
  try {
    return matchTexts(new RegExp(source, `${flags}u`));
  } catch {
    // Tried again below: people write escapes that `u` forbids.
  }
  try {
    return matchTexts(new RegExp(source, flags));
  } catch (error) {
    const [, reason] = /: ([^:]*)$/.exec(error instanceof Error ? error.message : '') ?? [];
    return { error: msg('Not a regular expression: {0}', reason ?? source) };
  }
}

/** Tries an expression, not a global or sticky one, on all texts of a row. */
export function matchTexts(pattern: RegExp): RowMatcher {
  let lastType = '';
  let isLastTypeMatch = false;
  return (row) => {
    if (pattern.test(row.text())) return true;
    if (row.kind !== 'event' || row.isPlain) return false;
    const type = row.type();
    if (type !== lastType) {
      lastType = type;
      isLastTypeMatch = pattern.test(type);
    }
    if (isLastTypeMatch && type !== 'message') return true;
    const id = row.id();
    return id !== '' && pattern.test(id);
  };
}
