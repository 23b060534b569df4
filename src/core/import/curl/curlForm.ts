import { msg } from '../../message.ts';
import type { BodyPiece, RequestParts } from '../requestParts.ts';
import type { CurlOption } from './options.ts';
import type { ShellCommand } from './shellText.ts';

/** What curl says of a file's type, by its name's end. */
const TYPES: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  pdf: 'application/pdf',
  xml: 'application/xml',
};

/** The parts of `-F` and `--form-string` as a multipart body, and the boundary between them; null for none. */
export function readForm(
  options: readonly CurlOption[],
  command: ShellCommand,
  parts: RequestParts,
): { readonly pieces: BodyPiece[]; readonly boundary: string } | null {
  const fields = options.filter(({ name }) => name === 'form' || name === 'form-string');
  if (fields.length === 0) return null;
  const all = fields.map(({ value = '' }) => value).join('\n');
  let boundary = 'form-boundary';
  for (let count = 1; all.includes(boundary); count++) boundary = `form-boundary-${count}`;
  const pieces: BodyPiece[] = [];
  for (const { name: option, value = '', written } of fields) {
    const equals = value.indexOf('=');
    if (equals === -1) {
      parts.hints.push(msg('This could not be taken over: {0}.', written));
      continue;
    }
    const field = readField(value.slice(0, equals), value.slice(equals + 1), option === 'form-string');
    if (field.others.length > 0) parts.hints.push(msg('Left out: {0}.', field.others.join(', ')));
    pieces.push({ kind: 'text', text: `--${boundary}` });
    const filename = field.filename === null ? '' : `; filename="${quoted(field.filename)}"`;
    const disposition = `Content-Disposition: form-data; name="${quoted(field.name)}"${filename}`;
    pieces.push({ kind: 'text', text: disposition });
    if (field.type !== null) pieces.push({ kind: 'text', text: `Content-Type: ${field.type}` });
    pieces.push({ kind: 'text', text: '' });
    if (field.path === '-') pieces.push(...(command.input ?? []));
    else if (field.path === null) pieces.push({ kind: 'text', text: field.content });
    else {
      pieces.push({ kind: 'file', path: field.path });
      parts.hints.push(msg('A path counts from this file, not from where the command ran: {0}.', field.path));
    }
  }
  pieces.push({ kind: 'text', text: `--${boundary}--` });
  return { pieces, boundary };
}

interface FormField {
  readonly name: string;
  readonly content: string;
  readonly path: string | null;
  readonly filename: string | null;
  readonly type: string | null;
  /** Names of settings that are left out. */
  readonly others: readonly string[];
}

/** `content`, `@file;type=…;filename=…` or `<file`. Source: curl(1), -F. */
function readField(name: string, value: string, isPlain: boolean): FormField {
  const isFile = !isPlain && value.startsWith('@');
  const isContent = !isPlain && value.startsWith('<');
  const [, quotedValue, rest = ''] =
    /^"((?:[^"\\]+|\\.)*)"([^]*)$/.exec(isFile || isContent ? value.slice(1) : value) ?? [];
  const isQuoted = !isPlain && quotedValue !== undefined;
  const [first = '', ...more] = isPlain ? [value] : isQuoted ? ['', ...rest.split(';')] : value.split(';');
  const written = isQuoted
    ? quotedValue.replace(/\\([^])/g, '$1')
    : isFile || isContent
      ? first.slice(1)
      : first;
  const settings = new Map(
    more.flatMap((setting) => {
      const [, key, content] = /^\s*(\w+)=([^]*)$/.exec(setting) ?? [];
      return key === undefined || content === undefined
        ? []
        : [[key, content.replace(/^"([^]*)"$/, '$1')] as const];
    }),
  );
  const extension = /\.(\w+)$/.exec(settings.get('filename') ?? written)?.[1]?.toLowerCase() ?? '';
  const known = isFile ? (TYPES[extension] ?? 'application/octet-stream') : null;
  return {
    name,
    content: written,
    path: isFile || isContent ? written : null,
    filename: settings.get('filename') ?? (isFile ? (written.split(/[\\/]/).at(-1) ?? '') : null),
    type: settings.get('type') ?? known,
    others: [...settings.keys()].filter((key) => /^(?:headers|encoder)$/.test(key)),
  };
}

/** As HTML has it for names in a form. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replace(/\r\n|[\r\n]/g, '%0A');
}
