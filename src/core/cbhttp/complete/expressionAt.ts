/** The expression between `{{` and `}}` that a column touches, closed or not; offsets within the line. */
export interface ExpressionAt {
  /** Of the expression, without the blanks around it. */
  readonly start: number;
  readonly end: number;
  readonly isClosed: boolean;
}

/** Finds the `{{…` around a column. Where it is not closed, its last word is taken to end it. Linear. */
export function findExpression(line: string, column: number): ExpressionAt | undefined {
  const open = line.lastIndexOf('{{', column - 2);
  if (column < 2 || open === -1 || line[open - 1] === '\\') return undefined;
  const inner = open + 2;
  const stop = expressionEnd(line, inner);
  if (stop < column) return undefined;
  const isClosed = line.startsWith('}}', stop);
  const written = line.slice(inner, isClosed ? stop : wordEnd(line, column, stop));
  const start = inner + written.length - written.trimStart().length;
  if (start >= inner + written.trimEnd().length) return { start: column, end: column, isClosed };
  return {
    start: Math.min(start, column),
    end: Math.max(inner + written.trimEnd().length, column),
    isClosed,
  };
}

/** Where an expression must end: before a brace, before a quote that opens no argument, at the line's end. */
function expressionEnd(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const character = line[at];
    if (character === '{' || character === '}') return at;
    if (character !== '"') continue;
    const close = /[ \t]/.test(line[at - 1] ?? '') ? line.indexOf('"', at + 1) : -1;
    if (close === -1 || /[{}]/.test(line.slice(at, close))) return at;
    at = close;
  }
  return line.length;
}

function wordEnd(line: string, column: number, stop: number): number {
  let end = column;
  while (end < stop && /[\w$.[\]-]/.test(line[end] ?? '')) end++;
  return end;
}
