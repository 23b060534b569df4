import { msg } from '../../message.ts';
import { directiveWords } from '../directives.ts';
import { placedRequests, referredName, type Problem } from '../document.ts';
import { quickFix, type ActionPlace, type CodeAction } from './codeAction.ts';
import { createRequest } from './createRequest.ts';
import { nearest } from './nearest.ts';

/** Gives a request a name that no other has. */
export function renameDuplicate({ document }: ActionPlace, problem: Problem): CodeAction[] {
  const name = problem.data?.['name'] ?? '';
  const taken = new Set(placedRequests(document).map(({ request }) => request.name));
  let count = 2;
  while (taken.has(`${name}${count}`)) count++;
  const edit = { span: problem.span, text: `${name}${count}` };
  return [quickFix(msg('Change to {0}', edit.text), [edit], true)];
}

/** The profile, function, request or directive that a word in its place was meant to be. */
export function correctName(place: ActionPlace, problem: Problem): CodeAction[] {
  const written = problem.data?.['name'] ?? problem.data?.['word'] ?? '';
  const meant = written && nearest(written, knownNames(place, problem));
  if (!meant) return [];
  const start = place.section.text.indexOf(written, problem.span.start - place.offset) + place.offset;
  if (start < problem.span.start || start + written.length > problem.span.end) return [];
  const edit = { span: { start, end: start + written.length }, text: meant };
  return [quickFix(msg('Change to {0}', meant), [edit], true)];
}

/** The request that `@ref` asks for. */
export function createMissing(place: ActionPlace, problem: Problem): CodeAction[] {
  const name = problem.data?.['name'] ?? '';
  return /^[^\s.[\]{}$]+$/.test(name) ? [createRequest(place, name)] : [];
}

function knownNames({ document, context }: ActionPlace, { code }: Problem): string[] {
  switch (code) {
    case 'unknown-profile':
      return context.profiles.profiles.map(({ name }) => name);
    case 'unknown-function':
      return context.functions.filter(({ kind }) => kind === 'http').map(({ name }) => name);
    case 'unknown-request':
      return [
        ...placedRequests(document).flatMap(({ request }) => referredName(request) ?? []),
        ...context.otherRequestNames,
      ];
    case 'unknown-directive':
      return [...directiveWords];
    default:
      return [];
  }
}
