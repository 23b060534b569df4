import { msg } from '../../message.ts';
import { fileVariables, type Problem } from '../document.ts';
import { lineEnd, quickFix, type ActionPlace, type CodeAction, type TextEdit } from './codeAction.ts';
import { createRequest } from './createRequest.ts';
import { nearest } from './nearest.ts';
import { hasRequest } from '../variables/lookUp.ts';
import { SYSTEM_VARIABLES } from '../variables/systemVariables.ts';

/** Ways to give an unknown variable a value: the name that was meant, a new one, or a request of that name. */
export function variableActions(place: ActionPlace, problem: Problem): CodeAction[] {
  const name = problem.data?.['name'] ?? '';
  return [...correctName(place, problem, name), ...createVariable(place, name)];
}

function correctName(place: ActionPlace, problem: Problem, name: string): CodeAction[] {
  const { document, context } = place;
  const [word = ''] = name.split(/[\s.]/, 1);
  const known = name.startsWith('$')
    ? SYSTEM_VARIABLES.map((one) => one.name)
    : [
        ...fileVariables(document).keys(),
        ...Object.keys(context.profiles.active.variables),
        ...Object.keys(context.profiles.sharedVariables),
      ];
  // What is wrong may be the arguments, or stand in the settings.
  const written = place.section.text.slice(
    problem.span.start - place.offset,
    problem.span.end - place.offset,
  );
  const meant = known.includes(word) || !written.includes(name) ? undefined : nearest(word, known);
  if (meant === undefined || (word !== name && !name.startsWith('$'))) return [];
  const rest = name.slice(word.length);
  const title = msg('Change to {0}', `{{${meant}${rest}}}`);
  return [quickFix(title, [{ span: problem.span, text: `{{${meant}${rest}}}` }], true)];
}

function createVariable(place: ActionPlace, name: string): CodeAction[] {
  if (name.startsWith('$')) return [];
  const request = /^([^\s.[\]{}$]+)\.(?:request|response|events|text)\b/.exec(name)?.[1];
  if (request !== undefined)
    return hasRequest(place.document, request) ? [] : [createRequest(place, request)];
  if (!/^[^\s={}]+$/.test(name)) return [];
  const { name: profile } = place.context.profiles.active;
  const inProfile: CodeAction = {
    title: msg('Set the variable {0} in the profile "{1}"', name, profile),
    kind: 'quickfix',
    edits: [],
    isPreferred: false,
    command: { kind: 'set-profile-variable', profile, name },
  };
  return [
    quickFix(msg('Define the variable {0} in this file', name), [define(place, name)], false),
    inProfile,
  ];
}

/** Below the variables at the document's beginning, else above everything. */
function define({ document }: ActionPlace, name: string): TextEdit {
  const end = lineEnd(document);
  const first = document.sections[0];
  const last = first?.variables.at(-1);
  const line = `@${name} = `;
  if (last !== undefined) {
    const text = `${end}${line}`;
    return { span: { start: last.span.end, end: last.span.end }, text, caret: text.length };
  }
  const start = first?.lineStarts[0] ?? 0;
  return { span: { start, end: start }, text: `${line}${end}${end}`, caret: line.length };
}
