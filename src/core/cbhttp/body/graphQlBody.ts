import { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import type { Span } from '../document.ts';

/**
 * A GraphQL body: query, blank line, variables as JSON; sent as `{query, operationName, variables}`.
 * @throws CbError `parse` where what looks like the variables is no JSON
 */
export function encodeGraphQl(text: string, span: Span): string {
  const lines = text.split('\n');
  const start = findVariables(lines);
  const query = lines.slice(0, start);
  let variables: unknown;
  try {
    if (start < lines.length) variables = JSON.parse(lines.slice(start).join('\n'));
  } catch (cause) {
    throw new CbError('parse', msg('The GraphQL variables are no valid JSON.'), { cause, span });
  }
  return JSON.stringify({
    query: query.join('\n').trim(),
    operationName: findOperationName(query),
    variables,
  });
}

/**
 * Index of the first line after a blank one that begins JSON: `{` and a quote, or `{}`. A query without a keyword
 * begins with `{` and a name. The number of lines where there is none.
 */
function findVariables(lines: readonly string[]): number {
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (index === 0 || !text.startsWith('{') || lines[index - 1]?.trim() !== '') continue;
    let rest = text.slice(1).trim();
    for (let next = index + 1; rest === '' && next < lines.length; next++) rest = lines[next]?.trim() ?? '';
    if (/^["}]/.test(rest)) return index;
  }
  return lines.length;
}

/** The name of the first operation: `query Name`, outside all braces. */
function findOperationName(lines: readonly string[]): string | undefined {
  let depth = 0;
  for (const line of lines) {
    const name = /^[ \t]*(?:query|mutation|subscription)[ \t]+(\w+)/.exec(line)?.[1];
    if (depth === 0 && name !== undefined) return name;
    for (const character of line) depth += character === '{' ? 1 : character === '}' ? -1 : 0;
  }
  return undefined;
}
