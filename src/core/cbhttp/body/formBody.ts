/**
 * Lines of an `application/x-www-form-urlencoded` body as one: blanks around lines, `=` and `&` dropped, and what a
 * URL may not hold percent-encoded as UTF-8. `%XX`, `+`, `[` and the like stay, as in httpYac.
 */
export function encodeForm(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => trimAround(trimAround(line, '='), '&'))
    .join('')
    .replace(/%(?![0-9A-Fa-f]{2})|[^\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7a\x7c\x7e]+/g, (written) =>
      [...new TextEncoder().encode(written)]
        .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join(''),
    );
}

function trimAround(line: string, separator: string): string {
  return line
    .split(separator)
    .map((piece) => piece.trim())
    .join(separator);
}
