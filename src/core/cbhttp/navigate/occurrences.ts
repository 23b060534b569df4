import {
  fileVariables,
  sectionIndexAt,
  shift,
  type CbDocument,
  type Directive,
  type Section,
  type Span,
} from '../document.ts';
import { referencesIn } from '../references.ts';
import { requestNamed } from '../variables/lookUp.ts';
import { readResponseReference } from '../variables/responseReference.ts';
import { isSystemVariable } from '../variables/systemVariables.ts';

/** What may be named: a file variable, a request (`@name`), a function. */
export type NameKind = 'variable' | 'request' | 'function';

/** A name where it is written. */
export interface Occurrence {
  readonly kind: NameKind;
  readonly name: string;
  /** Of the name alone; it stands on one line. */
  readonly span: Span;
  /**
   * `prompt`: `@prompt`, which defines a variable for its request. `title`: of a request without `@name`, which names
   * it unless another one has that name. Functions are defined outside: all are uses.
   */
  readonly role: 'definition' | 'prompt' | 'title' | 'use';
}

/** The name at the offset, its end included (the cursor may stand behind it), or undefined. */
export function occurrenceAt(document: CbDocument, offset: number): Occurrence | undefined {
  const index = sectionIndexAt(document, offset);
  const start = document.offsets[index] ?? 0;
  const section = document.sections[index];
  for (const one of section === undefined ? [] : occurrencesIn(section)) {
    const meant = meantBy(document, index, one);
    if (meant === undefined) continue;
    const span = shift(meant.span, start);
    if (span.start <= offset && offset <= span.end) return { ...meant, span };
  }
  return undefined;
}

/**
 * What a section's name means in its document: undefined for a title that does not name its request, since another one
 * goes by it; and for a variable that no line defines, the request whose answer it reads, as in `{{login.token}}`.
 */
export function meantBy(document: CbDocument, sectionIndex: number, one: Occurrence): Occurrence | undefined {
  const { role, name, span } = one;
  if (role === 'title') return requestNamed(document, name)?.sectionIndex === sectionIndex ? one : undefined;
  if (!mayReadAnswer(one) || fileVariables(document).has(name)) return one;
  const read = readResponseReference(name, (known) => requestNamed(document, known) !== undefined);
  if (read === null || read.requestName === name) return one;
  const end = span.start + read.requestName.length;
  return { kind: 'request', name: read.requestName, span: { start: span.start, end }, role };
}

/** True for a variable that may be an answer in httpYac’s form. */
export function mayReadAnswer({ kind, role, name }: Occurrence): boolean {
  return kind === 'variable' && role === 'use' && /[.[]/.test(name);
}

/** The names of a section in order, spans counted from its start. Kept with the section. */
export function occurrencesIn(section: Section): readonly Occurrence[] {
  let occurrences = occurrencesOfSection.get(section);
  if (occurrences === undefined) {
    occurrences = readOccurrences(section);
    occurrencesOfSection.set(section, occurrences);
  }
  return occurrences;
}

/**
 * The request whose answer an expression reads, as in `hello.response.body.$.id`, `hello.events[0].data` or
 * `hello.text`; null for any other expression.
 */
export function requestNameIn(expression: string): string | null {
  return /^([^$\s]\S*?)\.(?:request|response|events|text)(?=[.[]|$)/.exec(expression)?.[1] ?? null;
}

const occurrencesOfSection = new WeakMap<Section, readonly Occurrence[]>();

function readOccurrences(section: Section): Occurrence[] {
  const found: Occurrence[] = [];
  for (const variable of section.variables) {
    found.push({ kind: 'variable', name: variable.name, span: variable.nameSpan, role: 'definition' });
    addFunctionTarget(found, section, variable.valueSpan);
  }
  for (const directive of section.looseDirectives) {
    if (directive.word === 'function') addDirective(found, directive);
  }
  const title = section.requests[0]?.name === null ? section.requests[0].title : null;
  if (title !== null && section.titleSpan !== null && isWrittenOut(title)) {
    found.push({ kind: 'request', name: title, span: section.titleSpan, role: 'title' });
  }
  for (const request of section.requests) {
    for (const directive of request.directives) addDirective(found, directive);
    addFunctionTarget(found, section, request.targetPieces[0] ?? request.targetSpan);
  }
  for (const { expression, innerSpan } of referencesIn(section)) {
    addReference(found, section, expression, innerSpan);
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** The name of `fn://name/path` at the start of a target or a variable's value, where it is written out. */
function addFunctionTarget(found: Occurrence[], section: Section, span: Span): void {
  const prefix = section.text.slice(span.start, span.start + 'fn://'.length);
  if (prefix.toLowerCase() !== 'fn://') return;
  const start = span.start + prefix.length;
  const name = /^[^/?#\s]*/.exec(section.text.slice(start, span.end))?.[0] ?? '';
  if (!isWrittenOut(name)) return;
  found.push({ kind: 'function', name, span: { start, end: start + name.length }, role: 'use' });
}

function addDirective(found: Occurrence[], { word, value, valueSpan }: Directive): void {
  if (!isWrittenOut(value)) return;
  switch (word) {
    case 'name':
      found.push({ kind: 'request', name: value, span: valueSpan, role: 'definition' });
      break;
    case 'ref':
    case 'force-ref':
      found.push({ kind: 'request', name: value, span: valueSpan, role: 'use' });
      break;
    case 'function':
      found.push({ kind: 'function', name: value, span: valueSpan, role: 'use' });
      break;
    case 'prompt': {
      const name = value.split(/\s/, 1)[0] ?? '';
      const span = { start: valueSpan.start, end: valueSpan.start + name.length };
      found.push({ kind: 'variable', name, span, role: 'prompt' });
      break;
    }
  }
}

/** `{{name}}` or a request's answer; system variables name nothing of the file. */
function addReference(found: Occurrence[], section: Section, expression: string, innerSpan: Span): void {
  if (isSystemVariable(expression)) return;
  const inner = section.text.slice(innerSpan.start, innerSpan.end);
  const start = innerSpan.start + (inner.length - inner.trimStart().length);
  const request = requestNameIn(expression);
  const name = request ?? expression;
  if (!section.text.startsWith(name, start)) return; // joined from several lines
  const kind = request === null ? 'variable' : 'request';
  found.push({ kind, name, span: { start, end: start + name.length }, role: 'use' });
}

function isWrittenOut(name: string): boolean {
  return name !== '' && !name.includes('{{');
}
