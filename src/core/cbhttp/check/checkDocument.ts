import type { CbDocument, Problem, Section } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { documentProblems } from '../problems.ts';
import { DocumentChecks } from './documentChecks.ts';

/**
 * Everything that can be said about a document without sending anything: the parser's problems and those of its
 * variables, targets, headers, bodies, directives and names. Spans are of the document. A section is checked anew
 * only when it, or something it rests on, has changed; so after an edit the time goes by what that edit touched.
 */
export function checkDocument(document: CbDocument, context: LanguageContext): readonly Problem[] {
  const steps = checkSteps(document, context);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * {@link checkDocument} in steps, none of which takes long. It may be given up, and must be once the document has
 * changed.
 */
export function* checkSteps(
  document: CbDocument,
  context: LanguageContext,
): Generator<void, readonly Problem[]> {
  const parsed = documentProblems(document);
  yield;
  const checked = yield* checksOf(document).check(document, context);
  return [...parsed, ...checked];
}

/** An edit leaves a document's first section or its last: by them the results before it are found again. */
const checksOfEnds = new WeakMap<Section, DocumentChecks>();

function checksOf({ sections }: CbDocument): DocumentChecks {
  const ends = [sections[0], sections.at(-1)].filter((section) => section !== undefined);
  let checks: DocumentChecks | undefined;
  for (const section of ends) checks ??= checksOfEnds.get(section);
  checks ??= new DocumentChecks();
  for (const section of ends) checksOfEnds.set(section, checks);
  return checks;
}
