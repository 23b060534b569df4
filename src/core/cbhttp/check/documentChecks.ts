import {
  fileFunction,
  fileVariables,
  shift,
  type CbDocument,
  type Problem,
  type Section,
} from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { lookUp, type LookUp } from '../variables/lookUp.ts';
import { checkSection } from './checkSection.ts';
import { changedNames, environmentOf, type Environment } from './environment.ts';
import { NameIndex } from './nameIndex.ts';
import { fileState, outcomeOf, SectionView, type CheckScope, type Dependencies } from './sectionView.ts';
import { isSameSurroundings, type Surroundings } from './surroundings.ts';

/** What the check of a section found, and what that rests on. */
interface Checked {
  /** Spans from the section's start. */
  readonly problems: readonly Problem[];
  readonly dependencies: Dependencies;
  /** True where it rests on what may change without an edit of this document. */
  readonly isVolatile: boolean;
  /** The problems where the section stood last. */
  placed: readonly Problem[];
  offset: number;
}

/** What is known of a document from the last time it was checked, whichever version that was. */
export class DocumentChecks {
  #sections: readonly Section[] = [];
  /** One for each of those sections. */
  #checked: readonly Checked[] = [];
  #surroundings: Surroundings | null = null;
  #environment: Environment | null = null;
  readonly #names = new NameIndex();
  /** Those whose names are in the index: they are the newest, also where a check was given up. */
  #named: readonly Section[] = [];

  /**
   * Finds the problems of this version, as {@link checkDocument} has them, without the parser's; section by section,
   * so that it can be left for a while. It may be given up, and must be once there is a newer version.
   */
  *check(document: CbDocument, context: LanguageContext): Generator<void, Problem[]> {
    const { sections } = document;
    this.#nameAll(sections);
    yield;
    const last = this.#checked;
    const kept = commonEnds(this.#sections, sections);
    const scope = this.#scopeOf(document, context);
    const surroundings = { context, fileFunction: scope.fileFunction };
    const outcome = (expression: string, at: number): string => outcomeOf(scope.lookUp(expression, at, true));
    const environment = environmentOf(document, context.profiles, outcome);
    const changed = this.#environment && changedNames(this.#environment, environment);
    const isSame = this.#surroundings !== null && isSameSurroundings(this.#surroundings, surroundings);

    const checked = new Array<Checked>(sections.length);
    const problems: Problem[] = [];
    for (let index = 0; index < sections.length; index++) {
      const section = sections[index];
      if (section === undefined) break;
      const offset = document.offsets[index] ?? 0;
      const before =
        index < kept.start ? index : index >= kept.newEnd ? index - kept.newEnd + kept.oldEnd : -1;
      const known = isSame ? last[before] : undefined;
      const isRight =
        known !== undefined &&
        (changed === null || usesNone(known.dependencies, changed)) &&
        (!known.isVolatile || hasSameAnswers(known.dependencies, offset, scope, outcome));
      const result = isRight ? known : check(section, offset, scope);
      if (!isRight || index % MANY === 0) yield;
      checked[index] = result;
      if (result.problems.length > 0) for (const problem of place(result, offset)) problems.push(problem);
    }
    this.#sections = sections;
    this.#checked = checked;
    this.#surroundings = surroundings;
    this.#environment = environment;
    for (const problem of this.#names.problemsOf(document)) problems.push(problem);
    return problems;
  }

  #nameAll(sections: readonly Section[]): void {
    const { start, oldEnd, newEnd } = commonEnds(this.#named, sections);
    this.#names.replace(this.#named.slice(start, oldEnd), sections.slice(start, newEnd));
    this.#named = sections;
  }

  #scopeOf(document: CbDocument, context: LanguageContext): CheckScope {
    const others = new Set(context.otherRequestNames);
    const known = new Map<string, LookUp>();
    return {
      document,
      context,
      fileFunction: fileFunction(document)?.directive.value,
      isRequestName: (name) => this.#names.has(name) || others.has(name),
      lookUp: (expression, at, isPlain) => {
        if (!isPlain || expression.startsWith('$')) return lookUp(document, expression, at, context);
        let found = known.get(expression);
        if (found === undefined) {
          found = lookUp(document, expression, at, context);
          // With one definition to choose from, or none, it means the same everywhere.
          const count = fileVariables(document).get(expression)?.length ?? 0;
          if (count < 2) known.set(expression, found);
        }
        return found;
      },
    };
  }
}

/** So many sections that need no check are gone through at once. */
const MANY = 200;

function check(section: Section, offset: number, scope: CheckScope): Checked {
  const view = new SectionView(section, offset, scope);
  checkSection(view);
  const isVolatile = view.outcomes.length + view.requests.size + view.files.size > 0;
  return { problems: view.problems, dependencies: view, isVolatile, placed: [], offset: -1 };
}

function place(checked: Checked, offset: number): readonly Problem[] {
  if (checked.offset !== offset) {
    checked.placed = checked.problems.map((problem) => ({ ...problem, span: shift(problem.span, offset) }));
    checked.offset = offset;
  }
  return checked.placed;
}

/** How many sections two versions share at their beginnings, and from where on to their ends. */
function commonEnds(
  before: readonly Section[],
  after: readonly Section[],
): { start: number; oldEnd: number; newEnd: number } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let oldEnd = before.length;
  let newEnd = after.length;
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  return { start, oldEnd, newEnd };
}

function usesNone({ names }: Dependencies, changed: ReadonlySet<string>): boolean {
  for (const name of names) if (changed.has(name)) return false;
  return true;
}

function hasSameAnswers(
  { outcomes, requests, files }: Dependencies,
  offset: number,
  scope: CheckScope,
  outcomeNow: (expression: string, at: number) => string,
): boolean {
  return (
    outcomes.every(({ expression, at, outcome }) => outcomeNow(expression, offset + at) === outcome) &&
    [...requests].every(([name, answer]) => scope.isRequestName(name) === answer) &&
    [...files].every(([path, state]) => fileState(path, scope.context) === state)
  );
}
