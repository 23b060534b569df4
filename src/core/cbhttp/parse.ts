import { msg, type Message } from '../message.ts';
import { checkDirective, isDirective, isWithoutEffect } from './directives.ts';
import type {
  CbDocument,
  CbRequest,
  Directive,
  FileVariable,
  Header,
  Problem,
  Severity,
  Span,
} from './document.ts';
import {
  COMPUTED_HEADERS,
  foreignLine,
  interruptsHeaders,
  isHeaderSpread,
  readContinuation,
  readDirective,
  readFileVariable,
  readHeader,
  readRequestLine,
} from './lines.ts';
import { ScriptEnds } from './scriptEnds.ts';

/**
 * Reads a `.cbhttp` text. Never throws; time is linear in the text's length. What cannot be read becomes a
 * problem at its place and leaves the other requests alone. Source: the language specification.
 */
export function parseCbhttp(text: string): CbDocument {
  const lines = splitLines(text);
  const context: Context = { text, lines, requests: [], variables: [], problems: [], fileFunction: null };
  let start = 0;
  while (start < lines.length) {
    let end = start + 1;
    while (end < lines.length && !isSeparator(text, lines, end)) end++;
    parseSection(context, start, end);
    start = end;
  }
  const { requests, variables, problems, fileFunction } = context;
  return { text, lineStarts: lines.map((line) => line.start), requests, variables, problems, fileFunction };
}

interface Context {
  readonly text: string;
  readonly lines: readonly Span[];
  readonly requests: CbRequest[];
  readonly variables: FileVariable[];
  readonly problems: Problem[];
  fileFunction: Directive | null;
}

/** A request as it grows, line by line. */
interface Draft {
  readonly line: number;
  readonly requestLineSpan: Span;
  readonly method: string;
  readonly targetPieces: string[];
  readonly targetStart: number;
  targetEnd: number;
  readonly headers: Header[];
  readonly bodyLines: number[];
  state: 'target' | 'headers' | 'body';
}

function parseSection(context: Context, first: number, end: number): void {
  const { text, lines } = context;
  const firstLine = lineText(context, first);
  const isSeparated = isSeparator(text, lines, first);
  let title = isSeparated ? firstLine.replace(/^#+/, '').trim() || null : null;
  let directives: Directive[] = [];
  let draft: Draft | null = null;
  let sectionStart = first;
  let skipRest = false;
  const scripts = new ScriptEnds((index) => lineText(context, index), first, end);

  const finish = (beforeLine: number): void => {
    if (draft === null) return;
    pushRequest(context, draft, { title, directives, first: sectionStart, end: beforeLine });
    draft = null;
    title = null;
    directives = [];
    sectionStart = beforeLine;
  };

  for (let index = isSeparated ? first + 1 : first; index < end; index++) {
    const line = lineText(context, index);
    const trimmed = line.trim();
    const at = (lines[index]?.start ?? 0) + (line.length - line.trimStart().length);
    const span = { start: at, end: at + trimmed.length };
    const report = (severity: Severity, message: Message): void => {
      context.problems.push({ severity, message, span });
    };

    const scriptEnd = scripts.find(index, line, draft?.state === 'body');
    if (scriptEnd !== null) {
      report('information', msg('A script of another tool: kept, not run.'));
      index = scriptEnd;
      continue;
    }
    if (draft?.state === 'body') {
      readBodyLine(draft, index, line, report);
      continue;
    }
    if (trimmed === '') {
      if (draft !== null) draft.state = 'body';
      continue;
    }
    if (skipRest) continue;
    if (trimmed.startsWith('#') || trimmed.startsWith('//')) {
      const directive = parseComment(context, trimmed, span);
      if (directive !== null) directives.push(directive);
      continue;
    }
    const foreign = foreignLine(trimmed);
    if (foreign !== null) {
      report('information', foreign);
      continue;
    }

    if (draft !== null) {
      if (readHeaderLine(draft, index, line, trimmed, at, report)) continue;
      finish(index); // a request line among the headers
    }
    const variable = readFileVariable(trimmed);
    if (variable !== null) {
      const valueSpan = { start: at + variable.valueStart, end: span.end };
      context.variables.push({ name: variable.name, value: variable.value, span, valueSpan });
      continue;
    }
    const read = readRequestLine(trimmed);
    if (read === null) {
      report('error', notARequest(trimmed));
    } else if ('unsupported' in read) {
      report('error', msg('{0} is not supported: this tool sends HTTP requests only.', read.unsupported));
      skipRest = true;
    } else {
      draft = {
        line: index,
        requestLineSpan: span,
        method: read.method,
        targetPieces: [read.target],
        targetStart: at + read.targetStart,
        targetEnd: at + read.targetStart + read.target.length,
        headers: [],
        bodyLines: [],
        state: 'target',
      };
    }
  }

  if (draft !== null) finish(end);
  else if (directives.length > 0) keepSectionDirectives(context, directives);
}

/** Takes a line between the request line and the first blank line; false if it opens the next request. */
function readHeaderLine(
  draft: Draft,
  index: number,
  line: string,
  trimmed: string,
  at: number,
  report: (severity: Severity, message: Message) => void,
): boolean {
  if (draft.state === 'target') {
    const continuation = readContinuation(line, trimmed);
    if (continuation !== null) {
      draft.targetPieces.push(continuation);
      draft.targetEnd = at + continuation.length;
      return true;
    }
  }
  if (interruptsHeaders(trimmed)) {
    report('warning', msg('A new request starts here. Put a line that starts with ### above it.'));
    return false;
  }
  draft.state = 'headers';
  const header = readHeader(trimmed);
  if (header !== null) {
    const span = { start: at, end: at + trimmed.length };
    const valueSpan = { start: at + header.valueStart, end: span.end };
    draft.headers.push({ name: header.name, value: header.value, span, valueSpan });
    if (COMPUTED_HEADERS.has(header.name.toLowerCase())) {
      report(
        'information',
        msg('{0} is computed when the request is sent; what stands here is not used.', header.name),
      );
    }
  } else if (isHeaderSpread(trimmed)) {
    report('information', msg('Headers from a variable are another tool’s: kept, not sent.'));
  } else {
    report(
      'warning',
      msg('This is no header ("Name: value"), so the body starts here. Put a blank line above it.'),
    );
    draft.state = 'body';
    draft.bodyLines.push(index);
  }
  return true;
}

function readBodyLine(
  draft: Draft,
  index: number,
  line: string,
  report: (severity: Severity, message: Message) => void,
): void {
  const foreign = foreignLine(line.trimEnd());
  if (foreign !== null) {
    report('information', foreign);
    return;
  }
  if (/^[A-Z]+[ \t]+(?:https?|fn):\/\//.test(line)) {
    report(
      'hint',
      msg(
        'This line is part of the body. For a request of its own, put a line that starts with ### above it.',
      ),
    );
  }
  draft.bodyLines.push(index);
}

function pushRequest(
  context: Context,
  draft: Draft,
  section: { title: string | null; directives: readonly Directive[]; first: number; end: number },
): void {
  const { lines } = context;
  const isBlank = (index: number | undefined): boolean =>
    index !== undefined && lineText(context, index).trim() === '';
  const body = draft.bodyLines;
  let from = 0;
  let to = body.length;
  while (from < to && isBlank(body[from])) from++;
  while (to > from && isBlank(body[to - 1])) to--;
  const kept = body.slice(from, to);
  const name = section.directives.findLast((directive) => directive.word === 'name')?.value ?? '';
  context.requests.push({
    index: context.requests.length,
    name: name === '' ? null : name,
    title: section.title,
    span: { start: lines[section.first]?.start ?? 0, end: lines[section.end - 1]?.end ?? 0 },
    line: draft.line,
    requestLineSpan: draft.requestLineSpan,
    method: draft.method,
    target: draft.targetPieces.join(''),
    targetSpan: { start: draft.targetStart, end: draft.targetEnd },
    headers: draft.headers,
    body: kept.length === 0 ? null : kept.map((index) => lineText(context, index)).join('\n'),
    bodySpan:
      kept.length === 0
        ? null
        : { start: lines[kept[0] ?? 0]?.start ?? 0, end: lines[kept.at(-1) ?? 0]?.end ?? 0 },
    directives: section.directives,
  });
  const isMarkdown = draft.headers.some(
    (header) => header.name.toLowerCase() === 'content-type' && /markdown/i.test(header.value),
  );
  const next = lines[section.end];
  if (isMarkdown && kept.length > 0 && next !== undefined) {
    context.problems.push({
      severity: 'hint',
      message: msg(
        'This line ends the Markdown body above. To send it as part of the body, write \\### instead.',
      ),
      span: next,
    });
  }
}

/** A comment line before the body: a directive, checked, or null. */
function parseComment(context: Context, trimmed: string, span: Span): Directive | null {
  const read = readDirective(trimmed);
  if (read === null) return null;
  const valueSpan = { start: span.start + read.valueStart, end: span.end };
  const report = (severity: Severity, message: Message, where: Span): void => {
    context.problems.push({ severity, message, span: where });
  };
  if (!isDirective(read.word)) {
    report(
      'information',
      msg('@{0} is not a directive of this tool: kept, without effect.', read.word),
      span,
    );
  } else {
    const wrong = checkDirective(read.word, read.value);
    if (wrong !== null) report('warning', wrong, read.value === '' ? span : valueSpan);
    else if (isWithoutEffect(read.word))
      report('information', msg('@{0} has no effect yet.', read.word), span);
  }
  return { word: read.word, value: read.value, span, valueSpan };
}

/** `@function` in a section without a request, before the first request, holds for the whole file. */
function keepSectionDirectives(context: Context, directives: readonly Directive[]): void {
  for (const directive of directives) {
    if (directive.word === 'function' && context.requests.length === 0) {
      context.fileFunction = directive;
    } else if (isDirective(directive.word)) {
      context.problems.push({
        severity: 'warning',
        message: msg('@{0} has no request to apply to.', directive.word),
        span: directive.span,
      });
    }
  }
}

function notARequest(trimmed: string): Message {
  const word = /^[A-Z]+(?=\s|$)/.exec(trimmed)?.[0];
  if (word !== undefined && word === trimmed)
    return msg('The target is missing, e.g. "{0} fn://name/path".', word);
  return word === undefined
    ? msg('This is no request. A request starts with a method and a target, e.g. "GET fn://name/path".')
    : msg('{0} is no HTTP method this tool knows.', word);
}

function lineText(context: Context, index: number): string {
  const line = context.lines[index];
  return line === undefined ? '' : context.text.slice(line.start, line.end);
}

function isSeparator(text: string, lines: readonly Span[], index: number): boolean {
  return text.startsWith('###', lines[index]?.start ?? text.length);
}

/** Lines without their ends; LF, CRLF and CR end a line, as in VS Code. A leading BOM belongs to no line. */
function splitLines(text: string): Span[] {
  const lines: Span[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let offset = start; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code !== 10 && code !== 13) continue;
    lines.push({ start, end: offset });
    if (code === 13 && text.charCodeAt(offset + 1) === 10) offset++;
    start = offset + 1;
  }
  lines.push({ start, end: text.length });
  return lines;
}
