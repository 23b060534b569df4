import {
  requestAtOffset,
  sectionIndexAt,
  shift,
  type CbDocument,
  type CbRequest,
  type Section,
  type Span,
} from '../document.ts';
import { referencesIn } from '../references.ts';

/**
 * What "Expand Selection" selects at an offset, from the smallest stretch to the whole document: a variable, a
 * value, its line, headers or body, the request, the section. Each span holds the one before it.
 */
export function selectionsAt(document: CbDocument, offset: number): readonly Span[] {
  const index = sectionIndexAt(document, offset);
  const section = document.sections[index];
  const start = document.offsets[index] ?? 0;
  const whole = { start: 0, end: document.length };
  if (section === undefined) return [whole];
  const request = requestAtOffset(document, offset)?.request;
  const candidates = [...piecesOf(section, offset - start), ...(request ? partsOf(section, request) : [])]
    .filter((span) => span.start <= offset - start && offset - start <= span.end)
    .concat({ start: 0, end: section.text.trimEnd().length }, { start: 0, end: section.text.length })
    .map((span) => shift(span, start));
  return nest([...candidates, whole], offset);
}

/** Small stretches of the section around the offset. */
function piecesOf(section: Section, offset: number): Span[] {
  const pieces: Span[] = [];
  for (const { span, innerSpan } of referencesIn(section)) {
    if (span.start <= offset && offset <= span.end) pieces.push(innerSpan, span);
  }
  if (section.titleSpan !== null) pieces.push(section.titleSpan);
  for (const variable of section.variables) {
    pieces.push(variable.nameSpan, variable.valueSpan, variable.span);
  }
  for (const { wordSpan, valueSpan, span } of section.looseDirectives) pieces.push(wordSpan, valueSpan, span);
  for (const { span } of section.foreign) pieces.push(span);
  return pieces;
}

function partsOf({ text }: Section, request: CbRequest): Span[] {
  const { span, targetPieces, targetSpan, requestLineSpan } = request;
  const written = text.slice(span.start, span.end).trimEnd();
  const parts: Span[] = [
    ...targetPieces,
    targetSpan,
    { start: requestLineSpan.start, end: Math.max(requestLineSpan.end, targetSpan.end) },
    { start: span.start, end: span.start + written.length },
  ];
  if (request.methodSpan !== null) parts.push(request.methodSpan);
  for (const { wordSpan, valueSpan, span } of request.directives) parts.push(wordSpan, valueSpan, span);
  for (const { nameSpan, valueSpan, span } of request.headers) parts.push(nameSpan, valueSpan, span);
  const first = request.headers[0];
  const last = request.headers.at(-1);
  if (first !== undefined && last !== undefined) {
    parts.push({ start: first.span.start, end: last.span.end });
    parts.push({ start: request.requestLineSpan.start, end: last.span.end });
  }
  if (request.bodySpan !== null) {
    parts.push(request.bodySpan, { start: request.requestLineSpan.start, end: request.bodySpan.end });
  }
  return parts;
}

/** Those that hold the offset and each other, the smallest first. */
function nest(spans: readonly Span[], offset: number): Span[] {
  const sorted = spans
    .filter(({ start, end }) => start <= offset && offset <= end && start < end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const nested: Span[] = [];
  for (const span of sorted) {
    const inner = nested.at(-1);
    const isLarger = inner === undefined || span.end - span.start > inner.end - inner.start;
    if (inner === undefined || (isLarger && span.start <= inner.start && inner.end <= span.end)) {
      nested.push(span);
    }
  }
  return nested;
}
