import type { BodyPiece, CodeBody } from './codeBody.ts';
import { joinTemplates, plainText, type Template } from './template.ts';

/** A field of a `multipart/form-data` body that every client's own form can make. */
export interface FormField {
  readonly name: string;
  /** Null for a field without a file name. */
  readonly fileName: string | null;
  /** Its Content-Type; null for none. */
  readonly type: string | null;
  readonly value:
    { readonly kind: 'text'; readonly text: Template } | { readonly kind: 'file'; readonly path: string };
}

/**
 * The fields of a `multipart/form-data` body (RFC 7578), where it has nothing that a client's own form would write
 * another way: then the boundary is all that may differ. Null where it has, or is no such body.
 * @param boundary of the Content-Type
 */
export function formFields(body: CodeBody, boundary: string): readonly FormField[] | null {
  if (body.mediaType !== 'multipart/form-data' || boundary === '') return null;
  const parts = splitParts(body.pieces, `--${boundary}`);
  if (parts === null || parts.length === 0) return null;
  const fields = parts.map(readField);
  return fields.includes(null) ? null : fields.filter((field) => field !== null);
}

/** The boundary parameter of a Content-Type (RFC 2046, 5.1.1); empty for none. */
export function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^\s;]+))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? '';
}

type Piece = Extract<BodyPiece, { kind: 'text' | 'file' }>;

/** The pieces between the boundaries; null where the body does not follow them line by line. */
function splitParts(pieces: readonly BodyPiece[], delimiter: string): (readonly Piece[])[] | null {
  const parts: Piece[][] = [];
  let isEnded = false;
  for (const piece of pieces) {
    if (piece.kind === 'bytes' || isEnded) return null;
    if (piece.kind === 'file') {
      if (parts.length === 0) return null;
      parts.at(-1)?.push(piece);
      continue;
    }
    for (const part of piece.text) {
      if (part.kind !== 'text') {
        if (parts.length === 0 || isEnded) return null;
        parts.at(-1)?.push({ kind: 'text', text: [part] });
        continue;
      }
      // A delimiter stands at the body's beginning or behind a line end, which belongs to it.
      const isFirst = parts.length === 0;
      const text = isFirst ? `\r\n${part.text}` : part.text;
      const sections = text.split(`\r\n${delimiter}`);
      const [before = '', ...others] = sections;
      if (isFirst ? before !== '' : isEnded) return null;
      if (!isFirst && before !== '') parts.at(-1)?.push({ kind: 'text', text: plainText(before) });
      for (const section of others) {
        if (isEnded) return null;
        if (/^--(?:\r\n)?$/.test(section)) {
          isEnded = true;
        } else if (section.startsWith('\r\n')) {
          parts.push([{ kind: 'text', text: plainText(section.slice(2)) }]);
        } else {
          return null;
        }
      }
    }
  }
  return isEnded ? parts : null;
}

function readField(pieces: readonly Piece[]): FormField | null {
  const [first, ...rest] = pieces;
  if (first?.kind !== 'text' || first.text[0]?.kind !== 'text') return null;
  const head = first.text[0].text;
  const headEnd = head.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const [disposition = '', ...others] = head.slice(0, headEnd).split('\r\n');
  const [, name, fileName] =
    /^Content-Disposition: form-data; name="([^"\\\r\n%]*)"(?:; filename="([^"\\\r\n%]*)")?$/i.exec(
      disposition,
    ) ?? [];
  if (name === undefined) return null;
  const [typeLine, ...more] = others;
  const type =
    typeLine === undefined
      ? null
      : /^Content-Type: ([\w!#$&^.+/-]+(?:; ?charset=[\w-]+)?)$/i.exec(typeLine)?.[1];
  if (type === undefined || more.length > 0) return null;
  const content: Piece[] = [
    { kind: 'text', text: joinTemplates(plainText(head.slice(headEnd + 4)), first.text.slice(1)) },
    ...rest,
  ];
  const filled = content.filter((piece) => piece.kind === 'file' || piece.text.length > 0);
  const [only] = filled;
  const about = { name, fileName: fileName ?? null, type };
  if (filled.length === 1 && only?.kind === 'file') {
    // Every client gives a file a name and a type.
    return fileName === undefined || type === null
      ? null
      : { ...about, value: { kind: 'file', path: only.path } };
  }
  const texts = filled.map((piece) => (piece.kind === 'text' ? piece.text : null));
  if (texts.includes(null) || fileName !== undefined || type !== null) return null;
  const text = joinTemplates(...texts.filter((one) => one !== null));
  return { ...about, value: { kind: 'text', text } };
}
