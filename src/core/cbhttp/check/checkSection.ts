import { profileOf } from '../../profiles/profileFor.ts';
import { checkBody } from './bodyProblems.ts';
import { checkDirectives, checkLooseDirectives } from './directiveProblems.ts';
import { checkHeaderNames, checkHeaders } from './headerProblems.ts';
import { miniProgramProblems } from './miniProgramProblems.ts';
import type { SectionView } from './sectionView.ts';
import { checkTarget } from './targetProblems.ts';
import { checkVariables } from './variableProblems.ts';

/** Runs all checks that look at one section at a time; the view takes what they find. */
export function checkSection(view: SectionView): void {
  const { section } = view;
  checkVariables(view);
  if (section.problems.length > 0) checkHeaderNames(view);
  if (section.looseDirectives.length > 0) checkLooseDirectives(view);
  for (const request of section.requests) {
    const profile = profileOf(request, view.scope.context.profiles);
    const target = checkTarget(view, request, profile);
    checkHeaders(view, request);
    checkBody(view, request, target, profile);
    checkDirectives(view, request, target, profile);
    if (target !== undefined && target.functionName !== null)
      view.problems.push(...miniProgramProblems(request));
  }
}
