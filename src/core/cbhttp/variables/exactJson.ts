/** Before the digits of a number in the text that stands for it. */
const MARK = '\u0000number ';

/**
 * Parses JSON and keeps the digits of numbers that JavaScript would round, such as long ids; undefined where the text
 * is no JSON. Read values with {@link jsonText}.
 */
export function parseExactJson(text: string): unknown {
  try {
    return JSON.parse(protectNumbers(text));
  } catch {
    return undefined; // no JSON
  }
}

/** A value of {@link parseExactJson} as it stands in a request: texts as they are, the rest as JSON. */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return value.startsWith(MARK) ? value.slice(MARK.length) : value;
  return JSON.stringify(value).replace(/"\\u0000number (-?[\d.eE+-]+)"/g, '$1');
}

function protectNumbers(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(/"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d[\d.eE+-]*/g, (token) => {
    if (token.startsWith('"') || token.length < 16 || isExact(token)) return token;
    return JSON.stringify(MARK + token);
  });
}

function isExact(digits: string): boolean {
  return String(Number(digits)) === digits || !/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(digits);
}
