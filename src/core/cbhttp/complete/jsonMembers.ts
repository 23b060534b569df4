import type { Completion } from './completion.ts';
import type { Place } from './place.ts';

/** How many members of one value are offered. */
const MAX_OFFERS = 500;

/** Members of the value that a JSONPath, written up to the place, leads to; none where it leads nowhere. */
export function memberOffers(
  root: unknown,
  path: string,
  place: Place,
  close: string,
): readonly Completion[] {
  const from = lastStep(path);
  const typed = path.slice(from);
  const value = valueAt(root, path.slice(0, from));
  const span = { start: place.offset - typed.length, end: place.span.end };
  return membersOf(value, typed.startsWith('[')).map(([text, member]) => ({
    label: text.replace(/^\./, ''),
    kind: 'key',
    ...(member === undefined ? {} : { detail: preview(member) }),
    insertText: text + close,
    span,
    group: 0,
    filterText: typed.startsWith('.') && !text.startsWith('.') ? `.${text}` : text,
    ...(close === '' ? { commitCharacters: ['.', '['] } : {}),
  }));
}

/** The value that `$.a['b'][0]` leads to; undefined where it leads nowhere, or to more than one. */
export function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const [, name, quoted, index] of path
    .slice(1)
    .matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\[(-?\d+)\]|[^]/g)) {
    const key = name ?? quoted;
    if (Array.isArray(value)) {
      value = index === undefined ? undefined : (value.at(Number(index)) as unknown);
    } else if (isRecord(value) && key !== undefined) {
      value = Object.hasOwn(value, key) ? value[key] : undefined;
    } else return undefined;
  }
  return value;
}

/** Where the last, unfinished step of a path begins. */
function lastStep(path: string): number {
  const closed = path.lastIndexOf(']');
  const bracket = path.lastIndexOf('[');
  if (bracket > closed) return bracket;
  const dot = path.lastIndexOf('.');
  return dot > closed ? dot : path.length;
}

/** Steps into a value, and what each leads to where that is one value. */
function membersOf(value: unknown, inBrackets: boolean): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.length === 0
      ? []
      : [
          ['[0]', items[0]],
          ['[-1]', items.at(-1)],
          ['[*]', undefined],
        ];
  }
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .filter((key) => !/[{}\r\n]/.test(key)) // no expression can hold it
    .slice(0, MAX_OFFERS)
    .map((key) => [step(key, inBrackets), value[key]]);
}

/** A member's name as a JSONPath's step (RFC 9535, 2.5.1.1). */
function step(key: string, inBrackets: boolean): string {
  if (!inBrackets && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(key)) return `.${key}`;
  return `['${key.replace(/[\\']/g, '\\$&')}']`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function preview(value: unknown): string {
  if (Array.isArray(value)) return `[…] ${value.length}`;
  if (isRecord(value)) return '{…}';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
