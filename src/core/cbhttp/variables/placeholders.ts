/** One `{{expression}}` of a text; offsets count from the text's start. */
export interface Placeholder {
  /** Braces included. */
  readonly start: number;
  readonly end: number;
  /** Between the braces, blanks included. */
  readonly innerStart: number;
  readonly innerEnd: number;
  /** Trimmed, never empty. */
  readonly expression: string;
}

/** A stretch of text that stands for something else: a placeholder, or escaped braces and what they become. */
type Token = Placeholder | { readonly start: number; readonly end: number; readonly literal: string };

/**
 * The placeholders of a text, in order. None are `\{{`, `\{\{ … \}\}`, braces without an end on their line, empty
 * ones, and braces before a quote, as in JSON. Linear.
 */
export function findPlaceholders(text: string): Placeholder[] {
  return findTokens(text).filter((token) => 'expression' in token);
}

/**
 * Where `{{` first begins what may have been meant as a variable and is none, as it has no end, or another `{{` in it;
 * -1 for nowhere. Not empty braces, and not those before a quote.
 */
export function findOpenBraces(text: string): number {
  let from = 0;
  for (const token of [...findTokens(text), { start: text.length, end: text.length }]) {
    const at = text.slice(from, token.start).search(/\{\{[ \t]*[^\s{}"]/);
    if (at !== -1) return from + at;
    from = token.end;
  }
  return -1;
}

/** Replaces each placeholder by what `valueOf` gives for it; escaped braces become the braces alone. */
export function replaceVariables(
  text: string,
  valueOf: (expression: string, placeholder: Placeholder) => string,
): string {
  const tokens = findTokens(text);
  if (tokens.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const token of tokens) {
    parts.push(
      text.slice(at, token.start),
      'literal' in token ? token.literal : valueOf(token.expression, token),
    );
    at = token.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function findTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  let closing = -1;
  let at = text.indexOf('{');
  while (at !== -1) {
    let token: Token | null = null;
    const isEscaped = at > end && text.charCodeAt(at - 1) === BACKSLASH;
    const next = text.charCodeAt(at + 1);
    if (next === OPEN) {
      token = isEscaped ? { start: at - 1, end: at + 2, literal: '{{' } : readPlaceholder(text, at);
    } else if (isEscaped && next === BACKSLASH && text.charCodeAt(at + 2) === OPEN) {
      if (closing < at) closing = text.indexOf('}', at);
      if (closing === -1) closing = text.length;
      token = readEscaped(text, at, closing);
    }
    if (token !== null) {
      tokens.push(token);
      end = token.end;
    }
    at = text.indexOf('{', token?.end ?? at + 1);
  }
  return tokens;
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const BACKSLASH = 0x5c;

function readPlaceholder(text: string, start: number): Placeholder | null {
  const innerStart = start + 2;
  let innerEnd = innerStart;
  while (innerEnd < text.length && !isInnerEnd(text.charCodeAt(innerEnd))) innerEnd++;
  if (text.charCodeAt(innerEnd) !== CLOSE || text.charCodeAt(innerEnd + 1) !== CLOSE) return null;
  const expression = text.slice(innerStart, innerEnd).trim();
  if (expression === '' || expression.startsWith('"')) return null;
  return { start, end: innerEnd + 2, innerStart, innerEnd, expression };
}

function isInnerEnd(code: number): boolean {
  return code === OPEN || code === CLOSE || code === 10 || code === 13; // LF CR
}

/** `\{\{ … \}\}`, where the first brace stands at `at` and the next closing one at `closing`. */
function readEscaped(text: string, at: number, closing: number): Token | null {
  if (closing - at < 5 || text[closing - 1] !== '\\' || !text.startsWith('\\}', closing + 1)) return null;
  return { start: at - 1, end: closing + 3, literal: `{{${text.slice(at + 3, closing - 1)}}}` };
}
