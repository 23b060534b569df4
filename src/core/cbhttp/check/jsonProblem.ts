import { msg, type Message } from '../../message.ts';
import { firstJsonFault } from '../../stream/lint/jsonFault.ts';
import type { Span } from '../document.ts';
import type { StaticText } from './staticText.ts';

/**
 * Where and why a body is no JSON; the span is one of the written text. Null for JSON, and where the fault may
 * lie in what is known only when sending.
 */
export function findJsonProblem(body: StaticText): { message: Message; span: Span } | null {
  const { text, holes } = body;
  if (isJson(text)) return null;
  const fault = firstJsonFault(text);
  if (fault === null) return null; // the platform's parser refuses what the grammar allows: too deep
  const { offset } = fault;
  const hole = holes.findLast(({ start }) => start <= offset);
  if (hole !== undefined && text.slice(hole.end, offset).trim() === '') return null;
  if (offset >= text.length) {
    const last = Math.max(0, text.trimEnd().length - 1);
    const message = msg('The JSON ends too early: a bracket or a quote is not closed.');
    return { message, span: body.written({ start: last, end: last + 1 }) };
  }
  const message = isJson(text.slice(0, offset)) ? msg('Text follows the JSON value.') : fault.reason;
  const end = offset + (/^[\w$.-]+/.exec(text.slice(offset, offset + 100))?.[0].length ?? 1);
  return { message, span: body.written({ start: offset, end }) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
