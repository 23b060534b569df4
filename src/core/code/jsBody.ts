import { base64 } from '../cbhttp/basicAuth.ts';
import { bodyText, isJson, type BodyPiece, type CodeBody } from './codeBody.ts';
import type { CodeRequest } from './codeRequest.ts';
import { codeHeader } from './codeRequest.ts';
import { boundaryOf, formFields, type FormField } from './formFields.ts';
import { fromProcess, jsLongString, jsString, jsText, jsValue, type SecretExpression } from './javaScript.ts';
import { variablesIn, withPlaceholders, type Template } from './template.ts';

/** A body as JavaScript for Node. */
export interface JsBody {
  /** Lines before the call; empty for none. */
  readonly before: readonly string[];
  /** The body's value, its lines after the first indented by two. */
  readonly expression: string;
  /** What it needs from `node:fs/promises`. */
  readonly imports: readonly string[];
  /** True where it is a string. */
  readonly isText: boolean;
  /** True where the client writes the Content-Type, boundary and all. */
  readonly isForm: boolean;
}

/** The body of a request as an expression; null where it has none. */
export function jsBody(request: CodeRequest): JsBody | null {
  const { body } = request;
  if (body === null) return null;
  const fields = formFields(body, boundaryOf(withPlaceholders(codeHeader(request, 'content-type') ?? [])));
  if (fields !== null) return formBody(fields);
  const text = bodyText(body);
  if (text !== null) {
    const json = isJson(body) ? jsJson(text) : null;
    return { before: [], expression: json ?? jsText(text), imports: [], isText: true, isForm: false };
  }
  const imports = body.pieces.some(({ kind }) => kind === 'file') ? ['readFile'] : [];
  const [only] = body.pieces;
  if (body.pieces.length === 1 && only !== undefined) {
    return { before: [], expression: pieceBytes(only, '    '), imports, isText: false, isForm: false };
  }
  const pieces = body.pieces.map((piece) => `    ${pieceBytes(piece, '      ')},\n`).join('');
  return { before: [], expression: `Buffer.concat([\n${pieces}  ])`, imports, isText: false, isForm: false };
}

/**
 * JSON as `JSON.stringify({…})`, where that gives the very same text; null where it does not: numbers with more digits
 * than JavaScript keeps, a key that stands twice, other blanks.
 */
export function jsJson(text: Template, secretOf: SecretExpression = fromProcess): string | null {
  const written = jsonLiteral(text, secretOf, '  ');
  if (written === null) return null;
  const space = [undefined, 2, 4, '\t'].find(
    (one) => JSON.stringify(written.value, null, one) === written.text,
  );
  if (space === undefined && JSON.stringify(written.value) !== written.text) return null;
  const layout = space === undefined ? '' : `, null, ${space === '\t' ? "'\\t'" : String(space)}`;
  return `JSON.stringify(${written.literal}${layout})`;
}

/** JSON as an object literal; null where the text is none, or a secret stands where no string is. */
export function jsonLiteral(
  text: Template,
  secretOf: SecretExpression,
  indent: string,
): { readonly literal: string; readonly value: unknown; readonly text: string } | null {
  const names = [...new Set(variablesIn(text))];
  // Private-use characters stand for secrets while the text is read as JSON.
  const standIn = (variable: string): string => String.fromCharCode(0xe000 + names.indexOf(variable));
  const plain = text
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'secret' ? standIn(part.variable) : ''))
    .join('');
  const isTaken = text.some((part) => part.kind === 'text' && /[\ue000-\uf8ff]/.test(part.text));
  if (isTaken || names.length > 6000) return null;
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch {
    return null; // no JSON, or a secret that is a number
  }
  const textOf = (one: string): string => {
    const parts: Template = one.split(/([\ue000-\uf8ff])/).flatMap((piece, index): Template => {
      if (index % 2 === 0) return piece === '' ? [] : [{ kind: 'text', text: piece }];
      return [{ kind: 'secret', variable: names[piece.charCodeAt(0) - 0xe000] ?? '', encoding: 'raw' }];
    });
    return jsText(parts, secretOf);
  };
  if (names.length > 0 && hasStandInKey(value)) return null;
  return { literal: jsValue(value, indent, textOf), value, text: plain };
}

function hasStandInKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => /[\ue000-\uf8ff]/.test(key) || hasStandInKey(item));
}

function formBody(fields: readonly FormField[]): JsBody {
  const hasFiles = fields.some(({ value }) => value.kind === 'file');
  const lines = fields.map(({ name, fileName, type, value }) => {
    if (value.kind === 'text') return `form.append(${jsString(name)}, ${jsText(value.text)});`;
    const blob = `new Blob([await readFile(${jsString(value.path)})], { type: ${jsString(type ?? '')} })`;
    return `form.append(${jsString(name)}, ${blob}, ${jsString(fileName ?? '')});`;
  });
  return {
    before: ['const form = new FormData();', ...lines, ''],
    expression: 'form',
    imports: hasFiles ? ['readFile'] : [],
    isText: false,
    isForm: true,
  };
}

function pieceBytes(piece: BodyPiece, indent: string): string {
  switch (piece.kind) {
    case 'file':
      return `await readFile(${jsString(piece.path)})`;
    case 'text':
      return `Buffer.from(${jsText(piece.text)})`;
    case 'bytes':
      return `Buffer.from(\n${indent}${jsLongString(base64(piece.bytes), indent)},\n${indent}'base64',\n${indent.slice(2)})`;
  }
}

/** True for a body that some clients cannot send with the method. */
export function hasBodyOfGet({ method, body }: CodeRequest): boolean {
  return body !== null && (method === 'GET' || method === 'HEAD');
}

/** True where the body holds bytes or a file: it is no text. */
export function isBinary(body: CodeBody): boolean {
  return bodyText(body) === null;
}
