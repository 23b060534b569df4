/** A piece of JSON text and what it is; `plain` is punctuation, white space and anything that is not JSON. */
export interface JsonToken {
  readonly kind: 'plain' | 'key' | 'string' | 'number' | 'literal';
  readonly text: string;
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Cuts JSON text into tokens for colouring. Joined again they are the text, whatever the text is. */
export function jsonTokens(text: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  let end = 0;
  const push = (kind: JsonToken['kind'], piece: string): void => {
    if (piece !== '') tokens.push({ kind, text: piece });
  };
  for (const match of text.matchAll(TOKEN)) {
    push('plain', text.slice(end, match.index));
    const [whole, quoted, colon, number] = match;
    if (quoted !== undefined) {
      push(colon === undefined ? 'string' : 'key', quoted);
      push('plain', colon ?? '');
    } else {
      push(number === undefined ? 'literal' : 'number', whole);
    }
    end = match.index + whole.length;
  }
  push('plain', text.slice(end));
  return tokens;
}

/** True for text that is a JSON object or array. */
export function isJsonContainer(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
