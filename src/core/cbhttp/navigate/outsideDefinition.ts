import { sectionIndexAt, shift, type CbDocument, type Span } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { referencesIn } from '../references.ts';
import { lookUp } from '../variables/lookUp.ts';
import { readSystemVariable } from '../variables/systemVariables.ts';

/** A variable whose value stands in another file than its uses. */
export interface OutsideVariable {
  /** `setting`: in `cbhttp.profiles`. `dotenv`: in a `.env` file. */
  readonly kind: 'setting' | 'dotenv';
  readonly name: string;
  /** Of a setting, `$shared` where all profiles have it; empty for `.env`. */
  readonly profile: string;
  /** Of the expression that uses it, absolute. */
  readonly span: Span;
}

/** The variable of the settings or of `.env` that is used at an offset, its end included, or undefined. */
export function outsideVariable(
  document: CbDocument,
  offset: number,
  context: LanguageContext,
): OutsideVariable | undefined {
  const index = sectionIndexAt(document, offset);
  const section = document.sections[index];
  const start = document.offsets[index] ?? 0;
  const reference =
    section &&
    referencesIn(section).find(({ innerSpan }) => {
      return start + innerSpan.start <= offset && offset <= start + innerSpan.end;
    });
  if (reference === undefined) return undefined;
  const { expression } = reference;
  const span = shift(reference.innerSpan, start);
  if (expression.startsWith('$')) {
    const use = readSystemVariable(expression);
    const isDotenv = 'kind' in use && use.kind === 'dotenv';
    return isDotenv ? { kind: 'dotenv', name: use.name, profile: '', span } : undefined;
  }
  const found = lookUp(document, expression, span.start, context);
  return found.kind === 'known' && (found.source === 'profile' || found.source === 'shared')
    ? { kind: 'setting', name: expression, profile: found.profile ?? '', span }
    : undefined;
}
