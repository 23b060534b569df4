import { takesVariables } from './directives.ts';
import type { Directive, Section, Span } from './document.ts';
import { findPlaceholders } from './variables/placeholders.ts';

/** `{{…}}` in a section. */
export interface VariableReference {
  /** What stands between the braces, trimmed. */
  readonly expression: string;
  /** Braces included; like all spans of a section from its start. */
  readonly span: Span;
  /** Of the expression. */
  readonly innerSpan: Span;
  readonly where: 'target' | 'header' | 'body' | 'variable' | 'directive';
}

/** All `{{…}}` that are replaced when the section's requests are sent, in order. Kept for each section. */
export function referencesIn(section: Section): readonly VariableReference[] {
  let references = referencesOf.get(section);
  if (references === undefined) {
    references = section.text.includes('{{') ? collectReferences(section) : [];
    referencesOf.set(section, references);
  }
  return references;
}

const referencesOf = new WeakMap<Section, readonly VariableReference[]>();

function collectReferences(section: Section): VariableReference[] {
  const found: VariableReference[] = [];
  forEachText(section, (span, where) => {
    for (const { start, end, innerStart, innerEnd, expression } of findPlaceholders(
      section.text.slice(span.start, span.end),
    )) {
      found.push({
        expression,
        span: { start: span.start + start, end: span.start + end },
        innerSpan: { start: span.start + innerStart, end: span.start + innerEnd },
        where,
      });
    }
  });
  return found.sort((one, other) => one.span.start - other.span.start);
}

/** All stretches of a section in which `{{…}}` is replaced. */
export function forEachText(
  section: Section,
  look: (span: Span, where: VariableReference['where']) => void,
): void {
  const lookInDirective = ({ word, valueSpan }: Directive): void => {
    if (takesVariables(word)) look(valueSpan, 'directive');
  };
  for (const { valueSpan } of section.variables) look(valueSpan, 'variable');
  for (const { kind, span } of section.foreign) if (kind === 'fragment') look(span, 'body');
  section.looseDirectives.forEach(lookInDirective);
  for (const request of section.requests) {
    request.directives.forEach(lookInDirective);
    for (const piece of request.targetPieces) look(piece, 'target');
    for (const { valueSpan } of request.headers) look(valueSpan, 'header');
    if (request.bodySpan !== null) {
      for (const span of withoutForeign(request.bodySpan, section)) look(span, 'body');
    }
  }
}

/** What is left of a body without the lines of other tools. */
function withoutForeign(body: Span, section: Section): Span[] {
  const left: Span[] = [];
  let start = body.start;
  for (const { span } of section.foreign) {
    if (span.start < start || span.end > body.end) continue;
    left.push({ start, end: span.start });
    start = span.end;
  }
  left.push({ start, end: body.end });
  return left;
}
