import { base64 } from '../cbhttp/basicAuth.ts';
import { msg, type Translate } from '../message.ts';
import type { BodyPiece } from './codeBody.ts';
import type { CodeRequest } from './codeRequest.ts';
import { comment } from './comments.ts';
import { curlOptions, sendsNoBody, type CurlOption } from './curlArguments.ts';
import { secretComments } from './secretComments.ts';
import type { Template, TemplatePart } from './template.ts';

/** UTF-8 bytes of a body up to which it is an argument: Linux takes 128 KiB for one. */
const MAX_TEXT = 100_000;

/** The request as a command of curl for bash and other POSIX shells with `$'…'` (zsh, ksh, BusyBox). */
export function curlBash(request: CodeRequest, translate: Translate): string {
  const options = curlOptions(request, MAX_TEXT);
  const lines = [...secretComments(request, '# ', translate, usesJsonOrUrl(request))];
  if (sendsNoBody(request)) {
    lines.push(...comment(msg('curl sends no body with HEAD, so it is left out.'), '# ', translate));
  }
  const piped = options.find(({ pieces }) => pieces !== undefined)?.pieces;
  const written = options.map((option) => writeOption(option)).join(' \\\n  ');
  const command = `curl ${written}`;
  lines.push(piped === undefined ? command : `${pipe(piped)} | ${command}`);
  return `${lines.join('\n')}\n`;
}

function writeOption({ option, value }: CurlOption): string {
  if (value === undefined) return option;
  return option === '--url' ? bashText(value) : `${option} ${bashText(value)}`;
}

/** A text as one word of the shell, secrets as variables in double quotes. */
export function bashText(template: Template): string {
  if (template.length === 0) return "''";
  return template.map(bashPart).join('');
}

function bashPart(part: TemplatePart): string {
  switch (part.kind) {
    case 'text':
      return bashWord(part.text);
    case 'secret':
      return `"$${part.variable}"`;
    case 'base64':
      return `"$(printf %s ${bashText(part.parts)} | base64 | tr -d '\\n')"`;
  }
}

/** Nothing in single quotes has a meaning but the quote; what a terminal would act on goes as its code. */
function bashWord(text: string): string {
  if (/^[\w./:@%+,=-]+$/.test(text)) return text;
  // A tab completes, a carriage return sends, a ^ that begins a line changes the command before.
  // eslint-disable-next-line no-control-regex
  if (!/[\u0000-\u0009\u000b-\u001f\u007f]|\n\^/.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  // eslint-disable-next-line no-control-regex -- the same, and what would end or begin something
  const escaped = text.replace(/[\\'!\u0000-\u0009\u000b-\u001f\u007f]|(?<=\n)\^/g, (character) => {
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    if (character === '\\' || character === "'") return `\\${character}`;
    return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `$'${escaped}'`;
}

/** Writes a body to the standard output: what is too long for an argument, or no text. */
function pipe(pieces: readonly BodyPiece[]): string {
  const commands = pieces.map(pieceCommand);
  const [only] = commands;
  return commands.length === 1 && only !== undefined ? only : `{\n  ${commands.join('\n  ')}\n}`;
}

function pieceCommand(piece: BodyPiece): string {
  switch (piece.kind) {
    case 'text':
      return `printf %s ${bashText(piece.text)}`;
    case 'file':
      return `cat ${bashWord(piece.path.startsWith('-') ? `./${piece.path}` : piece.path)}`;
    case 'bytes':
      return `printf %s ${base64(piece.bytes)} | base64 -d`;
  }
}

/** True where a variable has to hold its value already encoded: no shell encodes. */
function usesJsonOrUrl({ url, body }: CodeRequest): boolean {
  const texts = (body?.pieces ?? []).map((piece) => (piece.kind === 'text' ? piece.text : []));
  return [url, ...texts].flat().some((part) => part.kind === 'secret' && part.encoding !== 'raw');
}
