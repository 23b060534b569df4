/** A part of a request's last exchange, as an expression names it. */
export interface ResponseReference {
  /** `@name` of the request. */
  readonly requestName: string;
  readonly part: ResponsePart;
}

/** Which part; `path` is a JSONPath that begins with `$`, empty for the whole. */
export type ResponsePart =
  | { readonly kind: 'body'; readonly of: 'request' | 'response'; readonly path: string }
  | { readonly kind: 'header'; readonly of: 'request' | 'response'; readonly name: string }
  | { readonly kind: 'status' | 'method' | 'url' | 'eventCount' | 'text' }
  | { readonly kind: 'event'; readonly index: number; readonly path: string }
  /** The expression names an exchange and no part of it that there is. */
  | { readonly kind: 'wrong' };

/**
 * Reads `name.response.…`, `name.request.…`, `name.events…`, `name.text`; and `name` and `name.a.b`, which is
 * httpYac’s way to write `name.response.body` and `name.response.body.$.a.b`, where `isRequest` says that there is
 * such a request. A name with blanks is a title.
 * @returns null where the expression names no exchange
 */
export function readResponseReference(
  expression: string,
  isRequest: (name: string) => boolean,
): ResponseReference | null {
  const match = /\.(request|response|events|text)(?=[.[]|$)/.exec(expression);
  if (match?.[1] !== undefined && match.index > 0) {
    const requestName = expression.slice(0, match.index);
    const rest = expression.slice(match.index + match[0].length);
    // A title may hold blanks; any other text with blanks names nothing.
    if (!/\s/.test(requestName) || isRequest(requestName))
      return { requestName, part: readPart(match[1], rest) };
  }
  if (isRequest(expression)) {
    return { requestName: expression, part: { kind: 'body', of: 'response', path: '' } };
  }
  const end = expression.search(/[.[]/);
  const requestName = expression.slice(0, Math.max(0, end));
  const path = expression.slice(end);
  if (end < 1 || !isRequest(requestName) || !/^(?:\.[\w$-]+|\[(?:\d+|"[^"\\]*"|'[^'\\]*')\])+$/.test(path))
    return null;
  return { requestName, part: { kind: 'body', of: 'response', path: bracketNames(path) } };
}

function readPart(word: string, rest: string): ResponsePart {
  switch (word) {
    case 'text':
      return rest === '' ? { kind: 'text' } : { kind: 'wrong' };
    case 'events':
      return readEventPart(rest);
    default:
      return readMessagePart(word === 'request' ? 'request' : 'response', rest);
  }
}

function readEventPart(rest: string): ResponsePart {
  if (rest === '.length') return { kind: 'eventCount' };
  const [whole = '', index] = /^\[(-?\d{1,9})\]\.data/.exec(rest) ?? [];
  if (index === undefined) return { kind: 'wrong' };
  const path = readPath(rest.slice(whole.length));
  return path === null ? { kind: 'wrong' } : { kind: 'event', index: Number(index), path };
}

function readMessagePart(of: 'request' | 'response', rest: string): ResponsePart {
  if (rest === '.status' && of === 'response') return { kind: 'status' };
  if (rest === '.method' && of === 'request') return { kind: 'method' };
  if (rest === '.url' && of === 'request') return { kind: 'url' };
  const header = /^\.headers\.([^\s.][^\s]*)$/.exec(rest)?.[1];
  if (header !== undefined) return { kind: 'header', of, name: header.toLowerCase() };
  const path = rest.startsWith('.body') ? readPath(rest.slice('.body'.length)) : null;
  return path === null ? { kind: 'wrong' } : { kind: 'body', of, path };
}

/** `.$…` after a body or an event's data, `.*` or nothing for all of it; null for anything else. */
function readPath(rest: string): string | null {
  if (rest === '' || rest === '.*') return '';
  return rest.startsWith('.$') ? rest.slice(1) : null;
}

/** `.a-b[0]["c"]` as JSONPath that any name may stand in. */
function bracketNames(path: string): string {
  const inBrackets = path.replace(/\[(?:\d+|"[^"]*"|'[^']*')\]|\.([\w$-]+)/g, (written, name?: string) =>
    name === undefined ? written : `['${name}']`,
  );
  return `$${inBrackets}`;
}
