import { checkSteps } from '../core/cbhttp/check/checkDocument.ts';
import type { CbDocument, Problem } from '../core/cbhttp/document.ts';
import type { LanguageContext } from '../core/cbhttp/languageContext.ts';
import { inSlices } from './inSlices.ts';

/**
 * All problems of a document, found in slices: one variable may be used by ten thousand requests.
 * @param isStale asked before each step, true once the document has changed or nobody waits any more
 * @returns null if it was given up
 */
export async function checkInSlices(
  document: CbDocument,
  context: LanguageContext,
  isStale: () => boolean,
): Promise<readonly Problem[] | null> {
  let problems: readonly Problem[] | null = null;
  function* steps(): Generator<void> {
    const check = checkSteps(document, context);
    while (!isStale()) {
      const { done, value } = check.next();
      if (done === true) {
        problems = value;
        return;
      }
      yield;
    }
  }
  for await (const step of inSlices(steps())) void step;
  return problems;
}
