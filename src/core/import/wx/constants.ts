import type { Code, CodeToken } from './codeTokens.ts';

/** Where the values of constants stand, by name: indexes of tokens, the second exclusive. */
export type Constants = ReadonlyMap<string, { readonly from: number; readonly to: number }>;

/** The values of `const name = …`; the last one of a name counts. */
export function findConstants({ tokens, text }: Code): Constants {
  const found = new Map<string, { from: number; to: number }>();
  for (let index = 0; index + 3 < tokens.length; index++) {
    if (tokens[index]?.value !== 'const' || tokens[index + 1]?.type !== 'IdentifierName') continue;
    let at = index + 2;
    if (tokens[at]?.value === ':') {
      // A type: up to the equals sign.
      for (let count = 0; count < 50 && at < tokens.length && tokens[at]?.value !== '='; count++) at++;
    }
    if (tokens[at]?.value !== '=') continue;
    const from = at + 1;
    found.set(tokens[index + 1]?.value ?? '', { from, to: endOfStatement(tokens, text, from) });
  }
  return found;
}

/** Where the statement ends whose value begins at an index: at a semicolon, or at a line that goes on with nothing. */
function endOfStatement(tokens: readonly CodeToken[], text: string, from: number): number {
  let at = from;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined || /^(?:[;,)\]}]|const|let|var|return)$/.test(token.value)) return at;
    const previous = tokens[at - 1];
    if (
      at > from &&
      previous !== undefined &&
      token.type !== 'Punctuator' &&
      previous.type !== 'Punctuator'
    ) {
      if (text.slice(previous.start + previous.value.length, token.start).includes('\n')) return at;
    }
    if (
      at > from &&
      previous !== undefined &&
      /^[)\]}]$/.test(previous.value) &&
      token.type === 'IdentifierName'
    ) {
      if (text.slice(previous.start + 1, token.start).includes('\n')) return at;
    }
    const partner = token.partner > at ? token.partner : -1;
    const isTemplate = token.type === 'TemplateHead' || token.type === 'TemplateMiddle';
    at = partner === -1 ? at + 1 : isTemplate ? partner : partner + 1;
  }
  return at;
}
