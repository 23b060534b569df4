import { CbError, isCbError } from '../../errors.ts';
import { joinChunks } from '../../stream/bytes.ts';
import { shift, type PlacedRequest } from '../document.ts';
import type { Substitution } from '../variables/substitution.ts';
import { bodyParts, type BodyPart } from './bodyParts.ts';
import { decodeText } from './decodeText.ts';
import { encodeForm } from './formBody.ts';
import { readGraphQl, type QueryFile } from './graphQlBody.ts';
import { usedFragments, type GraphQlFragment } from './graphQlFragments.ts';

/**
 * The bytes of a request's body: lines and files joined by LF, in `multipart/*` by CRLF; a form's lines joined and
 * encoded; GraphQL as JSON. Null where there is no body.
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
): Uint8Array | null | undefined {
  const parts = bodyParts(placed.request, placed.section, fragments !== null);
  if (parts.length === 0) return null;
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isForm = mediaType === 'application/x-www-form-urlencoded';
  const lineEnd = mediaType.startsWith('multipart/') ? '\r\n' : '\n';

  const encoded: Uint8Array[] = [];
  let queryFile: QueryFile | null = null;
  let isComplete = true;
  for (const [index, part] of parts.entries()) {
    const bytes = part.kind === 'file' ? readFilePart(part, placed, substitution) : undefined;
    const text =
      part.kind === 'text'
        ? substitution.replace(part.lines.join(lineEnd), shift(part.span, placed.offset))
        : undefined;
    if (bytes === undefined && text === undefined) {
      isComplete = false;
      continue;
    }
    if (part.kind === 'file' && part.query !== undefined) {
      queryFile = { text: new TextDecoder().decode(bytes), name: part.query.name };
      continue;
    }
    if (index > 0 && !isForm) encoded.push(utf8(lineEnd));
    encoded.push(bytes ?? utf8(isForm ? encodeForm(text ?? '') : (text ?? '')));
  }
  if (!isComplete) return undefined;
  const isLinesOfJson = mediaType === 'application/x-ndjson' && parts.every(({ kind }) => kind === 'text');
  if (isLinesOfJson) encoded.push(utf8('\n')); // the last line, too, has an end
  const body = joinChunks(encoded);
  if (fragments === null) return body;
  const span = shift(placed.request.bodySpan ?? placed.request.requestLineSpan, placed.offset);
  const request = readGraphQl(new TextDecoder().decode(body), queryFile, span);
  const texts = usedFragments(request.query, fragments).map((one) =>
    substitution.replace(one.text, one.span),
  );
  if (texts.includes(undefined)) return undefined;
  return utf8(JSON.stringify({ ...request, query: [request.query, ...texts].join('\n') }));
}

function readFilePart(
  part: Extract<BodyPart, { kind: 'file' }>,
  { offset }: PlacedRequest,
  substitution: Substitution,
): Uint8Array | undefined {
  const span = shift(part.span, offset);
  const path = substitution.replace(part.path, span);
  const bytes = path === undefined ? undefined : substitution.file(path, span);
  if (bytes === undefined || !part.replacesVariables) return bytes;
  let text: string;
  try {
    text = decodeText(bytes, part.encoding);
  } catch (error) {
    if (!isCbError(error)) throw error;
    throw new CbError(error.code, error.display, { cause: error, span });
  }
  // One before the line, so that no value made once for a place is that of the path.
  const replaced = substitution.replace(text, { start: span.start - 1, end: span.end });
  return replaced === undefined ? undefined : utf8(replaced);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
