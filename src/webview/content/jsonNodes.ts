/** A value in JSON text: where it stands, not what it is. Offsets are UTF-16 units, ends exclusive. */
export interface JsonNode {
  /** Place among its siblings, 0-based. */
  readonly index: number;
  /** Where its quoted key begins, or -1 for an array's item and the root. */
  readonly keyStart: number;
  readonly start: number;
  readonly end: number;
  /** Members of an object or array, -1 for any other value. */
  readonly memberCount: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
const NUMBERS_PER_MEMBER = 4;

/** Where the value of a JSON text begins and ends, or null for text that is no JSON (RFC 8259). */
export function jsonBounds(text: string): { readonly start: number; readonly end: number } | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return { start: skipBlank(text, 0), end: text.trimEnd().length };
}

/**
 * The members of an object or array, read from the text when it is opened: one level, whatever is below is skipped.
 * Packed, as an object for each of a million members would cost a hundred megabytes.
 */
export class JsonMembers {
  readonly #numbers: readonly number[];

  /** @param start where the object or array begins; `end` where it ends. */
  constructor(text: string, start: number, end: number) {
    this.#numbers = readMembers(text, start, end);
  }

  get length(): number {
    return this.#numbers.length / NUMBERS_PER_MEMBER;
  }

  at(index: number): JsonNode {
    const [keyStart = -1, start = 0, end = 0, memberCount = -1] = this.#numbers.slice(
      index * NUMBERS_PER_MEMBER,
      (index + 1) * NUMBERS_PER_MEMBER,
    );
    return { index, keyStart, start, end, memberCount };
  }

  /** Index of the member that ends first after an offset: the one the offset is in. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle).end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where a quoted string that begins at an offset ends. */
export function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at + 1;
}

/** Where the number or literal that begins at an offset ends. */
export function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isDelimiter(text.charCodeAt(at))) at++;
  return at;
}

function readMembers(text: string, open: number, close: number): number[] {
  const numbers: number[] = [];
  let at = open + 1;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= close - 1) return numbers;
    if (text.charCodeAt(at) === COMMA) {
      at++;
      continue;
    }
    let keyStart = -1;
    if (text.charCodeAt(open) === OPEN_BRACE) {
      keyStart = at;
      at = skipBlank(text, skipBlank(text, endOfString(text, at)) + 1);
    }
    const { end, memberCount } = skipValue(text, at);
    numbers.push(keyStart, at, end, memberCount);
    at = end;
  }
}

/** Passes over a value without recursion: nesting may be deeper than any stack. */
function skipValue(text: string, start: number): { end: number; memberCount: number } {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return { end: endOfString(text, start), memberCount: -1 };
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return { end: endOfWord(text, start), memberCount: -1 };
  let depth = 0;
  let commas = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === COMMA && depth === 1) commas++;
    else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --depth === 0) {
      const isEmpty = skipBlank(text, start + 1) === at;
      return { end: at + 1, memberCount: isEmpty ? 0 : commas + 1 };
    }
  }
  return { end: text.length, memberCount: commas };
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isDelimiter(code: number): boolean {
  return isBlank(code) || code === COMMA || code === COLON || code === CLOSE_BRACE || code === CLOSE_BRACKET;
}

function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text.charCodeAt(at - 1) === BACKSLASH) at--;
  return (quote - at) % 2 === 1;
}
