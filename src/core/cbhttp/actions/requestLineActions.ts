import { msg } from '../../message.ts';
import type { Problem } from '../document.ts';
import { methods } from '../knowledge/methods.ts';
import { quickFix, replaceAt, type ActionPlace, type CodeAction } from './codeAction.ts';
import { nearest } from './nearest.ts';

const KEYWORDS = [...methods.keys()];

/** The method that a word in its place was meant to be. */
export function correctMethod(place: ActionPlace, { span }: Problem): CodeAction[] {
  const start = span.start - place.offset;
  const word = /^[A-Za-z]+(?=[ \t]+\S)/.exec(place.section.text.slice(start, span.end - place.offset))?.[0];
  const meant = word && nearest(word, KEYWORDS);
  if (!meant) return [];
  const edit = replaceAt(place, { start, end: start + word.length }, meant);
  return [quickFix(msg('Change to {0}', meant), [edit], true)];
}

/** Lets a request with a body be a POST. */
export function sendAsPost(place: ActionPlace, problem: Problem): CodeAction[] {
  const at = problem.span.start - place.offset;
  const request = place.section.requests.find(
    ({ requestLineSpan }) => requestLineSpan.start <= at && at <= requestLineSpan.end,
  );
  if (request === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return [];
  const { methodSpan, requestLineSpan } = request;
  const edit =
    methodSpan === null
      ? replaceAt(place, { start: requestLineSpan.start, end: requestLineSpan.start }, 'POST ')
      : replaceAt(place, methodSpan, 'POST');
  return [quickFix(msg('Change to {0}', 'POST'), [edit], true)];
}

/** Writes the method in capitals, as HTTP has it. */
export function capitalizeMethod(place: ActionPlace): CodeAction[] {
  const { placed, section, offset, span } = place;
  const method = placed?.request.methodSpan;
  if (placed === undefined || !method || offset + method.start > span.end || span.start > offset + method.end)
    return [];
  const written = section.text.slice(method.start, method.end);
  if (written === placed.request.method) return [];
  return [
    {
      title: msg('Change to {0}', placed.request.method),
      kind: 'refactor',
      edits: [replaceAt(place, method, placed.request.method)],
      isPreferred: false,
    },
  ];
}
