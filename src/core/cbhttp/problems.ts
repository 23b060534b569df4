import { msg } from '../message.ts';
import { isDirective } from './directives.ts';
import { shift, type CbDocument, type Problem, type Section } from './document.ts';

/** What the parser found, in file order, with spans of the document. Kept for each document. */
export function documentProblems(document: CbDocument): readonly Problem[] {
  let problems = problemsOf.get(document);
  if (problems === undefined) {
    problems = collectProblems(document);
    problemsOf.set(document, problems);
  }
  return problems;
}

const problemsOf = new WeakMap<CbDocument, readonly Problem[]>();

function collectProblems({ sections, offsets }: CbDocument): Problem[] {
  const found: Problem[] = [];
  let isBelowRequest = false;
  let isBelowMarkdown = false;
  for (let index = 0; index < sections.length; index++) {
    const section = sections[index];
    if (section === undefined) break;
    const offset = offsets[index] ?? 0;
    if (isBelowMarkdown) found.push(cutMarkdown(section, offset));
    for (const problem of section.problems)
      found.push(offset === 0 ? problem : { ...problem, span: shift(problem.span, offset) });
    for (const problem of strayDirectives(section, offset, isBelowRequest)) found.push(problem);
    isBelowRequest ||= section.requests.length > 0;
    isBelowMarkdown = section.endsInMarkdown;
  }
  return found;
}

/** Directives without a request, but for `@function` above the first one, which holds for the whole file. */
function strayDirectives(section: Section, offset: number, isBelowRequest: boolean): Problem[] {
  if (section.looseDirectives.length === 0) return [];
  return section.looseDirectives
    .filter(({ word }) => isDirective(word) && (word !== 'function' || isBelowRequest))
    .map(({ word, span }) => ({
      severity: 'warning',
      code: 'stray-directive',
      message: msg('@{0} has no request to apply to.', word),
      span: shift(span, offset),
      data: { word },
    }));
}

function cutMarkdown(section: Section, offset: number): Problem {
  const line = /^[^\r\n]*/.exec(section.text)?.[0] ?? '';
  return {
    severity: 'hint',
    code: 'body-ends-here',
    message: msg(
      'This line ends the Markdown body above. To send it as part of the body, write \\### instead.',
    ),
    span: { start: offset, end: offset + line.length },
  };
}
