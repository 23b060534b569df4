import { findPlaceholders, replaceVariables } from '../variables/placeholders.ts';
import type { Span } from '../document.ts';

/** What a variable gives: its text, or null where that is known only when sending. */
export type StaticValue = string | null;

/** A text with its variables replaced, as far as that can be done without sending. */
export interface StaticText {
  readonly text: string;
  /** Stretches of `text` that stand for what is known only when sending. */
  readonly holes: readonly Span[];
  /** The stretch of the written text that a stretch of `text` came from: a variable's whole `{{…}}`. */
  readonly written: (span: Span) => Span;
}

/** A stretch that was replaced, in both texts. */
interface Replaced {
  readonly from: Span;
  readonly to: Span;
}

const none: readonly Span[] = [];
const same = (span: Span): Span => span;

/**
 * Replaces each `{{…}}` of a text.
 * @param valueOf gives a variable's value by its expression and the offset of its braces
 * @param hole what stands for a value that is known only when sending
 */
export function staticText(
  text: string,
  valueOf: (expression: string, at: number) => StaticValue,
  hole: string,
): StaticText {
  if (!text.includes('{{') && !text.includes('\\{')) return { text, holes: none, written: same };
  const hasEscapes = text.includes('\\{');
  const replaced: Replaced[] = [];
  const holes: Span[] = [];
  const parts: string[] = [];
  let length = 0;
  const keep = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  const replace = (from: Span, value: string): Span => {
    const to = { start: length, end: length + value.length };
    replaced.push({ from, to });
    keep(value);
    return to;
  };
  const keepUpTo = (start: number, end: number): void => {
    const part = text.slice(start, end);
    const read = hasEscapes ? replaceVariables(part, () => '') : part;
    if (read === part) {
      keep(part);
      return;
    }
    // What lies between the first and the last escaped brace counts as one.
    const prefix = commonStart(part, read);
    const suffix = commonEnd(part, read, Math.min(part.length, read.length) - prefix);
    keep(part.slice(0, prefix));
    replace({ start: start + prefix, end: end - suffix }, read.slice(prefix, read.length - suffix));
    keep(part.slice(part.length - suffix));
  };
  let at = 0;
  for (const { start, end, expression } of findPlaceholders(text)) {
    keepUpTo(at, start);
    const value = valueOf(expression, start);
    const to = replace({ start, end }, value ?? hole);
    if (value === null) holes.push(to);
    at = end;
  }
  keepUpTo(at, text.length);
  return { text: parts.join(''), holes, written: (span) => writtenSpan(replaced, span) };
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function commonEnd(a: string, b: string, limit: number): number {
  let length = 0;
  while (length < limit && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}

function writtenSpan(replaced: readonly Replaced[], span: Span): Span {
  const start = writtenAt(replaced, span.start);
  const end = writtenAt(replaced, Math.max(span.start, span.end - 1));
  return { start: start.start, end: span.end > span.start ? end.end : start.start };
}

/** Where the character at an offset was written: one character, or all of what was replaced. */
function writtenAt(replaced: readonly Replaced[], offset: number): Span {
  const index = replaced.findLastIndex(({ to }) => to.start <= offset);
  const before = replaced[index];
  if (before === undefined) return { start: offset, end: offset + 1 };
  if (offset < before.to.end) return before.from;
  const start = before.from.end + offset - before.to.end;
  return { start, end: start + 1 };
}
