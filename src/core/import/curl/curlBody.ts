import { msg } from '../../message.ts';
import { encodeAroundHoles, hasHole } from '../holes.ts';
import { headerOf, type BodyPiece, type RequestParts } from '../requestParts.ts';
import { isJsonText } from '../writeRequest.ts';
import { readForm } from './curlForm.ts';
import type { AddHeader } from './curlHeaders.ts';
import { addQuery } from './curlTarget.ts';
import type { CurlOption, CurlRequestOptions } from './options.ts';
import type { ShellCommand } from './shellText.ts';

/** Options that are the data of a request, joined by `&`. */
const DATA = new Set(['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json']);

/**
 * The body of a command: data, a form, or a file to upload; with `-G` data is part of the query.
 * @param isTyped true where the command says what Content-Type there is, or that there is none
 * @returns whether something is sent, which makes it POST
 */
export function takeBody(
  options: CurlRequestOptions,
  command: ShellCommand,
  parts: RequestParts,
  isTyped: boolean,
  add: AddHeader,
): boolean {
  const { all, has, last } = options;
  for (const { name, value = '' } of all) {
    // With a plus sign it is encoded already.
    if (name === 'url-query')
      addQuery(parts, (value.startsWith('+') ? value.slice(1) : urlEncoded(value)) ?? '');
  }
  const data = readData(all, command, parts);
  if (data !== null && has('get')) {
    for (const piece of data) if (piece.kind === 'text') addQuery(parts, piece.text);
  } else if (data !== null) {
    takeData(data, parts, has('json'), isTyped, add);
  }
  const form = readForm(all, command, parts);
  if (form !== null) {
    parts.headers = parts.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
    parts.headers.push(['Content-Type', `multipart/form-data; boundary=${form.boundary}`]);
    parts.body = form.pieces;
  }
  const upload = last('upload-file');
  if (upload !== undefined) takeUpload(upload, command, parts);
  return data !== null || form !== null;
}

function takeData(
  data: BodyPiece[],
  parts: RequestParts,
  isJson: boolean,
  isTyped: boolean,
  add: AddHeader,
): void {
  parts.body = data;
  const [only] = data;
  if (headerOf(parts, 'content-type') !== undefined || isJson) joinLines(parts);
  if (isJson) {
    add('Content-Type', 'application/json');
    add('Accept', 'application/json');
  } else if (!isTyped && data.length === 1 && only?.kind === 'text' && isJsonText(only.text)) {
    add('Content-Type', 'application/json');
    parts.hints.push(
      msg('curl calls this body application/x-www-form-urlencoded; as it is JSON, it is called so here.'),
    );
  } else {
    add('Content-Type', 'application/x-www-form-urlencoded');
  }
}

function takeUpload(path: string, { input }: ShellCommand, parts: RequestParts): void {
  if (path === '-' || path === '.') {
    parts.body = [...(input ?? [])];
    return;
  }
  parts.body = [{ kind: 'file', path }];
  if (/\/$/.test(parts.target)) parts.target += encodeURIComponent(path.split(/[\\/]/).at(-1) ?? '');
  parts.hints.push(msg('A path counts from this file, not from where the command ran: {0}.', path));
}

/** Beside a file, text ends and begins with a line. */
function joinLines(parts: RequestParts): void {
  if (parts.body.length < 2) return;
  parts.body = parts.body.map((piece, index) => {
    if (piece.kind === 'file') return piece;
    let { text } = piece;
    const isWhole =
      (index === 0 || text.startsWith('\n')) && (parts.body[index + 1] === undefined || text.endsWith('\n'));
    if (!isWhole) parts.hints.push(msg('A line end comes in between text and a file.'));
    if (index > 0) text = text.replace(/^\n/, '');
    if (parts.body[index + 1] !== undefined) text = text.replace(/\n$/, '');
    return { kind: 'text', text };
  });
}

/** The data of a command, as it stands in the body or, with `-G`, in the query; null where there is none. */
function readData(
  options: readonly CurlOption[],
  command: ShellCommand,
  parts: RequestParts,
): BodyPiece[] | null {
  const data = options.filter(({ name }) => DATA.has(name));
  if (data.length === 0) return null;
  const pieces: BodyPiece[] = [];
  let text = '';
  for (const [index, { name, value = '', written }] of data.entries()) {
    if (index > 0 && name !== 'json') text += '&';
    const found = dataPieces(name, value, command);
    if (found === null)
      parts.hints.push(
        msg('This could not be taken over: {0}.', value.startsWith('@') ? `${written} ${value}` : written),
      );
    for (const piece of found ?? []) {
      if (piece.kind === 'text') {
        text += piece.text;
        continue;
      }
      if (text !== '') pieces.push({ kind: 'text', text });
      text = '';
      pieces.push(piece);
      parts.hints.push(msg('A path counts from this file, not from where the command ran: {0}.', piece.path));
    }
  }
  if (text !== '' || pieces.length === 0) pieces.push({ kind: 'text', text });
  return pieces;
}

function dataPieces(name: string, value: string, { input }: ShellCommand): readonly BodyPiece[] | null {
  if (name === 'data-urlencode') {
    const text = urlEncoded(value);
    return text === null ? null : [{ kind: 'text', text }];
  }
  if (name === 'data-raw' || !value.startsWith('@')) return [{ kind: 'text', text: value }];
  const path = value.slice(1);
  if (hasHole([...path][0] ?? '')) return null; // most likely a file that the text makes
  if (path !== '-') return [{ kind: 'file', path }];
  if (input === null || name === 'data-binary' || name === 'json') return input;
  // Line ends of a file are not sent with -d.
  return input.map((piece) =>
    piece.kind === 'file' ? piece : { kind: 'text', text: piece.text.replace(/[\r\n]/g, '') },
  );
}

/** `content`, `=content` or `name=content` of `--data-urlencode`; null for a file. Source: curl(1). */
function urlEncoded(value: string): string | null {
  const at = /[=@]/.exec(value);
  if (at?.[0] === '@') return null;
  const name = at === null ? '' : value.slice(0, at.index);
  const content = at === null ? value : value.slice(at.index + 1);
  return `${name}${name === '' ? '' : '='}${encodeText(content)}`;
}

function encodeText(text: string): string {
  return [...text]
    .map((character) => {
      if (hasHole(character) || /[A-Za-z0-9._~-]/.test(character)) return character;
      if (character === ' ') return '+';
      if (/[!'()*]/.test(character)) return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
      return encodeAroundHoles(character);
    })
    .join('');
}
