import { opensResponse, readBodyFile, readForeignLine, readHeader } from '../cbhttp/lines.ts';
import { msg } from '../message.ts';
import { BACKSLASH, NOTHING, sayText, showHoles, type Holes } from './holes.ts';
import { headerOf, type BodyPiece, type RequestParts } from './requestParts.ts';

/**
 * A request as a section of a `.cbhttp` file, laid out as the formatter does it. Notes among the parts' hints what the
 * language cannot say.
 */
export function writeRequest(parts: RequestParts, holes: Holes): string {
  const say = (text: string): string => sayText(text, holes);
  const above: string[] = [];
  const headers = parts.headers.flatMap(([name, value]) => headerLine(name, value, parts, say));
  const body = bodyLines(parts, say);
  const target = say(encodeBlanks(parts.target));
  const text = [`${parts.method} ${target}`, ...headers, ...(body.length === 0 ? [] : ['', ...body])];
  for (const { name, value } of [NOTHING, BACKSLASH]) {
    if (text.some((line) => line.includes(`{{${name}}}`))) above.push(`@${name} = ${value}`.trimEnd());
  }
  const directives = parts.directives.map(([word, value]) => `# @${word} ${say(oneLine(value))}`.trimEnd());
  return [`### ${titleOf(parts, holes)}`, ...above, ...directives, ...text, ''].join('\n');
}

/** What the request is called: its function and path, or its host and path. */
function titleOf({ method, target }: RequestParts, holes: Holes): string {
  const shown = showHoles(target, holes).replace(/[?#][^]*$/, '');
  const name = shown.replace(/^(?:fn|https?):\/\/(?:[^/]*@)?/i, '').replace(/\/$/, '');
  return oneLine(name === '' ? method : name).slice(0, 80);
}

/** A target stands on one line, and ends where ` HTTP/…` begins. */
function encodeBlanks(target: string): string {
  // eslint-disable-next-line no-control-regex -- what a URL cannot hold
  return target.replace(/[\s\u0000-\u0020\u007f]/g, (character) => encodeURIComponent(character));
}

function headerLine(
  name: string,
  value: string,
  parts: RequestParts,
  say: (text: string) => string,
): string[] {
  const said = say(value.trim());
  const line = `${name}: ${said}${said.endsWith(',') ? ',' : ''}`.trimEnd(); // one comma at the end is not read
  // eslint-disable-next-line no-control-regex -- RFC 9110, 5.5
  if (readHeader(line) !== null && /^[^#&]/.test(name) && !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value))
    return [line];
  parts.hints.push(msg('This header cannot be written here, so it was left out: {0}.', oneLine(name)));
  return [];
}

function bodyLines(parts: RequestParts, say: (text: string) => string): string[] {
  const type = headerOf(parts, 'content-type')?.toLowerCase() ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const isMultipart = type.startsWith('multipart/');
  if (!isMultipart && parts.body.some((piece) => hasOtherLineEnds(piece))) {
    parts.hints.push(msg('Line ends of the body are sent as LF.'));
  }
  const lines = parts.body.flatMap((piece) => {
    if (piece.kind === 'file') return [`< ${say(piece.path.trim())}`];
    let text = isForm ? encodeFormBlanks(piece.text) : piece.text;
    if (type.startsWith('application/x-ndjson')) text = text.replace(/\r?\n$/, ''); // sending adds it
    return text.split(/\r\n|\r|\n/).map((line) => bodyLine(say(line)));
  });
  if (isMultipart || isJson(parts.body)) {
    while (lines[0]?.trim() === '') lines.shift();
    while (lines.at(-1)?.trim() === '') lines.pop();
    return lines;
  }
  if (lines.length === 1 && lines[0] === '') return [];
  // Blank lines around a body are not part of it.
  for (const index of [0, lines.length - 1]) {
    if (lines[index]?.trim() === '') lines[index] = `{{${NOTHING.name}}}${lines[index]}`;
  }
  return lines;
}

/** A line that would be read as more than text gets an empty variable before it. */
function bodyLine(line: string): string {
  if (line.startsWith('###')) return `\\${line}`;
  const trimmed = line.trim();
  const isMore =
    readForeignLine(trimmed) !== null ||
    readBodyFile(line) !== null ||
    /^[<>][ \t]*\{%/.test(trimmed) ||
    opensResponse(trimmed) ||
    line.startsWith('\\###');
  return isMore ? `{{${NOTHING.name}}}${line}` : line;
}

/** In a form, blanks beside separators and line ends would be dropped. */
function encodeFormBlanks(text: string): string {
  return text.replace(/\s/g, (blank) => encodeURIComponent(blank));
}

function hasOtherLineEnds(piece: BodyPiece): boolean {
  return piece.kind === 'text' && piece.text.includes('\r') && !isJson([piece]);
}

/** True for a body around which blank lines mean nothing. */
function isJson(body: readonly BodyPiece[]): boolean {
  const [only] = body;
  if (body.length !== 1 || only?.kind !== 'text') return false;
  return isJsonText(only.text);
}

/** True for the text of a JSON object or array. */
export function isJsonText(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Text for one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
