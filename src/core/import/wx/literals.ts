/** The value of a string or of a template's piece, without its quotes. Source: ECMAScript, 12.9.4. */
export function unescapeString(inner: string): string {
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([0-3]?[0-7]{1,2})|(\r\n|[^]))/gi,
    (whole, braced?: string, unicode?: string, hex?: string, octal?: string, other?: string) => {
      const code = braced ?? unicode ?? hex;
      if (code !== undefined) {
        const value = parseInt(code, 16);
        return braced === undefined
          ? String.fromCharCode(value)
          : value > 0x10ffff
            ? whole
            : String.fromCodePoint(value);
      }
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      return ESCAPES[other ?? ''] ?? other ?? '';
    },
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\r': '',
  '\r\n': '',
  '\u2028': '',
  '\u2029': '',
};

/** A number as JSON has it; null for what JSON cannot say. */
export function readNumber(written: string): string | null {
  const plain = written.replaceAll('_', '');
  if (plain.endsWith('n')) return /^\d+n$/.test(plain) ? plain.slice(0, -1) : null;
  const value = Number(plain);
  return Number.isFinite(value) ? String(value) : null;
}
