import type { Message } from '../message.ts';
import { withoutUserInfo } from '../profiles/redact.ts';

/** A stretch of the document's text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something the author should know, at its place. Bad text is data: it never becomes an exception. */
export interface Problem {
  readonly severity: Severity;
  readonly message: Message;
  readonly span: Span;
}

/** `# @word value`. */
export interface Directive {
  readonly word: string;
  /** Trimmed; empty where none is written. */
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** `@name = value`. */
export interface FileVariable {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** `Name: value`, as written, variables unresolved. */
export interface Header {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** One request of a document. */
export interface CbRequest {
  /** 0-based position among the document's requests. */
  readonly index: number;
  /** Value of `@name`, or null. */
  readonly name: string | null;
  /** Text after the `###` that opens the section, or null. */
  readonly title: string | null;
  /** From the section's separator (or the first line that belongs to the request) to its last line. */
  readonly span: Span;
  /** 0-based line of the request line. */
  readonly line: number;
  readonly requestLineSpan: Span;
  /** The keyword in upper case: an HTTP method, or `GRAPHQL`, `SSE`, `EVENTSOURCE`. `GET` where none is written. */
  readonly method: string;
  /** Continuation lines joined. */
  readonly target: string;
  readonly targetSpan: Span;
  readonly headers: readonly Header[];
  /** Lines joined by LF; other tools' lines and the blank lines around the body are left out. */
  readonly body: string | null;
  readonly bodySpan: Span | null;
  readonly directives: readonly Directive[];
}

/** A parsed `.cbhttp` text. */
export interface CbDocument {
  readonly text: string;
  /** Offset at which each line starts; the first is 0. */
  readonly lineStarts: readonly number[];
  readonly requests: readonly CbRequest[];
  readonly variables: readonly FileVariable[];
  /** `# @function name` for the whole file, or null. */
  readonly fileFunction: Directive | null;
  readonly problems: readonly Problem[];
}

/** 0-based line and UTF-16 column of an offset. */
export function positionAt(document: CbDocument, offset: number): { line: number; column: number } {
  const { lineStarts } = document;
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: offset - (lineStarts[low] ?? 0) };
}

/** The request whose text holds the 0-based line, or undefined: a section may hold none. */
export function requestAtLine(document: CbDocument, line: number): CbRequest | undefined {
  return document.requests.find(
    ({ span }) =>
      positionAt(document, span.start).line <= line && line <= positionAt(document, span.end).line,
  );
}

/**
 * A name for each request that survives edits elsewhere in the file: its `@name`, else its title, else what it
 * sends; * with a count where several share it. One key per request, in order.
 */
export function requestKeys(document: CbDocument): readonly string[] {
  const seen = new Map<string, number>();
  return document.requests.map((request) => {
    const label = keyLabel(request);
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label}#${count}`;
  });
}

/** What the request is called where people read it. */
export function requestLabel(request: CbRequest): string {
  return request.title ?? request.name ?? `${request.method} ${withoutUserInfo(request.target)}`;
}

function keyLabel(request: CbRequest): string {
  if (request.name !== null) return `name:${request.name}`;
  return request.title !== null ? `title:${request.title}` : `line:${request.method} ${hash(request.target)}`;
}

/** FNV-1a, 32 bits: a key is kept with the window, and a target may hold a password or a token. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16);
}
