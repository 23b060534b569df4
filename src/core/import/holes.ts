import type { Message } from '../message.ts';

/**
 * Values of a code that are only known when it runs. In texts each has one character of its own, so that options and
 * addresses can be cut and joined before `{{…}}` is written.
 */
export interface Holes {
  /** What stands between the braces, by number. */
  readonly expressions: string[];
  readonly numbers: Map<string, number>;
  /** What it stands for, by its expression; not for those that say so themselves. */
  readonly meanings: Map<string, Message>;
  /** What a hole for a text in Base64 was made from, by its character. */
  readonly encoded: Map<string, string>;
}

const FIRST = 0xf0000;
const LAST = 0xffffd;
const HOLE = /[\u{F0000}-\u{FFFFD}]/u;

/** The private characters that stand for holes, in a text from outside: they become what cannot be shown. */
export function withoutHoles(text: string): string {
  return HOLE.test(text) ? text.replace(/[\u{F0000}-\u{FFFFD}]/gu, '\u{FFFD}\u{FFFD}') : text;
}

export function createHoles(): Holes {
  return { expressions: [], numbers: new Map(), meanings: new Map(), encoded: new Map() };
}

/** The character that stands for an expression. @param meaning what people are told of it */
export function hole(
  { expressions, numbers, meanings }: Holes,
  expression: string,
  meaning?: Message,
): string {
  if (meaning !== undefined && !meanings.has(expression)) meanings.set(expression, meaning);
  const index = numbers.get(expression) ?? Math.min(expressions.length, LAST - FIRST);
  if (index === expressions.length) expressions.push(expression);
  numbers.set(expression, index);
  return String.fromCodePoint(FIRST + index);
}

/** What people are told of the holes of a text, in order, each once. */
export function meaningsIn(text: string, holes: Holes): Message[] {
  const found = new Set(text.match(/[\u{F0000}-\u{FFFFD}]/gu));
  return [...found].flatMap((character) => holes.meanings.get(expressionOf(character, holes) ?? '') ?? []);
}

export function hasHole(text: string): boolean {
  return HOLE.test(text);
}

/** The text with its holes as people read them. */
export function showHoles(text: string, holes: Holes): string {
  return text.replace(/[\u{F0000}-\u{FFFFD}]/gu, (character) => {
    const expression = expressionOf(character, holes);
    return expression === undefined ? character : `{{${expression}}}`;
  });
}

/** The text as part of a URL, as `encodeURIComponent` does it; its holes stay. */
export function encodeAroundHoles(text: string): string {
  return text
    .split(/([\u{F0000}-\u{FFFFD}])/u)
    .map((piece, index) => (index % 2 === 1 ? piece : encodeURIComponent(wellFormed(piece))))
    .join('');
}

function wellFormed(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

/** File variables that say what the language has no other way to say. */
export const NOTHING = { name: 'nothing', value: '' } as const;
export const BACKSLASH = { name: 'backslash', value: '\\' } as const;

/**
 * The text as the language has it: holes as `{{…}}`, braces that are only text escaped.
 * Escaped braces would begin at a backslash that is only text, so such ones become variables.
 */
export function sayText(text: string, holes: Holes): string {
  const special = /(?<!\\)(\\+)(?=\{\\\{|\{?[\u{F0000}-\u{FFFFD}])|\{\{|[\u{F0000}-\u{FFFFD}]/gu;
  return text.replace(special, (found, backslashes?: string) => {
    if (backslashes !== undefined) return `{{${BACKSLASH.name}}}`.repeat(backslashes.length);
    return found === '{{' ? '\\{{' : showHoles(found, holes);
  });
}

function expressionOf(character: string, { expressions }: Holes): string | undefined {
  return expressions[(character.codePointAt(0) ?? 0) - FIRST];
}
