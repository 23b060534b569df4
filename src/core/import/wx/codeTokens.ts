import jsTokens, { type Token } from 'js-tokens';
import { msg } from '../../message.ts';
import { unreadable } from '../imported.ts';

/** A token of JavaScript or TypeScript with its place. Blanks, line ends and comments are none. */
export interface CodeToken {
  readonly type: Token['type'];
  readonly value: string;
  readonly start: number;
  /** Index of the token that closes this bracket or template, or that opens it; -1 where there is none. */
  partner: number;
}

/** A text as tokens whose brackets are matched. */
export interface Code {
  readonly text: string;
  readonly tokens: readonly CodeToken[];
}

const SKIPPED = new Set<Token['type']>([
  'WhiteSpace',
  'LineTerminatorSequence',
  'MultiLineComment',
  'SingleLineComment',
  'HashbangComment',
]);
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Cuts a text into tokens and matches its brackets. Never throws; linear. */
export function readTokens(text: string): Code {
  const tokens: CodeToken[] = [];
  const open: number[] = [];
  let start = 0;
  for (const { type, value } of jsTokens(text)) {
    if (!SKIPPED.has(type)) {
      const token: CodeToken = { type, value, start, partner: -1 };
      const index = tokens.push(token) - 1;
      const opener = openerOf(token);
      if (opener !== null) {
        const last = open.at(-1);
        if (last !== undefined && tokens[last] !== undefined && isOpener(tokens[last], opener)) {
          open.pop();
          token.partner = last;
          tokens[last].partner = index;
        }
      }
      const isBracket = type === 'Punctuator' && '([{'.includes(value);
      if (isBracket || type === 'TemplateHead' || type === 'TemplateMiddle') open.push(index);
    }
    start += value.length;
  }
  return { text, tokens };
}

function openerOf({ type, value }: CodeToken): string | null {
  if (type === 'TemplateMiddle' || type === 'TemplateTail') return '`';
  return type === 'Punctuator' ? (CLOSERS[value] ?? null) : null;
}

function isOpener({ type, value }: CodeToken, opener: string): boolean {
  return opener === '`' ? type === 'TemplateHead' || type === 'TemplateMiddle' : value === opener;
}

/** Index behind the bracket that opens at `index`. @throws CbError `parse` where it has no end */
export function endOfBracket({ tokens }: Code, index: number): number {
  const token = tokens[index];
  if (token !== undefined && token.partner > index) return token.partner + 1;
  const start = token?.start ?? 0;
  throw unreadable(msg('The bracket that opens here has no end.'), { start, end: start + 1 });
}

/** @throws CbError `parse` for a string or template without its end */
export function checkClosed(token: CodeToken): void {
  const { type, value, start } = token;
  const isString = type === 'StringLiteral' || type === 'NoSubstitutionTemplate';
  if (isString && (value.length < 2 || value.at(-1) !== value[0] || endsEscaped(value))) {
    throw unreadable(msg('The quote that opens here has no end.'), { start, end: start + 1 });
  }
}

/** True where the last character of a string is escaped. */
function endsEscaped(value: string): boolean {
  let backslashes = 0;
  for (let at = value.length - 2; at > 0 && value[at] === '\\'; at--) backslashes++;
  return backslashes % 2 === 1;
}
