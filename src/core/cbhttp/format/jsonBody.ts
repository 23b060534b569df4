import { format } from 'jsonc-parser';
import type { CbRequest, Section } from '../document.ts';
import type { FormatOptions } from './format.ts';

/** UTF-16 units up to which a body is laid out; a larger one would block the editor. */
const MAX_LENGTH = 2_000_000;
/** Levels up to which a body is laid out: the indents of a deeper one outgrow the text. */
const MAX_DEPTH = 200;

/**
 * A request's JSON body with line breaks and indents; tokens stay as they are.
 * @returns null where the body is no JSON, does not say so in Content-Type, or has other tools' lines between
 */
export function layOutJsonBody(
  { text, foreign }: Section,
  request: CbRequest,
  { tabSize, insertSpaces }: FormatOptions,
  eol: string,
): string | null {
  const { bodySpan, body } = request;
  if (body === null || bodySpan === null || !saysJson(request)) return null;
  if (foreign.some(({ span }) => span.start < bodySpan.end && bodySpan.start < span.end)) return null;
  if (body.length > MAX_LENGTH || !/^\s*[[{]/.test(body) || depthOf(body) > MAX_DEPTH) return null;
  try {
    JSON.parse(body);
  } catch {
    return null; // not JSON as it stands, e.g. a variable outside quotes
  }
  const written = text.slice(bodySpan.start, bodySpan.end);
  let laidOut = '';
  let from = 0;
  for (const { offset, length, content } of format(written, undefined, { tabSize, insertSpaces, eol })) {
    laidOut += written.slice(from, offset) + content;
    from = offset + length;
  }
  return laidOut + written.slice(from);
}

/** The text without the blanks and line ends that stand outside strings: what a layout may change. */
export function withoutLayout(json: string): string {
  let kept = '';
  for (const { text, isString } of pieces(json)) kept += isString ? text : text.replace(/[ \t\r\n]+/g, '');
  return kept;
}

function saysJson({ method, headers }: CbRequest): boolean {
  const value = (name: string): string =>
    headers.find((header) => header.name.toLowerCase() === name)?.value.toLowerCase() ?? '';
  if (method === 'GRAPHQL' || value('x-request-type') === 'graphql') return false;
  return /[/+]json$/.test(value('content-type').split(';', 1)[0]?.trim() ?? '');
}

/** How deep brackets nest, those in strings left out. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const { text, isString } of pieces(json)) {
    if (isString) continue;
    for (const character of text) {
      if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
      else if (character === ']' || character === '}') depth--;
    }
  }
  return deepest;
}

/** The text cut into strings and what stands between them. */
function* pieces(json: string): Generator<{ readonly text: string; readonly isString: boolean }> {
  let at = 0;
  while (at < json.length) {
    const quote = json.indexOf('"', at);
    const start = quote === -1 ? json.length : quote;
    if (start > at) yield { text: json.slice(at, start), isString: false };
    let end = start + 1;
    while (end < json.length && json[end] !== '"') end += json[end] === '\\' ? 2 : 1;
    if (start < json.length) yield { text: json.slice(start, end + 1), isString: true };
    at = end + 1;
  }
}
