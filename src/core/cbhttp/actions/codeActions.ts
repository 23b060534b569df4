import { requestAtOffset, sectionIndexAt, type CbDocument, type Problem, type Span } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import type { ActionPlace, CodeAction } from './codeAction.ts';
import { functionRequests } from './createRequest.ts';
import { addressByName } from './functionUrlActions.ts';
import { addContentType, repairHeaderName } from './headerActions.ts';
import { dropLine, escapeSeparator, separate, separateBody } from './lineActions.ts';
import { correctName, createMissing, renameDuplicate } from './nameActions.ts';
import { capitalizeMethod, correctMethod, sendAsPost } from './requestLineActions.ts';
import { storeTokens } from './secretActions.ts';
import { variableActions } from './variableActions.ts';
import { msg } from '../../message.ts';

/**
 * What can be done at a span: fixes of the problems that touch it, and other ways to write what stands there.
 * @param span of the document; empty at a cursor
 */
export function codeActions(
  document: CbDocument,
  span: Span,
  problems: readonly Problem[],
  context: LanguageContext,
): readonly CodeAction[] {
  const fixes = problems
    .filter((problem) => problem.span.start <= span.end && span.start <= problem.span.end)
    .flatMap((problem) => {
      const place = placeOf(document, problem.span, context);
      return place === undefined ? [] : fixesOf(place, problem).map((action) => ({ ...action, problem }));
    });
  const place = placeOf(document, span, context);
  if (place === undefined) return fixes;
  return [
    ...fixes,
    ...capitalizeMethod(place),
    ...addressByName(place),
    ...storeTokens(place),
    ...functionRequests(place),
  ];
}

function placeOf(document: CbDocument, span: Span, context: LanguageContext): ActionPlace | undefined {
  const index = sectionIndexAt(document, span.start);
  const section = document.sections[index];
  if (section === undefined) return undefined;
  const placed = requestAtOffset(document, span.start);
  return { document, context, section, offset: document.offsets[index] ?? 0, span, placed };
}

function fixesOf(place: ActionPlace, problem: Problem): CodeAction[] {
  switch (problem.code) {
    case 'unknown-variable':
      return variableActions(place, problem);
    case 'missing-separator':
    case 'request-line-in-body':
      return separate(place, problem);
    case 'missing-blank-line':
      return separateBody(place, problem);
    case 'body-ends-here':
      return escapeSeparator(problem);
    case 'unknown-method':
    case 'not-a-request':
      return correctMethod(place, problem);
    case 'body-with-get':
      return sendAsPost(place, problem);
    case 'missing-content-type':
      return addContentType(place, problem);
    case 'invalid-header':
      return repairHeaderName(place, problem);
    case 'duplicate-name':
      return renameDuplicate(place, problem);
    case 'unknown-request':
      return [...correctName(place, problem), ...createMissing(place, problem)];
    case 'unknown-profile':
    case 'unknown-function':
    case 'unknown-directive':
      return correctName(place, problem);
    case 'computed-header':
    case 'unreached-directive':
    case 'stray-directive':
      return dropLine(place, problem);
    case 'no-address':
      return [
        {
          title: msg('Open the settings of the profiles'),
          kind: 'quickfix',
          edits: [],
          isPreferred: false,
          command: { kind: 'open-settings' },
        },
      ];
    default:
      return [];
  }
}
