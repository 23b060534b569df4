import { lastAtOrBelow, type CbRequest, type Section, type Span } from '../document.ts';

/** Where an offset of a request's body stands in its section: the body leaves out other tools' lines. */
export function bodyOffsets(section: Section, request: CbRequest): (offset: number) => number {
  const starts = bodyLineStarts(section, request);
  const body = request.body ?? '';
  return (offset) => {
    const before = body.slice(0, offset);
    const line = before.split('\n').length - 1;
    return (starts[line] ?? request.bodySpan?.start ?? 0) + offset - (before.lastIndexOf('\n') + 1);
  };
}

/** Where each line of a request's body starts in its section. */
export function bodyLineStarts(section: Section, { body, bodySpan }: CbRequest): readonly number[] {
  if (body === null || bodySpan === null) return [];
  const foreign = foreignLines(section);
  const starts: number[] = [];
  let line = lastAtOrBelow(section.lineStarts, bodySpan.start);
  for (const text of body.split('\n')) {
    while (line < section.lineStarts.length && (foreign.has(line) || !isLine(section, line, text))) line++;
    starts.push(section.lineStarts[line] ?? bodySpan.end);
    line++;
  }
  return starts;
}

/** The first line of a request's body, without its blanks at both ends; in the section. */
export function firstBodyLine(section: Section, request: CbRequest): Span {
  const start = bodyLineStarts(section, request)[0] ?? 0;
  const text = request.body?.split('\n', 1)[0] ?? '';
  const indent = text.length - text.trimStart().length;
  return { start: start + indent, end: start + Math.max(indent, text.trimEnd().length) };
}

function foreignLines(section: Section): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { span } of section.foreign) {
    const last = lastAtOrBelow(section.lineStarts, Math.max(span.start, span.end - 1));
    for (let line = lastAtOrBelow(section.lineStarts, span.start); line <= last; line++) lines.add(line);
  }
  return lines;
}

function isLine({ text, lineStarts }: Section, line: number, expected: string): boolean {
  const start = lineStarts[line] ?? text.length;
  const next = text.charAt(start + expected.length);
  return text.startsWith(expected, start) && (next === '' || next === '\n' || next === '\r');
}
