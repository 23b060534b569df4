import { msg } from '../../message.ts';
import type { CbRequest, Problem } from '../document.ts';
import { lineAt, lineEnd, quickFix, replaceAt, type ActionPlace, type CodeAction } from './codeAction.ts';

/** Adds the Content-Type that the body seems to have. */
export function addContentType(place: ActionPlace, problem: Problem): CodeAction[] {
  const request = requestWithBody(place, problem);
  if (request === undefined) return [];
  const value = problem.data?.['mediaType'] ?? 'application/octet-stream';
  const last = request.headers.at(-1)?.span ?? request.targetPieces.at(-1) ?? request.requestLineSpan;
  const { end } = lineAt(place, Math.max(last.start, last.end - 1));
  const header = `Content-Type: ${value}`;
  const edit = replaceAt(place, { start: end, end }, `${lineEnd(place.document)}${header}`);
  return [quickFix(msg('Add "{0}"', header), [edit], true)];
}

/** Writes `-` for what a header's name cannot hold. */
export function repairHeaderName(place: ActionPlace, problem: Problem): CodeAction[] {
  const line = lineAt(place, problem.span.start - place.offset);
  const written = /^[ \t]*([^:]*?)[ \t]*(?=:)/.exec(place.section.text.slice(line.start, line.end));
  const name = written?.[1];
  if (!name || problem.span.start - place.offset >= line.start + (written?.[0].length ?? 0)) return [];
  const repaired = name.replace(/[^!#$%&'*+.^_`|~0-9A-Za-z-]+/gu, '-');
  if (/^-*$/.test(repaired) || name.includes('{{')) return [];
  const start = line.start + (written?.[0].indexOf(name) ?? 0);
  const edit = replaceAt(place, { start, end: start + name.length }, repaired);
  return [quickFix(msg('Change to {0}', repaired), [edit], true)];
}

/** The request whose body the problem stands at. */
function requestWithBody({ section, offset }: ActionPlace, { span }: Problem): CbRequest | undefined {
  const at = span.start - offset;
  return section.requests.find(
    ({ bodySpan }) => bodySpan !== null && bodySpan.start <= at && at <= bodySpan.end,
  );
}
