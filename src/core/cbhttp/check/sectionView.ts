import type { Message } from '../../message.ts';
import {
  directiveOf,
  type CbDocument,
  type CbRequest,
  type Directive,
  type Problem,
  type Section,
  type Severity,
  type Span,
} from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import type { ProblemCode } from '../problemCode.ts';
import type { LookUp } from '../variables/lookUp.ts';
import { isVolatile } from './environment.ts';
import { staticText, type StaticText } from './staticText.ts';

/** Where a body file leads. */
export type FileState = 'there' | 'missing' | 'outside' | 'unknown';

/** What a section's result rests on beside its own text, its functions and profiles. */
export interface Dependencies {
  /** Names of variables. */
  readonly names: ReadonlySet<string>;
  /** Expressions whose meaning may change without an edit, where each stands in the section, and what it meant. */
  readonly outcomes: readonly {
    readonly expression: string;
    readonly at: number;
    readonly outcome: string;
  }[];
  /** Names of requests, and whether there was one. */
  readonly requests: ReadonlyMap<string, boolean>;
  /** Body files, and what was known of them. */
  readonly files: ReadonlyMap<string, FileState>;
}

/** What the check of a section may ask for. */
export interface CheckScope {
  readonly document: CbDocument;
  readonly context: LanguageContext;
  /** `@function` of the whole file. */
  readonly fileFunction: string | undefined;
  /** True for the `@name` of a request of the file or of another one of the workspace. */
  readonly isRequestName: (name: string) => boolean;
  /**
   * What a `{{expression}}` at an offset of the document means.
   * @param isPlain true where neither `@prompt` nor `@profile` of the request there has a part in it
   */
  readonly lookUp: (expression: string, at: number, isPlain: boolean) => LookUp;
}

/**
 * A section as its checks see it: spans count from the section's start, and every question about something
 * outside the section is noted, so that the answer can be kept until one of them changes.
 */
export class SectionView implements Dependencies {
  readonly section: Section;
  /** Of the section, in the document. */
  readonly offset: number;
  readonly scope: CheckScope;
  readonly problems: Problem[] = [];
  readonly names = new Set<string>();
  readonly outcomes: { expression: string; at: number; outcome: string }[] = [];
  readonly requests = new Map<string, boolean>();
  readonly files = new Map<string, FileState>();
  readonly #isPlain: boolean;

  constructor(section: Section, offset: number, scope: CheckScope) {
    this.section = section;
    this.offset = offset;
    this.scope = scope;
    this.#isPlain = !section.requests.some(({ directives }) =>
      directives.some(({ word }) => word === 'prompt' || word === 'profile'),
    );
  }

  report(
    code: ProblemCode,
    severity: Severity,
    message: Message,
    span: Span,
    data?: Readonly<Record<string, string>>,
  ): void {
    this.problems.push({ code, severity, message, span, ...(data === undefined ? {} : { data }) });
  }

  /** What a `{{expression}}` at an offset of the section means. */
  lookUp(expression: string, at: number): LookUp {
    const found = this.scope.lookUp(expression, this.offset + at, this.#isPlain);
    if (isVolatile(expression)) this.outcomes.push({ expression, at, outcome: outcomeOf(found) });
    else this.names.add(expression);
    return found;
  }

  /** A text of the section with its variables replaced; null where one of them has no value. */
  replace(text: string, at: number, hole = '1'): StaticText | null {
    let isComplete = true;
    const replaced = staticText(
      text,
      (expression) => {
        const found = this.lookUp(expression, at);
        // The last answer's text is not what the next one says.
        if (found.kind === 'known') return found.source === 'response' ? null : found.value;
        if (found.reason !== 'no-response' && found.reason !== 'nothing-found') isComplete = false;
        return null;
      },
      hole,
    );
    return isComplete ? replaced : null;
  }

  isRequestName(name: string): boolean {
    const answer = this.scope.isRequestName(name);
    this.requests.set(name, answer);
    return answer;
  }

  fileState(path: string): FileState {
    const state = fileState(path, this.scope.context);
    this.files.set(path, state);
    return state;
  }

  /** The last of a request's directives of that word, and its value if it is known now. */
  directive(request: CbRequest, word: string): { directive: Directive; value: string | null } | undefined {
    const directive = directiveOf(request, word);
    if (directive === undefined) return undefined;
    const replaced = this.replace(directive.value, directive.valueSpan.start);
    return { directive, value: replaced === null || replaced.holes.length > 0 ? null : replaced.text };
  }
}

/** What a look-up gave, as one text that can be compared. */
export function outcomeOf(found: LookUp): string {
  return found.kind === 'known'
    ? `${found.source} ${found.value ?? ''}`
    : `${found.reason} ${found.message.text} ${found.message.args.join(' ')}`;
}

/** What is known of a body file. */
export function fileState(path: string, context: LanguageContext): FileState {
  if (context.isOutside?.(path) === true) return 'outside';
  const exists = context.fileExists(path);
  return exists === undefined ? 'unknown' : exists ? 'there' : 'missing';
}
