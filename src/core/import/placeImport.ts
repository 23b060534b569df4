import type { Span } from '../cbhttp/document.ts';

/**
 * The text of imported requests as it fits a place of a document: with what has to stand around it, and without its
 * first title where the place has one.
 * @param span what gives way, with line ends as LF
 * @param text from `writeImported`
 * @returns null within a request, and on a line that is not blank
 */
export function placeImport(document: string, span: Span, text: string): string | null {
  const before = document.slice(0, span.start);
  const after = document.slice(span.end);
  if (!/(?:^|\n)$/.test(before) || !/^[ \t]*(?:\n|$)/.test(after)) return null;
  const sectionStart = Math.max(before.startsWith('###') ? 0 : -1, before.lastIndexOf('\n###') + 1, 0);
  const head = before.slice(sectionStart);
  const next = after.startsWith('###') ? 0 : after.indexOf('\n###') + 1;
  const tail = next === 0 && !after.startsWith('###') ? after : after.slice(0, next);
  const isTitled = head.startsWith('###');
  const content = isTitled ? head.slice(head.indexOf('\n') + 1) : head;
  if (content.trim() === '') {
    const own = isTitled ? text.slice(text.indexOf('\n') + 1) : text;
    return tail.trim() === '' ? own : `${own}\n###\n`;
  }
  if (tail.trim() !== '') return null;
  return appendImport(before, text);
}

/** The text of imported requests as it is added to a document's end, or behind a request. */
export function appendImport(before: string, text: string): string {
  if (before.trim() === '' || before.endsWith('\n\n')) return text;
  return before.endsWith('\n') ? `\n${text}` : `\n\n${text}`;
}
