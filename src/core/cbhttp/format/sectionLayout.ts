import type { CbRequest, Directive, Section, Span } from '../document.ts';
import { lineAt } from '../navigate/lineAt.ts';
import { lineText, splitLines, type SectionLines } from '../sectionLines.ts';
import type { FormatOptions, TextEdit } from './format.ts';
import { layOutJsonBody } from './jsonBody.ts';

/** A section and what is known of its lines. */
interface Layout {
  readonly section: Section;
  readonly lines: SectionLines;
  /** Lines of other tools: never touched. */
  readonly foreign: ReadonlySet<number>;
  /** Lines whose reading is known, as they should be written. */
  readonly known: ReadonlyMap<number, string>;
  /** First of the blank lines at the section's end, or `lines.count`. */
  readonly tail: number;
  readonly edits: TextEdit[];
}

/**
 * How a section should be laid out: edits in order, spans counted from its start. They touch only lines whose
 * reading is known, blank lines around them, and a JSON body.
 * @param isLast true for the document's last section
 */
export function layOutSection(section: Section, isLast: boolean, options: FormatOptions): TextEdit[] {
  const layout = readLayout(section, options);
  const headEnd = layOutHead(layout);
  layOutBody(layout, headEnd, options);
  layOutTail(layout, isLast);
  return layout.edits;
}

function readLayout(section: Section, options: FormatOptions): Layout {
  const lines = splitLines(section.text);
  const foreign = new Set<number>();
  for (const { span } of section.foreign) {
    for (let line = lineAt(lines, span.start); line <= lineAt(lines, span.end); line++) foreign.add(line);
  }
  let tail = lines.count;
  while (tail > 0 && !foreign.has(tail - 1) && isBlank(lines, tail - 1)) tail--;
  return { section, lines, foreign, known: knownLines(section, lines, options), tail, edits: [] };
}

/** Everything above the body. @returns the first line of the body, or the blank one above it */
function layOutHead({ section, lines, foreign, known, tail, edits }: Layout): number {
  const last = section.requests.at(-1);
  const bodyLine = last?.bodySpan ? lineAt(lines, last.bodySpan.start) : tail;
  let isAfterBlank = section.titleSpan === null && !section.text.startsWith('###');
  let isStrange = false; // below a line that could not be read: what follows may belong to it
  for (let line = 0; line < tail; line++) {
    const isBelowLast = last !== undefined && line > last.line;
    if (isBelowLast && line >= bodyLine) return line;
    const written = known.get(line);
    if (foreign.has(line)) {
      isAfterBlank = false;
    } else if (written !== undefined) {
      replaceLine(edits, lines, line, written);
      isAfterBlank = isStrange = false;
    } else if (isBlank(lines, line)) {
      if (isBelowLast) return line;
      if (isStrange) continue;
      if (isAfterBlank) edits.push({ span: wholeLine(lines, line), text: '' });
      else emptyLine(edits, lines, line);
      isAfterBlank = true;
    } else if (!isStrange && /^\s*(?:#|\/\/)/.test(lineText(lines, line))) {
      const comment = lineText(lines, line).trim();
      if (!comment.startsWith('###')) replaceLine(edits, lines, line, comment); // in column 1 it would separate
      isAfterBlank = false;
    } else {
      isStrange = true;
    }
  }
  return tail;
}

/** One blank line above the body; a JSON body's own layout. */
function layOutBody(
  { section, lines, foreign, tail, edits }: Layout,
  first: number,
  options: FormatOptions,
): void {
  let line = first;
  while (line < tail && !foreign.has(line) && isBlank(lines, line)) line++;
  if (line >= tail) return;
  if (line > first) emptyLine(edits, lines, first);
  if (line > first + 1) {
    edits.push({ span: { start: lines.starts[first + 1] ?? 0, end: lines.starts[line] ?? 0 }, text: '' });
  }
  const request = section.requests.at(-1);
  if (!options.jsonBodies || !request?.bodySpan) return;
  const laidOut = layOutJsonBody(section, request, options, lineEnd(lines, 0));
  if (laidOut !== null) replace(edits, section.text, request.bodySpan, laidOut);
}

/** One blank line below the section, none at the document's end. */
function layOutTail({ section, lines, tail, edits }: Layout, isLast: boolean): void {
  const { text } = section;
  const start = lines.starts[tail] ?? text.length;
  if (isLast || tail === 0) {
    replace(edits, text, { start: tail === 0 ? (lines.starts[0] ?? 0) : start, end: text.length }, '');
    return;
  }
  if (tail === lines.count) {
    if (!endsOpen(section)) edits.push({ span: { start, end: start }, text: lineEnd(lines, tail - 1) });
    return;
  }
  emptyLine(edits, lines, tail);
  replace(edits, text, { start: lines.starts[tail + 1] ?? text.length, end: text.length }, '');
}

/** True if the section ends within another tool's script or comment: a blank line below would belong to it. */
function endsOpen({ text, foreign }: Section): boolean {
  const last = foreign.at(-1);
  if (last === undefined || text.slice(last.span.end).trim() !== '') return false;
  const written = text.slice(last.span.start, last.span.end).trim();
  return (
    /^(?:[<>][ \t]*\{%|\{\{|\/\*)/.test(written) && !/(?:%\}|\}\}|\*\/)[^\r\n]*$/.test(written.slice(-1000))
  );
}

/** The lines of the model, as they should be written. */
function knownLines(section: Section, lines: SectionLines, options: FormatOptions): Map<number, string> {
  const { text } = section;
  const known = new Map<number, string>();
  const set = (span: Span, written: string): void => {
    known.set(lineAt(lines, span.start), written.trimEnd());
  };
  const cut = ({ start, end }: Span): string => text.slice(start, end);
  const rest = (value: Span, whole: Span): string => text.slice(value.start, whole.end); // as written
  const setDirective = ({ span, wordSpan, valueSpan }: Directive): void => {
    const marker = text.slice(span.start, wordSpan.start).replace(/[\s@]+$/, '');
    if (!marker.startsWith('###')) set(span, `${marker} @${cut(wordSpan)} ${rest(valueSpan, span)}`);
  };
  const separator = /^#{3,}/.exec(text)?.[0];
  if (separator !== undefined)
    known.set(0, `${separator} ${lineText(lines, 0).slice(separator.length).trim()}`.trimEnd());
  for (const { nameSpan, valueSpan, span } of section.variables) {
    set(span, `@${cut(nameSpan)} = ${rest(valueSpan, span)}`);
  }
  section.looseDirectives.forEach(setDirective);
  for (const request of section.requests) {
    request.directives.forEach(setDirective);
    for (const { nameSpan, valueSpan, span } of request.headers) {
      set(span, `${cut(nameSpan)}: ${rest(valueSpan, span)}`);
    }
    for (const [index, piece] of request.targetPieces.entries()) {
      set(piece, targetLine(text, request, piece, index, options) + versionAfter(lines, piece));
    }
  }
  return known;
}

/** A line of a target, without the HTTP version. */
function targetLine(
  text: string,
  { methodSpan }: CbRequest,
  piece: Span,
  index: number,
  { tabSize, insertSpaces }: FormatOptions,
): string {
  const target = text.slice(piece.start, piece.end);
  if (index > 0) return (insertSpaces ? ' '.repeat(tabSize) : '\t') + target;
  return methodSpan === null ? target : `${text.slice(methodSpan.start, methodSpan.end)} ${target}`;
}

function versionAfter(lines: SectionLines, piece: Span): string {
  const end = lines.ends[lineAt(lines, piece.start)] ?? piece.end;
  const version = lines.text.slice(piece.end, end).trim();
  return version === '' ? '' : ` ${version}`;
}

function replaceLine(edits: TextEdit[], lines: SectionLines, line: number, written: string): void {
  const span = { start: lines.starts[line] ?? 0, end: lines.ends[line] ?? 0 };
  replace(edits, lines.text, span, written);
}

/** Takes the blanks out of a blank line, unless the line ends around it would then be one. */
function emptyLine(edits: TextEdit[], lines: SectionLines, line: number): void {
  const start = lines.starts[line] ?? 0;
  const end = lines.ends[line] ?? start;
  if (lines.text[start - 1] === '\r' && lines.text[end] === '\n') return;
  replace(edits, lines.text, { start, end }, '');
}

function replace(edits: TextEdit[], text: string, span: Span, written: string): void {
  if (text.slice(span.start, span.end) !== written) edits.push({ span, text: written });
}

function wholeLine(lines: SectionLines, line: number): Span {
  return { start: lines.starts[line] ?? 0, end: lines.starts[line + 1] ?? lines.text.length };
}

function lineEnd({ text, starts, ends }: SectionLines, line: number): string {
  return text.slice(ends[line], starts[line + 1]) || '\n';
}

function isBlank(lines: SectionLines, line: number): boolean {
  return lineText(lines, line).trim() === '';
}
