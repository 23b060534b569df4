import type { WireRequest } from '../ports.ts';
import { joinChunks } from '../stream/bytes.ts';
import type { SecretMarks } from './secretMarks.ts';
import { joinTemplates, type SecretEncoding, type Template } from './template.ts';

/** A piece of a body: text, sent as UTF-8; bytes that are none; a file that is sent as it is. */
export type BodyPiece =
  | { readonly kind: 'text'; readonly text: Template }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'file';
      /** As written in the request: from its file's folder. */
      readonly path: string;
    };

/** A body as generators take it. */
export interface CodeBody {
  /** In their order, no two texts and no two bytes side by side; empty for a body of no bytes. */
  readonly pieces: readonly BodyPiece[];
  /** Media type without parameters, lower-case; empty where none is said. */
  readonly mediaType: string;
}

/** Files that were named and not read: the bytes that stand for each. */
export type NamedFiles = ReadonlyMap<Uint8Array, string>;

/** Reads a prepared body into its pieces. @throws what reading it throws */
export async function readCodeBody(
  body: WireRequest['body'],
  contentType: string,
  files: NamedFiles,
  marks: SecretMarks,
): Promise<CodeBody | null> {
  if (body === null) return null;
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const encoding = encodingIn(mediaType);
  const pieces: BodyPiece[] = [];
  let pending: Uint8Array[] = [];
  const endBytes = (): void => {
    pieces.push(...piecesOf(joinChunks(pending), encoding, marks));
    pending = [];
  };
  for await (const chunk of body instanceof Uint8Array ? [body] : body.open()) {
    const path = files.get(chunk);
    if (path === undefined) {
      pending.push(chunk.slice());
    } else {
      endBytes();
      pieces.push({ kind: 'file', path });
    }
  }
  endBytes();
  return { pieces, mediaType };
}

/** A body's text where it is nothing else; null where it has bytes or files. */
export function bodyText({ pieces }: CodeBody): Template | null {
  const texts = pieces.map((piece) => (piece.kind === 'text' ? piece.text : null));
  return texts.includes(null) ? null : joinTemplates(...texts.filter((text) => text !== null));
}

/** The path of the file that a body is; null where it is something else. */
export function bodyFile({ pieces }: CodeBody): string | null {
  const [piece] = pieces;
  return pieces.length === 1 && piece?.kind === 'file' ? piece.path : null;
}

/** True for JSON (RFC 6839, 3.1). */
export function isJson({ mediaType }: CodeBody): boolean {
  return /^application\/(?:[\w.-]+\+)?json$/.test(mediaType);
}

function encodingIn(mediaType: string): SecretEncoding {
  if (mediaType === 'application/x-www-form-urlencoded') return 'url';
  return isJson({ pieces: [], mediaType }) ? 'json' : 'raw';
}

/** Text where the bytes are UTF-8 that a shell can hold; else bytes, the marks among them as text of their own. */
function piecesOf(bytes: Uint8Array, encoding: SecretEncoding, marks: SecretMarks): BodyPiece[] {
  if (bytes.length === 0) return [];
  const text = decodeText(bytes);
  if (text !== null) return [{ kind: 'text', text: marks.split(text, encoding) }];
  // One character for each byte, so that places are the same in both; marks are ASCII.
  const asLatin = new TextDecoder('latin1').decode(bytes);
  const pieces: BodyPiece[] = [];
  let at = 0;
  for (const part of marks.split(asLatin, encoding)) {
    if (part.kind !== 'text') {
      pieces.push({ kind: 'text', text: [part] });
      at += marks.lengthAt(asLatin, at);
    } else {
      pieces.push({ kind: 'bytes', bytes: bytes.subarray(at, at + part.text.length) });
      at += part.text.length;
    }
  }
  return pieces;
}

function decodeText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null; // no shell takes it
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // no UTF-8
  }
}
