import { msg } from '../../message.ts';
import { placedRequests, type CbDocument, type Section } from '../document.ts';
import { lineEnd, quickFix, type ActionPlace, type CodeAction } from './codeAction.ts';

/** So many functions are offered at one place. */
const MAX_FUNCTIONS = 5;

/** Adds a request of that name at the document's end. */
export function createRequest(place: ActionPlace, name: string): CodeAction {
  const { document } = place;
  const end = lineEnd(document);
  const text = [`### ${name}`, `# @name ${name}`, `GET fn://${functionName(place)}/`].join(end);
  const before = gapBefore(document, end) + text;
  return quickFix(
    msg('Create the request "{0}"', name),
    [{ span: { start: document.length, end: document.length }, text: before + end, caret: before.length }],
    false,
  );
}

/** In a section without a request: one for each HTTP function, those without a request in this file first. */
export function functionRequests(place: ActionPlace): CodeAction[] {
  const { document, section, context, span, offset } = place;
  if (section.requests.length > 0 || section.variables.length > 0 || !isBlankBelowTitle(section)) return [];
  const end = lineEnd(document);
  const isTitled = section.text.startsWith('###');
  const at =
    offset + Math.min(Math.max(span.start - offset, isTitled ? titleEnd(section) : 0), section.text.length);
  const functions = context.functions.filter(({ kind }) => kind === 'http');
  const isUsed = (name: string): boolean =>
    placedRequests(document).some(({ request }) => usesFunction(request.target, name));
  const unused = functions.filter(({ name }) => !isUsed(name));
  const offered = [...unused, ...functions.filter((one) => !unused.includes(one))];
  return offered.slice(0, MAX_FUNCTIONS).map(({ name, paths }) => {
    const isOnTitle = isTitled && at === offset + titleEnd(section);
    const line = `${isOnTitle ? end : ''}GET fn://${name}${paths[0] ?? '/'}`;
    return {
      title: msg('Create a request to the function "{0}"', name),
      kind: 'refactor',
      edits: [{ span: { start: at, end: at }, text: line, caret: line.length }],
      isPreferred: false,
    };
  });
}

function usesFunction(target: string, name: string): boolean {
  if (!target.startsWith(`fn://${name}`)) return false;
  return /^[/?#]?$/.test(target.charAt(`fn://${name}`.length));
}

function isBlankBelowTitle(section: Section): boolean {
  const below = section.text.startsWith('###') ? section.text.slice(titleEnd(section)) : section.text;
  return /^\s*$/.test(below);
}

function titleEnd({ text }: Section): number {
  return /^[^\r\n]*/.exec(text)?.[0].length ?? 0;
}

/** The function of this request, else the first of the workspace. */
function functionName({ placed, context }: ActionPlace): string {
  const written = placed && /^fn:\/\/([\w-]+)/i.exec(placed.request.target)?.[1];
  return written ?? context.functions.find(({ kind }) => kind === 'http')?.name ?? 'my-function';
}

/** What has to stand between the document's last line and a new section. */
function gapBefore({ sections }: CbDocument, end: string): string {
  const last = sections.at(-1)?.text ?? '';
  if (last.trim() === '') return last === '' || /[\r\n]$/.test(last) ? '' : end;
  if (/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(last)) return '';
  return /[\r\n]$/.test(last) ? end : end + end;
}
