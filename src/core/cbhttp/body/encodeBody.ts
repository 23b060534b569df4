import { CbError, isCbError } from '../../errors.ts';
import type { BodySource } from '../../ports.ts';
import { joinChunks } from '../../stream/bytes.ts';
import { shift, type PlacedRequest, type Span } from '../document.ts';
import type { Substitution } from '../variables/substitution.ts';
import { bodyParts, type BodyPart } from './bodyParts.ts';
import { joinBody } from './bodySource.ts';
import { charsetOf, decodeText } from './decodeText.ts';
import { encodeText } from './encodeText.ts';
import { encodeForm } from './formBody.ts';
import { readGraphQl, type QueryFile } from './graphQlBody.ts';
import { usedFragments, type GraphQlFragment } from './graphQlFragments.ts';

/**
 * The bytes of a request's body: lines and files joined by LF, in `multipart/*` by CRLF; a form's lines joined and
 * encoded; GraphQL as JSON; text in the charset of the Content-Type. A source where a file of it is read as it is sent.
 * Null where there is no body.
 * @param contentType the Content-Type header's value, or ''
 * @param fragments the document's, where the body is GraphQL; null where it is not
 * @returns undefined while the substitution misses something
 * @throws CbError what the substitution and reading a file throw; `parse`, `unsupported`
 */
export function encodeBody(
  placed: PlacedRequest,
  contentType: string,
  fragments: readonly GraphQlFragment[] | null,
  substitution: Substitution,
): Uint8Array | BodySource | null | undefined {
  const isGraphQl = fragments !== null;
  const parts = bodyParts(placed.request, placed.section, isGraphQl);
  if (parts.length === 0) return null;
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isForm = mediaType === 'application/x-www-form-urlencoded';
  const isMultipart = mediaType.startsWith('multipart/');
  const lineEnd = isMultipart ? '\r\n' : '\n';
  // A part of a multipart body has a charset of its own; a form is ASCII.
  const charset = isMultipart || isForm || isGraphQl ? 'utf-8' : charsetOf(contentType);

  const encoded: (Uint8Array | BodySource)[] = [];
  let queryFile: QueryFile | null = null;
  let isComplete = true;
  for (const [index, part] of parts.entries()) {
    const bytes =
      part.kind === 'file' ? filePart(part, placed, substitution, { charset, isGraphQl }) : undefined;
    const text =
      part.kind === 'text'
        ? substitution.replace(part.lines.join(lineEnd), shift(part.span, placed.offset))
        : undefined;
    if (bytes === undefined && text === undefined) {
      isComplete = false;
      continue;
    }
    if (part.kind === 'file' && part.query !== undefined) {
      queryFile = {
        text: bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : '',
        name: part.query.name,
      };
      continue;
    }
    if (index > 0 && !isForm) encoded.push(utf8(lineEnd));
    const span = shift(part.span, placed.offset);
    encoded.push(bytes ?? encodeAt(isForm ? encodeForm(text ?? '') : (text ?? ''), charset, span));
  }
  if (!isComplete) return undefined;
  const isLinesOfJson = mediaType === 'application/x-ndjson' && parts.every(({ kind }) => kind === 'text');
  if (isLinesOfJson) encoded.push(utf8('\n')); // the last line, too, has an end
  if (fragments === null) return joinBody(encoded);
  const span = shift(placed.request.bodySpan ?? placed.request.requestLineSpan, placed.offset);
  const text = new TextDecoder().decode(joinChunks(encoded.filter((piece) => piece instanceof Uint8Array)));
  const request = readGraphQl(text, queryFile, span);
  const texts = usedFragments(request.query, fragments).map((one) =>
    substitution.replace(one.text, one.span),
  );
  if (texts.includes(undefined)) return undefined;
  const json = JSON.stringify({ ...request, query: [request.query, ...texts].join('\n') });
  return encodeAt(json, charsetOf(contentType), span);
}

function encodeAt(text: string, charset: string, span: Span): Uint8Array {
  try {
    return encodeText(text, charset);
  } catch (error) {
    if (!isCbError(error)) throw error;
    throw new CbError(error.code, error.display, { cause: error, span, kind: error.kind });
  }
}

/** @param as.isGraphQl the text is read before it is sent */
function filePart(
  part: Extract<BodyPart, { kind: 'file' }>,
  { offset }: PlacedRequest,
  substitution: Substitution,
  as: { readonly charset: string; readonly isGraphQl: boolean },
): Uint8Array | BodySource | undefined {
  const span = shift(part.span, offset);
  const path = substitution.replace(part.path, span);
  if (path === undefined) return undefined;
  if (!part.replacesVariables) {
    return as.isGraphQl ? substitution.file(path, span) : substitution.sentFile(path, span);
  }
  const bytes = substitution.file(path, span);
  if (bytes === undefined) return undefined;
  let text: string;
  try {
    text = decodeText(bytes, part.encoding);
  } catch (error) {
    if (!isCbError(error)) throw error;
    throw new CbError(error.code, error.display, { cause: error, span, kind: error.kind });
  }
  // One before the line, so that no value made once for a place is that of the path.
  const replaced = substitution.replace(text, { start: span.start - 1, end: span.end });
  return replaced === undefined ? undefined : encodeAt(replaced, as.charset, span);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
