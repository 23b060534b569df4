import { sectionIndexAt, shift, type CbDocument, type Span } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { occurrencesIn } from '../navigate/occurrences.ts';
import { referencesIn } from '../references.ts';
import { lookUp } from '../variables/lookUp.ts';

/** What only the workspace tells: that a name means nothing. All else is the grammar's. */
export interface SemanticToken {
  readonly kind: 'unresolvedVariable' | 'unknownFunction';
  /** Absolute, on one line. */
  readonly span: Span;
}

/** The tokens of the sections that a stretch of the document touches, in order. */
export function semanticTokensOf(
  document: CbDocument,
  range: Span,
  context: LanguageContext,
): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  const last = sectionIndexAt(document, range.end);
  for (let index = sectionIndexAt(document, range.start); index <= last; index++) {
    const section = document.sections[index];
    const offset = document.offsets[index] ?? 0;
    if (section === undefined) break;
    for (const { expression, innerSpan } of referencesIn(section)) {
      const found = lookUp(document, expression, offset + innerSpan.start, context);
      if (found.kind === 'known' || found.reason === 'no-response') continue;
      tokens.push({ kind: 'unresolvedVariable', span: shift(innerSpan, offset) });
    }
    for (const { kind, name, span } of occurrencesIn(section)) {
      if (kind !== 'function' || context.functions.some((one) => one.name === name)) continue;
      tokens.push({ kind: 'unknownFunction', span: shift(span, offset) });
    }
  }
  return tokens.sort((one, other) => one.span.start - other.span.start);
}
