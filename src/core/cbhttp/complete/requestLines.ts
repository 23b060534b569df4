import type { CbDocument } from '../document.ts';
import { methods } from '../knowledge/methods.ts';
import type { LanguageContext } from '../languageContext.ts';
import type { Completion } from './completion.ts';
import type { Place } from './place.ts';
import { functionAt, functionNames, functionPaths } from './usedFunctions.ts';
import { addressVariables } from './variables.ts';

/** First words of a request line, and the targets before which `GET` may be left out. */
export function methodsAndTargets(
  document: CbDocument,
  place: Place,
  context: LanguageContext,
): readonly Completion[] {
  const words = [...methods].map(([word, documentation]): Completion => {
    const isFollowed = place.span.end < place.lineSpan.end;
    return {
      label: word,
      kind: 'method',
      documentation,
      insertText: isFollowed ? word : `${word} `,
      span: place.span,
      group: 0,
      ...(isFollowed ? {} : { opensNext: true }),
    };
  });
  return [...words, ...functionTargets(document, place, context, 1)];
}

/** `fn://` functions, then their paths. */
export function targets(document: CbDocument, place: Place, context: LanguageContext): readonly Completion[] {
  const before = place.text.slice(0, place.offset - place.span.start);
  if (/^(?:fn:\/\/[^/?#]*|[a-z]*:?\/?)$/i.test(before) && before !== '/') {
    return functionTargets(document, place, context, 0);
  }
  const path = /^(fn:\/\/([^/?#\s]+))?\/[^?#]*$/i.exec(before);
  if (path === null) return [];
  const name = path[2] ?? functionAt(document, place);
  if (name === undefined) return [];
  const start = place.span.start + (path[1]?.length ?? 0);
  const end = start + (/^[^?#\s]*/.exec(place.text.slice(start - place.span.start))?.[0].length ?? 0);
  return functionPaths(document, name, context, place.request).map((one) => ({
    label: one,
    kind: 'path',
    insertText: one,
    span: { start, end },
    group: 0,
  }));
}

/** After the target. */
export function httpVersions(place: Place): readonly Completion[] {
  return ['HTTP/1.1', 'HTTP/2'].map((label) => ({
    label,
    kind: 'value',
    insertText: label,
    span: place.span,
    group: 0,
  }));
}

function functionTargets(
  document: CbDocument,
  place: Place,
  context: LanguageContext,
  group: number,
): Completion[] {
  const written = /^fn:\/\/[^/?#\s]*/i.exec(place.text)?.[0].length ?? place.offset - place.span.start;
  const span = { start: place.span.start, end: Math.max(place.offset, place.span.start + written) };
  const functions = functionNames(document, context, place.request).map((name): Completion => ({
    label: `fn://${name}`,
    kind: 'function',
    insertText: `fn://${name}`,
    span,
    group,
  }));
  const addresses = [...addressVariables(document, place, context)].map(([name, value]): Completion => ({
    label: `{{${name}}}`,
    kind: 'variable',
    detail: value,
    insertText: `{{${name}}}`,
    span,
    group,
  }));
  // `fn://` beside functions would stand first once it is typed, and say nothing new.
  const words = functions.length === 0 ? ['fn://', 'https://', 'http://'] : ['https://', 'http://'];
  const schemes = words.map((label): Completion => ({
    label,
    kind: 'scheme',
    insertText: label,
    span,
    group: group + 1,
  }));
  return [...functions, ...addresses, ...schemes];
}
