import { base64 } from '../cbhttp/basicAuth.ts';
import { msg, type Translate } from '../message.ts';
import type { BodyPiece } from './codeBody.ts';
import type { CodeRequest } from './codeRequest.ts';
import { comment } from './comments.ts';
import { curlOptions, sendsNoBody, type CurlOption } from './curlArguments.ts';
import { secretComments } from './secretComments.ts';
import { isPlain, withPlaceholders, type Template, type TemplatePart } from './template.ts';

/** UTF-8 bytes of a body up to which it is a line of the config: with its escapes, curl takes 100 KB for one. */
const MAX_TEXT = 40_000;

/**
 * The request as a command of curl.exe for Windows PowerShell 5.1 and PowerShell 7. They pass quotes and Chinese text in
 * arguments each in a way of its own, and Windows' curl reads arguments in the system's code page. So curl gets its
 * options as a config (`--config -`) through its standard input, in UTF-8, which is the same in both.
 */
export function curlPowerShell(request: CodeRequest, translate: Translate): string {
  const options = curlOptions(request, MAX_TEXT);
  const lines = [...secretComments(request, '# ', translate)];
  if (sendsNoBody(request)) {
    lines.push(...comment(msg('curl sends no body with HEAD, so it is left out.'), '# ', translate));
  }
  const why = msg('curl reads its options from the standard input: so quotes and Chinese text arrive whole.');
  lines.push(
    ...comment(why, '# ', translate),
    '$OutputEncoding = New-Object System.Text.UTF8Encoding $false',
  );
  const pieces = options.find((option) => option.pieces !== undefined)?.pieces;
  if (pieces !== undefined) lines.push(...temporaryBody(pieces));
  const config = options.map((option) => configLine(option));
  const isFilled =
    pieces !== undefined || options.some(({ value }) => value !== undefined && !isPlain(value));
  const [open, close] = isFilled ? ['@"', '"@'] : ["@'", "'@"];
  const text = isFilled ? config.map(({ filled }) => filled) : config.map(({ plain }) => plain);
  lines.push(open, ...text, `${close} | curl.exe --config -`);
  if (pieces !== undefined) lines.push('Remove-Item $body');
  return `${lines.join('\n')}\n`;
}

/** A line of curl's config: for a here-string that is taken as it is, and for one that is filled. */
function configLine({ option, value, pieces }: CurlOption): {
  readonly plain: string;
  readonly filled: string;
} {
  const name = option.replace(/^--/, '');
  if (value === undefined) return { plain: name, filled: name };
  if (pieces !== undefined) {
    const filled = `${name} = "@$($body -replace '([\\\\"])', '\\$1')"`;
    return { plain: filled, filled };
  }
  const plain = `${name} = "${configText(withPlaceholders(value))}"`;
  return { plain, filled: `${name} = "${value.map(filledPart).join('')}"` };
}

/** A text within the quotes of curl's config. */
function configText(text: string): string {
  return text.replace(/[\\"\n\r\t\v]/g, (character) => {
    switch (character) {
      case '\n':
        return '\\n';
      case '\r':
        return '\\r';
      case '\t':
        return '\\t';
      case '\v':
        return '\\v';
      default:
        return `\\${character}`;
    }
  });
}

function filledPart(part: TemplatePart): string {
  if (part.kind === 'text') return configText(part.text).replace(/[`$]/g, '`$&');
  return `$(${valueOf(part)} -replace '([\\\\"])', '\\$1')`;
}

/** The value of a secret as PowerShell's expression. */
function valueOf(part: Exclude<TemplatePart, { kind: 'text' }>): string {
  if (part.kind === 'base64') {
    return `[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(${powerShellText(part.parts)}))`;
  }
  const value = `$env:${part.variable}`;
  if (part.encoding === 'url') return `[uri]::EscapeDataString(${value})`;
  return part.encoding === 'json' ? `((ConvertTo-Json ${value}) -replace '^"|"$')` : value;
}

/** A text with secrets as an expression. */
function powerShellText(template: Template): string {
  const parts = template.map((part) => (part.kind === 'text' ? powerShellString(part.text) : valueOf(part)));
  return parts.length === 0 ? "''" : parts.join(' + ');
}

/** A text in single quotes, where nothing has a meaning but the quotes; PowerShell takes typographic ones for them. */
export function powerShellString(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** Writes a body that is no text, or too long for a line, into a temporary file. */
function temporaryBody(pieces: readonly BodyPiece[]): string[] {
  const parts = pieces.map((piece) => {
    switch (piece.kind) {
      case 'text':
        return `[Text.Encoding]::UTF8.GetBytes(${powerShellText(piece.text)})`;
      case 'file':
        return `[IO.File]::ReadAllBytes((Convert-Path -LiteralPath ${powerShellString(piece.path)}))`;
      case 'bytes':
        return `[Convert]::FromBase64String('${base64(piece.bytes)}')`;
    }
  });
  return [
    '$body = [IO.Path]::GetTempFileName()',
    `[IO.File]::WriteAllBytes($body, [byte[]](${parts.length === 0 ? '@()' : parts.join(' + ')}))`,
  ];
}
