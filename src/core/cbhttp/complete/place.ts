import {
  lastAtOrBelow,
  sectionIndexAt,
  type CbDocument,
  type CbRequest,
  type Section,
  type Span,
} from '../document.ts';
import { isHeaderSpread, readContinuation, readHeader } from '../lines.ts';
import { findExpression } from './expressionAt.ts';
import {
  readBodyLine,
  readComment,
  readHeaderPiece,
  readRequestPiece,
  readVariable,
  type LinePiece,
  type TextKind,
} from './linePiece.ts';

/** `{{…}}`, or `{{` and what follows it where it is not closed; the span is the expression without outer blanks. */
export interface VariableText {
  readonly kind: 'variable';
  readonly isClosed: boolean;
  /** What the braces stand in. */
  readonly where: TextKind['kind'];
}

/** What kind of text stands at an offset, finished or not. */
export type Place = (TextKind | VariableText) & {
  /** Absolute: the word, name or value that the offset touches, empty where there is none yet. */
  readonly span: Span;
  readonly text: string;
  /** The offset asked for, or the nearest where a cursor can stand. */
  readonly offset: number;
  /** Absolute: its line, without what ends it. */
  readonly lineSpan: Span;
  readonly section: Section;
  readonly sectionOffset: number;
  /** The request that the line belongs to, its spans counted from `sectionOffset`. */
  readonly request: CbRequest | undefined;
};

/**
 * Says what kind of text stands at an offset. Unfinished text is the normal case: the line is read by itself, the
 * model only tells which part of its request it stands in. Linear in the line's length.
 */
export function placeAt(document: CbDocument, offset: number): Place {
  const inside = Math.max(0, Math.min(offset, document.length));
  const index = sectionIndexAt(document, inside);
  const section = document.sections[index] ?? emptySection;
  const sectionOffset = document.offsets[index] ?? 0;
  const line = lastAtOrBelow(section.lineStarts, inside - sectionOffset);
  const lineStart = section.lineStarts[line] ?? 0;
  const lineText = textOfLine(section, line);
  const column = Math.max(0, Math.min(inside - sectionOffset - lineStart, lineText.length));
  const request = requestOfLine(section, lineStart);

  const piece = readLine(section, line, lineText, column, request);
  const expression = hasVariables(piece) ? findExpression(lineText, column) : undefined;
  const found = expression
    ? {
        ...expression,
        kind: 'variable' as const,
        where: piece.kind === 'http-version' ? ('target' as const) : piece.kind,
      }
    : { ...piece, ...clampTo(piece, column) };
  const { start, end, ...kind } = found;
  const absolute = sectionOffset + lineStart;
  return {
    ...kind,
    span: { start: absolute + start, end: absolute + end },
    text: lineText.slice(start, end),
    offset: absolute + column,
    lineSpan: { start: absolute, end: absolute + lineText.length },
    section,
    sectionOffset,
    request,
  };
}

/** A cursor in the blanks around a piece touches none of it. */
export function clampTo({ start, end }: Span, column: number): Span {
  return column < start || column > end ? { start: column, end: column } : { start, end };
}

function hasVariables({ kind }: TextKind): boolean {
  return !['title', 'comment', 'directive-word', 'variable-name', 'foreign'].includes(kind);
}

function readLine(
  section: Section,
  line: number,
  text: string,
  column: number,
  request: CbRequest | undefined,
): LinePiece {
  if (line === 0 && text.startsWith('###')) {
    const start = /^#+[ \t]*/.exec(text)?.[0].length ?? 0;
    return { kind: 'title', start, end: Math.max(start, text.trimEnd().length) };
  }
  const at = (section.lineStarts[line] ?? 0) + column;
  if (section.foreign.some(({ kind, span }) => kind !== 'import' && span.start <= at && at <= span.end)) {
    return { kind: 'foreign', start: 0, end: text.length };
  }
  const state = request === undefined ? 'before' : stateOf(section, line, request);
  if (state === 'body') return readBodyLine(text, column);
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  if (trimmed.startsWith('#') || trimmed.startsWith('//')) return readComment(trimmed, start, column);
  if (state === 'before') {
    return trimmed.startsWith('@')
      ? readVariable(trimmed, start, column)
      : readRequestPiece(text, start, column);
  }
  if (readContinuation(text, trimmed) !== null) {
    const method = request?.method ?? null;
    return { kind: 'target', method, isContinuation: true, start, end: start + trimmed.length };
  }
  return readHeaderPiece(trimmed, start, column);
}

/** Which part of its request a line stands in. */
function stateOf(section: Section, line: number, request: CbRequest): 'before' | 'headers' | 'body' {
  if (line <= request.line) return 'before';
  const { foreign, lineStarts } = section;
  let part = 0;
  for (let index = request.line + 1; index < line; index++) {
    const text = textOfLine(section, index);
    const start = lineStarts[index] ?? 0;
    while ((foreign[part]?.span.end ?? Infinity) < start) part++;
    if ((foreign[part]?.span.start ?? Infinity) <= start + text.length) continue; // also a blank line within
    const trimmed = text.trim();
    if (trimmed === '') return 'body';
    const isComment = trimmed.startsWith('#') || trimmed.startsWith('//');
    if (isComment || readContinuation(text, trimmed) !== null) continue;
    if (readHeader(trimmed) === null && !isHeaderSpread(trimmed)) return 'body';
  }
  return 'headers';
}

/** The last request that starts at or above the line, else the section's first. */
function requestOfLine({ requests }: Section, lineStart: number): CbRequest | undefined {
  return requests.findLast(({ span }) => span.start <= lineStart) ?? requests[0];
}

function textOfLine({ text, lineStarts }: Section, line: number): string {
  const start = lineStarts[line] ?? text.length;
  let end = lineStarts[line + 1] ?? text.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return text.slice(start, end);
}

const emptySection: Section = {
  text: '',
  lineStarts: [0],
  titleSpan: null,
  requests: [],
  variables: [],
  looseDirectives: [],
  foreign: [],
  problems: [],
  endsInMarkdown: false,
};
