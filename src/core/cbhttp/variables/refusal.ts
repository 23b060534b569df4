import { CbError } from '../../errors.ts';
import { shift, type CbDocument, type Span } from '../document.ts';
import type { UnknownVariable } from './meaning.ts';
import { findPlaceholders } from './placeholders.ts';

/** The error, at the placeholder itself where that can be found again. */
export function refusal(
  found: UnknownVariable,
  expression: string,
  document: CbDocument,
  use: Span,
): CbError {
  const span = findAgain(document, found.within ?? use, found.within === null ? expression : null);
  return new CbError(
    found.reason === 'untrusted' ? 'untrusted-workspace' : 'unresolved-variable',
    found.message,
    { span },
  );
}

function findAgain(document: CbDocument, around: Span, expression: string | null): Span {
  for (const [index, section] of document.sections.entries()) {
    const offset = document.offsets[index] ?? 0;
    if (around.start < offset || around.start > offset + section.text.length || expression === null) continue;
    const text = section.text.slice(around.start - offset, around.end - offset);
    const found = findPlaceholders(text).find((one) => one.expression === expression);
    if (found !== undefined) return shift(found, around.start);
  }
  return around;
}
