import { msg } from '../message.ts';
import { checkDirective, directiveWord, isDirective, isWithoutEffect, takesVariables } from './directives.ts';
import type { CbRequest, Directive, FileVariable, Section, Span } from './document.ts';
import { DirectiveLine, VariableLine } from './fields.ts';
import { opensResponse, readDirective, readFileVariable, readForeignLine, readRequestLine } from './lines.ts';
import {
  addBodyLine,
  finishRequest,
  keepForeign,
  none,
  readBodyLine,
  readHeaderLine,
  report,
  skipLines,
  startRequest,
  type Findings,
  type Line,
  type RequestDraft,
} from './requestDraft.ts';
import { ScriptEnds } from './scriptEnds.ts';
import { lineText, splitLines, type SectionLines } from './sectionLines.ts';

/** What a line that opens a section starts with, in column 1. */
export const SEPARATOR = '###';

/** Reads one section: a text that is the document's start, or starts with `###`. Knows nothing of the others. */
export function parseSection(text: string): Section {
  const lines = splitLines(text);
  const draft = openSection(lines);
  let index = draft.titleSpan === undefined ? 0 : 1;
  while (index < lines.count) index = readLine(draft, index) + 1;
  closeRequest(draft, lines.count);
  const { requests, variables, directives, foreign, problems, titleSpan } = draft;
  return {
    text,
    lineStarts: lines.starts,
    titleSpan: titleSpan ?? null,
    requests: shareEmpty(requests),
    variables: shareEmpty(variables),
    looseDirectives: requests.length > 0 ? none : shareEmpty(directives),
    foreign: shareEmpty(foreign),
    problems: shareEmpty(problems),
    endsInMarkdown: isMarkdown(requests.at(-1)),
  };
}

/** A section as it grows, line by line. */
interface SectionDraft extends Findings {
  readonly lines: SectionLines;
  readonly blockEnds: ScriptEnds;
  /** Undefined where no separator opens the section, null where it has no title. */
  readonly titleSpan: Span | null | undefined;
  readonly requests: CbRequest[];
  readonly variables: FileVariable[];
  /** The request that is being read. */
  request: RequestDraft | null;
  /** For that request, or the next one. */
  directives: Directive[];
  /** Line from which the text is that request's. */
  firstLine: number;
  /** What stands below is of a protocol that is not spoken here. */
  skipsRest: boolean;
}

function openSection(lines: SectionLines): SectionDraft {
  const start = lines.starts[0] ?? 0;
  let titleSpan: Span | null | undefined;
  if (lines.text.startsWith(SEPARATOR, start)) {
    const line = lineText(lines, 0);
    const written = line.slice(/^#+/.exec(line)?.[0].length ?? 0);
    const title = written.trim();
    const titleStart = start + line.length - written.trimStart().length;
    titleSpan = title === '' ? null : { start: titleStart, end: titleStart + title.length };
  }
  return {
    lines,
    blockEnds: new ScriptEnds(lines),
    titleSpan,
    requests: [],
    variables: [],
    foreign: [],
    problems: [],
    request: null,
    directives: [],
    firstLine: 0,
    skipsRest: false,
  };
}

/** Takes a line, or a block of lines. @returns the last line taken */
function readLine(section: SectionDraft, index: number): number {
  const { lines, request } = section;
  const { text, starts, ends } = lines;
  let start = starts[index] ?? 0;
  let end = ends[index] ?? 0;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  if (start === end) {
    if (request !== null) request.state = 'body';
    return index;
  }
  const first = text.charCodeAt(start);
  const isInBody = request?.state === 'body';
  if (isInBody && isPlain(first)) {
    addBodyLine(request, index);
    return index;
  }
  while (isBlank(text.charCodeAt(end - 1))) end--;
  const line: Line = { index, trimmed: text.slice(start, end), start, end };
  const lastOfBlock = readBlock(section, line, first);
  if (lastOfBlock !== null) return lastOfBlock;
  if (isInBody) readBodyLine(request, line, section);
  else if (!section.skipsRest) readLineAboveBody(section, line, first);
  return index;
}

function readLineAboveBody(section: SectionDraft, line: Line, first: number): void {
  const { request, lines } = section;
  if (first === HASH || (first === SLASH && line.trimmed.charCodeAt(1) === SLASH)) {
    readComment(section, line);
    return;
  }
  const foreign = readForeignLine(line.trimmed);
  if (foreign !== null) {
    keepForeign(section, foreign.kind, { start: line.start, end: line.end }, foreign.message);
    return;
  }
  if (request !== null) {
    if (readHeaderLine(request, line, lines, section)) return;
    closeRequest(section, line.index);
  }
  readOpeningLine(section, line);
}

/** Takes the lines of a script, a comment or a pasted response. @returns the last one, or null if none opens here */
function readBlock(section: SectionDraft, { index, trimmed, start }: Line, first: number): number | null {
  const { lines, request, blockEnds } = section;
  if (first === LESS || first === GREATER || first === BRACE) {
    const last = blockEnds.find(index);
    if (last === null) return null;
    const message = msg('A script of another tool: kept, not run.');
    const opening = { start, end: lines.ends[index] ?? start };
    keepForeign(section, 'script', { start, end: lines.ends[last] ?? start }, message, opening);
    if (request !== null) skipLines(request, index, last);
    return last;
  }
  if (request?.state !== 'body' && trimmed.startsWith('/*')) {
    const last = blockEnds.findComment(index);
    if (last !== null)
      section.foreign.push({ kind: 'comment', span: { start, end: lines.ends[last] ?? start } });
    return last;
  }
  if (request === null && FRAGMENT.test(trimmed)) {
    const last = lastBeforeBlank(lines, index);
    section.foreign.push({ kind: 'fragment', span: { start, end: lines.ends[last] ?? start } });
    return last;
  }
  if (request !== null && opensResponse(trimmed)) {
    const last = lines.count - 1;
    const message = msg('A saved response of another tool: kept, not sent.');
    const opening = { start, end: lines.ends[index] ?? start };
    keepForeign(section, 'saved-response', { start, end: lines.ends[last] ?? start }, message, opening);
    skipLines(request, index, last);
    return last;
  }
  return null;
}

/** As httpYac reads a GraphQL fragment that stands above a request: up to the next blank line. */
const FRAGMENT = /^fragment[ \t]+[^\s(]+[ \t]+on[ \t]/;

function lastBeforeBlank(lines: SectionLines, index: number): number {
  let last = index;
  while (last + 1 < lines.count && lineText(lines, last + 1).trim() !== '') last++;
  return last;
}

const HASH = 0x23;
const SLASH = 0x2f;
const LESS = 0x3c;
const GREATER = 0x3e;
const BRACE = 0x7b;

/** True for the first character of a body line that no tool reads as more than text. */
function isPlain(code: number): boolean {
  const isLetter = code >= 0x41 && code <= 0x5a; // a method or a pasted response, in upper case
  return !isLetter && code !== LESS && code !== GREATER && code !== BRACE && code !== 0x3f; // ?
}

/** As `String.trim` has it. */
function isBlank(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return code >= 0xa0 && String.fromCharCode(code).trim() === '';
}

/** A line above the request line, or the request line itself. */
function readOpeningLine(section: SectionDraft, line: Line): void {
  const { trimmed, start, end } = line;
  const span = { start, end };
  const variable = readFileVariable(trimmed);
  if (variable !== null) {
    const { name, value, valueStart } = variable;
    section.variables.push(new VariableLine(name, value, start, start + valueStart));
    return;
  }
  const read = readRequestLine(trimmed);
  if (read === null) {
    reportNoRequest(section, trimmed, span);
  } else if ('unsupported' in read) {
    const message = msg('{0} is not supported: this tool sends HTTP requests only.', read.unsupported);
    report(section, 'error', 'unsupported-method', span, message);
    section.skipsRest = true;
  } else {
    section.request = startRequest(line, read);
  }
}

/** Ends the request that is being read above the line `before`. */
function closeRequest(section: SectionDraft, before: number): void {
  const { lines, request, requests, titleSpan } = section;
  if (request === null) return;
  const isFirst = requests.length === 0;
  requests.push(
    finishRequest(
      request,
      {
        title: isFirst && titleSpan ? lines.text.slice(titleSpan.start, titleSpan.end) : null,
        directives: shareEmpty(section.directives),
        start: lines.starts[section.firstLine] ?? 0,
        end: lines.ends[before - 1] ?? 0,
      },
      lines,
    ),
  );
  section.request = null;
  section.directives = [];
  section.firstLine = before;
}

/** A comment line before the body: a directive, or nothing. */
function readComment(section: SectionDraft, { trimmed, start, end }: Line): void {
  const read = readDirective(trimmed);
  if (read === null) return;
  const word = directiveWord(read.word);
  const directive = new DirectiveLine(word, read.value, {
    start,
    wordStart: start + read.wordStart,
    wordEnd: start + read.wordStart + read.word.length,
    valueStart: start + read.valueStart,
  });
  section.directives.push(directive);
  const span = { start, end };
  if (word === 'import') {
    keepForeign(section, 'import', span, msg('@import is another tool’s: kept, without effect.'));
  } else if (!isDirective(word)) {
    const message = msg('@{0} is not a directive of this tool: kept, without effect.', word);
    report(section, 'information', 'unknown-directive', span, message, { word });
  } else {
    // A value with variables is checked when they are known, before sending.
    const wrong = takesVariables(word) && read.value.includes('{{') ? null : checkDirective(word, read.value);
    if (wrong !== null) {
      const where = read.value === '' ? span : directive.valueSpan;
      report(section, 'warning', 'directive-value', where, wrong, { word });
    } else if (isWithoutEffect(word)) {
      report(section, 'information', 'without-effect', span, msg('@{0} has no effect yet.', word), { word });
    }
  }
}

function reportNoRequest(section: SectionDraft, trimmed: string, span: Span): void {
  const word = /^[A-Z]+(?=\s|$)/.exec(trimmed)?.[0];
  if (word === undefined) {
    const message = msg(
      'This is no request. A request starts with a method and a target, e.g. "GET fn://name/path".',
    );
    report(section, 'error', 'not-a-request', span, message);
  } else if (word === trimmed) {
    const message = msg('The target is missing, e.g. "{0} fn://name/path".', word);
    report(section, 'error', 'missing-target', span, message, { method: word });
  } else {
    const message = msg('{0} is no HTTP method this tool knows.', word);
    report(section, 'error', 'unknown-method', span, message, { method: word });
  }
}

function isMarkdown(request: CbRequest | undefined): boolean {
  if (request === undefined || request.body === null) return false;
  return request.headers.some(
    ({ name, value }) => name.toLowerCase() === 'content-type' && /markdown/i.test(value),
  );
}

/** The list, or the one empty list that all share. */
function shareEmpty<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? none : list.slice();
}
