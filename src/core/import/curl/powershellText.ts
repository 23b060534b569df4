import { withoutHoles } from '../holes.ts';
import { isJsonText } from '../writeRequest.ts';
import { openQuote } from './shellText.ts';

/** Quotes of a here-string mean nothing; doubled, they mean the same in a string. Those within `$(…)` stay. */
export function hereText(written: string): string {
  let doubled = '';
  let from = 0;
  for (let at = written.indexOf('$('); at !== -1; at = written.indexOf('$(', from)) {
    const end = endOfExpression(written, at + 1);
    doubled += written.slice(from, at).replaceAll('"', '""') + written.slice(at, end);
    from = end;
  }
  return doubled + written.slice(from).replaceAll('"', '""');
}

/** Behind the bracket that closes the one at `from`; quotes between them are skipped. */
export function endOfExpression(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at + 1;
    else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end === -1) break;
      at = end;
    }
  }
  throw openQuote(from);
}

/** What the backtick at an offset and what follows stand for, and where that ends. Source: about_Special_Characters. */
export function readEscape(text: string, at: number): { readonly text: string; readonly end: number } {
  CODE_POINT.lastIndex = at + 1;
  const [found = '', digits] = CODE_POINT.exec(text) ?? [];
  const code = digits === undefined ? Infinity : parseInt(digits, 16);
  if (code <= 0x10ffff) return { text: withoutHoles(String.fromCodePoint(code)), end: at + 1 + found.length };
  const character = text[at + 1] ?? '';
  return { text: ESCAPES[character] ?? character, end: at + 2 };
}

const CODE_POINT = /u\{([\da-f]{1,6})\}/iy;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
};

/** Where a comment ends that begins at an offset, or -1 where none does. */
export function endOfComment(text: string, at: number): number {
  const isBlock = text.startsWith('<#', at);
  if (!isBlock && text[at] !== '#') return -1;
  const end = text.indexOf(isBlock ? '#>' : '\n', at);
  return end === -1 ? text.length : end + (isBlock ? 2 : 0);
}

/** The redirection at an offset, or ''. Source: about_Redirection. */
export function redirectionAt(text: string, at: number): string {
  REDIRECTION.lastIndex = at;
  return REDIRECTION.exec(text)?.[0] ?? '';
}

const REDIRECTION = /(?:[1-6*]?>{1,2}|<)(?:&\d|[ \t]*(?:'[^'\n]{0,300}'|"[^"\n]{0,300}"|[^\s;|]{0,300}))/y;

/** The name that `$name =` or `$name +=` sets, in lower case, and where the value begins; null for anything else. */
export function readAssignment(
  text: string,
  at: number,
): { readonly name: string; readonly isMore: boolean; readonly end: number } | null {
  ASSIGNMENT.lastIndex = at;
  const [, name, plus] = ASSIGNMENT.exec(text) ?? [];
  if (name === undefined) return null;
  return { name: name.toLowerCase(), isMore: plus !== '', end: ASSIGNMENT.lastIndex };
}

const ASSIGNMENT = /\$(?:env:)?([A-Za-z_]\w*)[ \t]*(\+?)=(?!=)/iy;

/** True for what stands for one text: a string, a variable, a subexpression. What a command gives is not known. */
export function isText(written: string): boolean {
  return /^(?:'[^]*'|"[^]*"|@'[^]*'@|@"[^]*"@|\$\w[\w:]*|\$\{[\w:]+\}|\$\([^]*\))$/.test(written);
}

/** Windows PowerShell needs `\"` for a quote in a program's word; JSON shows where one was meant. */
export function unescaped(text: string): string {
  if (!text.includes('\\"')) return text;
  const meant = text.replace(/\\+"/g, (found) => '\\'.repeat((found.length - 1) >> 1) + '"');
  return !isJsonText(text) && isJsonText(meant) ? meant : text;
}
