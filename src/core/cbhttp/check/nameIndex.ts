import { referredName, type CbDocument, type Problem, type Section } from '../document.ts';
import { nameProblems } from './nameProblems.ts';

/** The names of a document's requests, kept while the document changes section by section. */
export class NameIndex {
  /** How many requests have each name. */
  readonly #counts = new Map<string, number>();
  /** Names that several requests have, and `@ref`s: without either nothing can be wrong. */
  #repeated = 0;
  #references = 0;
  /** True if nothing was wrong and no name or `@ref` has changed since. */
  #isSound = true;

  /** Sections give way to others. */
  replace(before: readonly Section[], after: readonly Section[]): void {
    const old = before.flatMap(namesIn);
    const now = after.flatMap(namesIn);
    if (old.length === now.length && old.every((word, index) => word === now[index])) return;
    for (const word of old) this.#count(word, -1);
    for (const word of now) this.#count(word, 1);
    this.#isSound = false;
  }

  has(name: string): boolean {
    return this.#counts.has(name);
  }

  /** Names given twice, and requests that wait for one another. */
  problemsOf(document: CbDocument): readonly Problem[] {
    if (this.#isSound || (this.#repeated === 0 && this.#references === 0)) return [];
    const problems = nameProblems(document);
    this.#isSound = problems.length === 0;
    return problems;
  }

  #count(word: string, step: 1 | -1): void {
    if (word.startsWith(REFERENCE)) {
      this.#references += step;
      return;
    }
    const name = word.slice(1);
    const before = this.#counts.get(name) ?? 0;
    const count = before + step;
    if (count === 0) this.#counts.delete(name);
    else this.#counts.set(name, count);
    this.#repeated += Number(count > 1) - Number(before > 1);
  }
}

const NAME = '=';
const REFERENCE = '>';

/** Names and `@ref`s of a section's requests, told apart by their first character. */
function namesIn({ requests }: Section): string[] {
  return requests.flatMap((request) => {
    const name = referredName(request);
    return [
      ...(name === null ? [] : [NAME + name]),
      ...request.directives
        .filter(({ word }) => word === 'ref' || word === 'force-ref')
        .map(({ value }) => REFERENCE + value),
    ];
  });
}
