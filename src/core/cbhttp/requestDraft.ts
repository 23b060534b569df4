import { msg, type Message } from '../message.ts';
import {
  type CbRequest,
  type Directive,
  type ForeignPart,
  type Header,
  type Problem,
  type Severity,
  type Span,
} from './document.ts';
import {
  interruptsHeaders,
  isComputedHeader,
  isHeaderSpread,
  looksLikeRequest,
  readContinuation,
  readForeignLine,
  readHeader,
  type RequestLine,
} from './lines.ts';
import type { ProblemCode } from './problemCode.ts';
import { HeaderField } from './fields.ts';
import { lineText, type SectionLines } from './sectionLines.ts';

/** What is found in a section besides its requests, as it grows. */
export interface Findings {
  readonly foreign: ForeignPart[];
  readonly problems: Problem[];
}

/** A line that is not blank, as the parser looks at it. */
export interface Line {
  readonly index: number;
  /** Without the blanks around it. */
  readonly trimmed: string;
  /** Where that stands. */
  readonly start: number;
  readonly end: number;
}

/** A request as it grows, line by line. */
export interface RequestDraft {
  readonly line: number;
  readonly requestLineSpan: Span;
  readonly method: string;
  readonly methodSpan: Span | null;
  target: string;
  readonly targetPieces: Span[];
  readonly headers: Header[];
  /** First and last line of the body that is neither blank nor another tool's; -1 where there is none. */
  bodyStart: number;
  bodyEnd: number;
  /** Lines of other tools below the headers. */
  skipped: Set<number> | null;
  state: 'headers' | 'body';
}

/** The request that a request line opens. */
export function startRequest({ index, start, end }: Line, read: RequestLine): RequestDraft {
  const targetStart = start + read.targetStart;
  return {
    line: index,
    requestLineSpan: { start, end },
    method: read.method,
    methodSpan: read.targetStart === 0 ? null : { start, end: start + read.method.length },
    target: read.target,
    targetPieces: [{ start: targetStart, end: targetStart + read.target.length }],
    headers: [],
    bodyStart: -1,
    bodyEnd: -1,
    skipped: null,
    state: 'headers',
  };
}

/** Takes a line between the request line and the first blank line; false if it opens the next request. */
export function readHeaderLine(
  draft: RequestDraft,
  line: Line,
  lines: SectionLines,
  findings: Findings,
): boolean {
  const { trimmed, start, end } = line;
  const continuation = readContinuation(lineText(lines, line.index), trimmed);
  if (continuation !== null) {
    draft.target += continuation;
    draft.targetPieces.push({ start, end: start + continuation.length });
    return true;
  }
  const header = readHeader(trimmed);
  if (header === null && interruptsHeaders(trimmed)) {
    const message = msg('A new request starts here. Put a line that starts with ### above it.');
    report(findings, 'warning', 'missing-separator', { start, end }, message);
    return false;
  }
  if (header !== null) {
    const { name, value, valueStart } = header;
    draft.headers.push(new HeaderField(name, value, start, start + valueStart, end));
    if (isComputedHeader(name)) {
      const message = msg('{0} is computed when the request is sent; what stands here is not used.', name);
      report(findings, 'information', 'computed-header', { start, end }, message);
    }
  } else if (isHeaderSpread(trimmed)) {
    const message = msg('Headers from a variable are another tool’s: kept, not sent.');
    keepForeign(findings, 'header-spread', { start, end }, message);
  } else {
    const message = msg(
      'This is no header ("Name: value"), so the body starts here. Put a blank line above it.',
    );
    report(findings, 'warning', 'missing-blank-line', { start, end }, message);
    draft.state = 'body';
    readBodyLine(draft, line, findings);
  }
  return true;
}

/** Takes a line of the body that is not blank. */
export function readBodyLine(
  draft: RequestDraft,
  { index, trimmed, start, end }: Line,
  findings: Findings,
): void {
  const foreign = readForeignLine(trimmed);
  if (foreign !== null) {
    keepForeign(findings, foreign.kind, { start, end }, foreign.message);
    skipLines(draft, index, index);
    return;
  }
  if (looksLikeRequest(trimmed)) {
    const message = msg(
      'This line is part of the body. For a request of its own, put a line that starts with ### above it.',
    );
    report(findings, 'hint', 'request-line-in-body', { start, end }, message);
  }
  addBodyLine(draft, index);
}

/** Takes a line of the body that is only text, and not blank. */
export function addBodyLine(draft: RequestDraft, index: number): void {
  if (draft.bodyStart === -1) draft.bodyStart = index;
  draft.bodyEnd = index;
}

/** Leaves lines out of the body. */
export function skipLines(draft: RequestDraft, first: number, last: number): void {
  draft.skipped ??= new Set();
  for (let index = first; index <= last; index++) draft.skipped.add(index);
}

/** What the section knows of a request besides its own lines. */
export interface RequestFrame {
  readonly title: string | null;
  readonly directives: readonly Directive[];
  readonly start: number;
  readonly end: number;
}

/** The request, when its last line has been read. */
export function finishRequest(draft: RequestDraft, frame: RequestFrame, lines: SectionLines): CbRequest {
  const { targetPieces, bodyStart, bodyEnd } = draft;
  const first = targetPieces[0] ?? draft.requestLineSpan;
  const name = frame.directives.findLast(({ word }) => word === 'name')?.value ?? '';
  return {
    name: name === '' ? null : name,
    title: frame.title,
    span: { start: frame.start, end: frame.end },
    line: draft.line,
    requestLineSpan: draft.requestLineSpan,
    method: draft.method,
    methodSpan: draft.methodSpan,
    target: draft.target,
    targetSpan:
      targetPieces.length === 1 ? first : { start: first.start, end: targetPieces.at(-1)?.end ?? first.end },
    targetPieces: targetPieces.slice(),
    headers: draft.headers.length === 0 ? none : draft.headers.slice(),
    body: bodyStart === -1 ? null : bodyText(draft, lines),
    bodySpan:
      bodyStart === -1 ? null : { start: lines.starts[bodyStart] ?? 0, end: lines.ends[bodyEnd] ?? 0 },
    directives: frame.directives,
  };
}

/** Shared by all, since most lists are empty. */
export const none: readonly never[] = [];

/** The body's lines, joined by LF. */
function bodyText({ bodyStart, bodyEnd, skipped }: RequestDraft, lines: SectionLines): string {
  const { text, starts, ends } = lines;
  const written = text.slice(starts[bodyStart], ends[bodyEnd]);
  if (skipped === null && !written.includes('\r')) return written;
  const kept: string[] = [];
  for (let index = bodyStart; index <= bodyEnd; index++) {
    if (skipped?.has(index) !== true) kept.push(lineText(lines, index));
  }
  return kept.join('\n');
}

/** Notes a problem of the section. */
export function report(
  { problems }: Findings,
  severity: Severity,
  code: ProblemCode,
  span: Span,
  message: Message,
  data?: Readonly<Record<string, string>>,
): void {
  problems.push({ severity, message, span, code, ...(data !== undefined && { data }) });
}

/** Notes a piece of another tool, and says so; of one over several lines, at `said`, its first. */
export function keepForeign(
  findings: Findings,
  kind: ForeignPart['kind'],
  span: Span,
  message: Message,
  said = span,
): void {
  findings.foreign.push({ kind, span });
  report(findings, 'information', 'script-not-run', said, message);
}
