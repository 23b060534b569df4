const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  E: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/**
 * Reads what stands within `$'…'` of bash, from behind its quote. Bytes given by number are UTF-8; where they are
 * none, each is a character, as older browsers write them.
 * @returns the text and the offset behind the closing quote; null without one
 */
export function readAnsiQuote(text: string, from: number): { text: string; end: number } | null {
  let read = '';
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) read += decode(bytes);
    bytes = [];
  };
  const plain = /[^'\\]*/y;
  let at = from;
  for (;;) {
    plain.lastIndex = at;
    const run = plain.exec(text)?.[0] ?? '';
    if (run !== '') {
      flush();
      read += run;
      at += run.length;
    }
    if (at >= text.length) return null;
    if (text[at] === "'") {
      flush();
      // A NUL ends what a program gets of it.
      const end = read.indexOf('\0');
      return { text: end === -1 ? read : read.slice(0, end), end: at + 1 };
    }
    const escape = readEscape(text, at + 1);
    if (escape === null) return null;
    if (typeof escape.value === 'number') {
      bytes.push(escape.value);
    } else {
      flush();
      read += escape.value;
    }
    at = escape.end;
  }
}

/** What follows a backslash: a byte, or text. */
function readEscape(text: string, at: number): { value: number | string; end: number } | null {
  const letter = text[at];
  if (letter === undefined) return null;
  const code = ESCAPES[letter];
  if (code !== undefined) return { value: String.fromCharCode(code), end: at + 1 };
  if (/[\\'"?]/.test(letter)) return { value: letter, end: at + 1 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0];
  if (octal !== undefined) return { value: parseInt(octal, 8) & 0xff, end: at + octal.length };
  const hex = /^(?:x[\dA-Fa-f]{1,2}|u[\dA-Fa-f]{1,4}|U[\dA-Fa-f]{1,8})/.exec(text.slice(at, at + 9))?.[0];
  if (hex !== undefined) {
    const value = parseInt(hex.slice(1), 16);
    if (hex.startsWith('x')) return { value, end: at + hex.length };
    return { value: String.fromCodePoint(value > 0x10ffff ? 0xfffd : value), end: at + hex.length };
  }
  if (letter === 'c' && at + 1 < text.length) {
    return { value: String.fromCharCode(text.charCodeAt(at + 1) & 0x1f), end: at + 2 };
  }
  return { value: `\\${letter}`, end: at + 1 };
}

function decode(bytes: readonly number[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
  } catch {
    return bytes.map((byte) => String.fromCharCode(byte)).join('');
  }
}
