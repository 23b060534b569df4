import type { Message } from '../message.ts';
import { withoutUserInfo } from '../profiles/redact.ts';
import type { ProblemCode } from './problemCode.ts';

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
  readonly code?: ProblemCode;
  /** What a fix needs to know; never a secret. */
  readonly data?: Readonly<Record<string, string>>;
}

/** `# @word value`. */
export interface Directive {
  /** See `directiveWord`. */
  readonly word: string;
  /** Trimmed; empty where none is written. */
  readonly value: string;
  readonly span: Span;
  readonly wordSpan: Span;
  readonly valueSpan: Span;
}

/** `@name = value`. */
export interface FileVariable {
  readonly name: string;
  /** Trimmed, variables unresolved. */
  readonly value: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
}

/** `Name: value`, as written, variables unresolved. */
export interface Header {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
}

/** A piece of another tool, or a block of comment: kept where it stands, neither run nor sent. */
export interface ForeignPart {
  readonly kind:
    | 'script'
    | 'handler'
    | 'assertion'
    | 'saved-response'
    | 'save-to-file'
    | 'header-spread'
    | 'import'
    | 'comment'
    /** Of GraphQL: joins the queries that use it. */
    | 'fragment';
  readonly span: Span;
}

/** One request of a section. Its spans, like all spans of a section, count from the section's start. */
export interface CbRequest {
  /** Value of `@name`, or null. */
  readonly name: string | null;
  /** Text after the `###` that opens the section, or null; only a section's first request has it. */
  readonly title: string | null;
  /** From the section's separator (or the first line that belongs to the request) to its last line. */
  readonly span: Span;
  /** 0-based line of the request line, counted from the section's first line. */
  readonly line: number;
  readonly requestLineSpan: Span;
  /** The keyword in upper case: an HTTP method, or `GRAPHQL`, `SSE`, `EVENTSOURCE`. `GET` where none is written. */
  readonly method: string;
  /** Null where no method is written. */
  readonly methodSpan: Span | null;
  /** Continuation lines joined. */
  readonly target: string;
  /** From the target's first character to its last, continuation lines included. */
  readonly targetSpan: Span;
  /** One for each line the target stands on. */
  readonly targetPieces: readonly Span[];
  readonly headers: readonly Header[];
  /** Lines joined by LF; other tools' lines and the blank lines around the body are left out. */
  readonly body: string | null;
  /** First to last line of the body, other tools' lines between them included. */
  readonly bodySpan: Span | null;
  readonly directives: readonly Directive[];
}

/**
 * A stretch of the document from a line that starts with `###` (or from its beginning) up to the next such line.
 * It knows nothing of its place, so an edit elsewhere leaves it as it is.
 */
export interface Section {
  readonly text: string;
  /**
   * Offset at which each line starts, from the section's start. The first is 0, or 1 after a BOM; where the text ends
   * with a line end, the last is the text's length: the next section's first line, or the document's empty last one.
   */
  readonly lineStarts: readonly number[];
  /** Of the text after the `###`; null where there is none. */
  readonly titleSpan: Span | null;
  /** Mostly one; none in a section of variables; several where request lines follow without a separator. */
  readonly requests: readonly CbRequest[];
  readonly variables: readonly FileVariable[];
  /** Directives of a section without a request. */
  readonly looseDirectives: readonly Directive[];
  readonly foreign: readonly ForeignPart[];
  readonly problems: readonly Problem[];
  /** It ends within a Markdown body: the separator below may have been meant for one of its headings. */
  readonly endsInMarkdown: boolean;
}

/** A parsed `.cbhttp` text. An edit makes a new one that shares the sections it did not touch. */
export interface CbDocument {
  readonly sections: readonly Section[];
  /** Offset in the document at which each section starts. */
  readonly offsets: readonly number[];
  /** 0-based line in the document at which each section starts. */
  readonly lines: readonly number[];
  /** Of the document's text, in UTF-16 units. */
  readonly length: number;
}

/** A request and where its section stands. */
export interface PlacedRequest {
  readonly request: CbRequest;
  readonly section: Section;
  /** Index in `CbDocument.sections`. */
  readonly sectionIndex: number;
  /** 0-based position among the document's requests. */
  readonly index: number;
  /** Offset and 0-based line at which its section starts: add them to the request's spans and line. */
  readonly offset: number;
  readonly sectionLine: number;
}

/** A file variable and where its section stands. */
export interface PlacedVariable {
  readonly variable: FileVariable;
  /** Offset at which its section starts: add it to the variable's spans. */
  readonly offset: number;
  readonly sectionIndex: number;
}

/** 0-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The span, moved: one of a section becomes one of the document. */
export function shift(span: Span, offset: number): Span {
  return { start: span.start + offset, end: span.end + offset };
}

/** The whole text. */
export function documentText(document: CbDocument): string {
  return document.sections.map(({ text }) => text).join('');
}

/** Index of the section that holds the offset; one between two sections is the later one's. */
export function sectionIndexAt(document: CbDocument, offset: number): number {
  return lastAtOrBelow(document.offsets, offset);
}

/** Where an offset stands; one outside the text counts as the nearest inside. */
export function positionAt(document: CbDocument, offset: number): Position {
  const inside = Math.max(0, Math.min(offset, document.length));
  const index = sectionIndexAt(document, inside);
  const lineStarts = document.sections[index]?.lineStarts ?? [];
  const local = inside - (document.offsets[index] ?? 0);
  const line = lastAtOrBelow(lineStarts, local);
  return {
    line: (document.lines[index] ?? 0) + line,
    column: Math.max(0, local - (lineStarts[line] ?? 0)), // 0 before a BOM
  };
}

/** The offset of a 0-based line and column; a column past the line's end is one of the lines below. */
export function offsetAt(document: CbDocument, line: number, column: number): number {
  const index = lastAtOrBelow(document.lines, line);
  const start = document.sections[index]?.lineStarts[line - (document.lines[index] ?? 0)];
  if (start === undefined) return line < 0 ? 0 : document.length;
  return Math.min((document.offsets[index] ?? 0) + start + column, document.length);
}

/** All requests in file order. Kept for each document. */
export function placedRequests(document: CbDocument): readonly PlacedRequest[] {
  let placed = requestsOf.get(document);
  if (placed === undefined) {
    placed = placeRequests(document);
    requestsOf.set(document, placed);
  }
  return placed;
}

const requestsOf = new WeakMap<CbDocument, readonly PlacedRequest[]>();

function placeRequests({ sections, offsets, lines }: CbDocument): PlacedRequest[] {
  const placed: PlacedRequest[] = [];
  for (let sectionIndex = 0; sectionIndex < sections.length; sectionIndex++) {
    const section = sections[sectionIndex];
    if (section === undefined) break;
    const offset = offsets[sectionIndex] ?? 0;
    const sectionLine = lines[sectionIndex] ?? 0;
    for (const request of section.requests) {
      placed.push({ request, section, sectionIndex, index: placed.length, offset, sectionLine });
    }
  }
  return placed;
}

/** The request whose text holds the offset, or undefined: a section may hold none. */
export function requestAtOffset(document: CbDocument, offset: number): PlacedRequest | undefined {
  const inSection = requestsOfSection(document, sectionIndexAt(document, offset));
  return inSection.findLast(
    ({ request, offset: start }, at) => at === 0 || start + request.span.start <= offset,
  );
}

/** The request whose text holds the 0-based line, or undefined. */
export function requestAtLine(document: CbDocument, line: number): PlacedRequest | undefined {
  return requestAtOffset(document, offsetAt(document, line, 0));
}

function requestsOfSection(document: CbDocument, sectionIndex: number): readonly PlacedRequest[] {
  const all = placedRequests(document);
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.sectionIndex ?? 0) < sectionIndex) low = middle + 1;
    else high = middle;
  }
  return all.slice(low, low + (document.sections[sectionIndex]?.requests.length ?? 0));
}

/**
 * A name for each request that survives edits elsewhere in the file: its `@name`, else its title, else what it
 * sends; * with a count where several share it. One key per request, in order. Kept for each document.
 */
export function requestKeys(document: CbDocument): readonly string[] {
  let keys = keysOf.get(document);
  if (keys === undefined) {
    const seen = new Map<string, number>();
    keys = placedRequests(document).map(({ request }) => {
      const label = keyLabel(request);
      const count = (seen.get(label) ?? 0) + 1;
      seen.set(label, count);
      return count === 1 ? label : `${label}#${count}`;
    });
    keysOf.set(document, keys);
  }
  return keys;
}

const keysOf = new WeakMap<CbDocument, readonly string[]>();

/** Passes the keys on to a document in which other sections stand for some, if that changes no key. */
export function passKeysOn(
  from: CbDocument,
  to: CbDocument,
  removed: readonly Section[],
  added: readonly Section[],
): void {
  const keys = keysOf.get(from);
  if (keys === undefined) return;
  const before = removed.flatMap(({ requests }) => requests).map(keyLabel);
  const after = added.flatMap(({ requests }) => requests).map(keyLabel);
  if (before.length === after.length && before.every((label, index) => label === after[index])) {
    keysOf.set(to, keys);
  }
}

/** A request's directive of that word; of several the last one counts. */
export function directiveOf({ directives }: CbRequest, word: string): Directive | undefined {
  return directives.findLast((directive) => directive.word === word);
}

/** What other requests of the file call it: its `@name`, else its title, as httpYac has it. */
export function referredName({ name, title }: CbRequest): string | null {
  return name ?? title;
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

/** The definitions of each file variable, in file order. Kept for each document. */
export function fileVariables(document: CbDocument): ReadonlyMap<string, readonly PlacedVariable[]> {
  let byName = variablesOf.get(document);
  if (byName === undefined) {
    byName = new Map();
    for (let sectionIndex = 0; sectionIndex < document.sections.length; sectionIndex++) {
      const offset = document.offsets[sectionIndex] ?? 0;
      for (const variable of document.sections[sectionIndex]?.variables ?? []) {
        const known = byName.get(variable.name);
        if (known === undefined) byName.set(variable.name, [{ variable, offset, sectionIndex }]);
        else known.push({ variable, offset, sectionIndex });
      }
    }
    variablesOf.set(document, byName);
  }
  return byName;
}

const variablesOf = new WeakMap<CbDocument, Map<string, PlacedVariable[]>>();

/** `# @function name` in a section without a request, above the first request: it holds for the whole file. */
export function fileFunction(document: CbDocument): { directive: Directive; offset: number } | null {
  let found: { directive: Directive; offset: number } | null = null;
  for (const [index, { requests, looseDirectives }] of document.sections.entries()) {
    if (requests.length > 0) break;
    const directive = looseDirectives.findLast(({ word }) => word === 'function');
    if (directive !== undefined) found = { directive, offset: document.offsets[index] ?? 0 };
  }
  return found;
}

/** Index of the last of the ascending numbers that is not above `value`, or 0. */
export function lastAtOrBelow(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
