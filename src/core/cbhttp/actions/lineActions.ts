import { msg } from '../../message.ts';
import type { Problem } from '../document.ts';
import {
  lineAt,
  lineEnd,
  quickFix,
  removeLine,
  replaceAt,
  type ActionPlace,
  type CodeAction,
} from './codeAction.ts';

/** A line that was meant to open a section: too few marks, or none of `###`. */
const BROKEN_SEPARATOR = /^[ \t]*(?:#{2}(?!#)|#[ \t]+#+|#{3,}|-{3,}|={3,})[ \t]*(.*)$/;

/** Opens a section above a request line that stands among headers or in a body. */
export function separate(place: ActionPlace, problem: Problem): CodeAction[] {
  const end = lineEnd(place.document);
  let top = lineAt(place, problem.span.start - place.offset);
  const floor = aboveWhich(place, top.start);
  for (let line = top; line.start > floor;) {
    line = lineAt(place, line.start - 1);
    if (line.start <= floor) break;
    const text = place.section.text.slice(line.start, line.end);
    const broken = BROKEN_SEPARATOR.exec(text);
    if (broken !== null) {
      const fixed = `### ${broken[1] ?? ''}`.trimEnd();
      const edit = replaceAt(place, { start: line.start, end: line.end }, fixed);
      return [quickFix(msg('Make the line above a separator: {0}', fixed), [edit], true)];
    }
    if (/^[ \t]*(?:#|\/\/)/.test(text)) top = line;
    else if (text.trim() !== '') break;
  }
  const edit = replaceAt(place, { start: top.start, end: top.start }, `###${end}`);
  return [quickFix(msg('Put ### above this request'), [edit], problem.code === 'missing-separator')];
}

/** The last line that surely belongs to the request above. */
function aboveWhich({ section }: ActionPlace, at: number): number {
  const request = section.requests.findLast(({ requestLineSpan }) => requestLineSpan.end < at);
  return (
    request?.headers.findLast(({ span }) => span.end < at)?.span.start ?? request?.requestLineSpan.start ?? 0
  );
}

/** Lets the body begin after a blank line. */
export function separateBody(place: ActionPlace, problem: Problem): CodeAction[] {
  const { start } = lineAt(place, problem.span.start - place.offset);
  const edit = replaceAt(place, { start, end: start }, lineEnd(place.document));
  return [quickFix(msg('Put a blank line above the body'), [edit], true)];
}

/** Lets a `###` be text of the body above. */
export function escapeSeparator(problem: Problem): CodeAction[] {
  const { start } = problem.span;
  const edit = { span: { start, end: start }, text: '\\' };
  return [quickFix(msg('Make this line part of the body above'), [edit], false)];
}

/** Takes out a line that has no effect. */
export function dropLine(place: ActionPlace, problem: Problem): CodeAction[] {
  return [quickFix(msg('Remove this line'), [removeLine(place, problem.span.start - place.offset)], false)];
}
