import { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import type { CbRequest, Span } from '../document.ts';

/** What is sent of GraphQL, in the order of its members; undefined ones are left out. */
export interface GraphQlRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: unknown;
}

/** True for a request whose body is GraphQL, as far as its text says so. */
export function isGraphQl({ method, headers }: CbRequest): boolean {
  return (
    method === 'GRAPHQL' ||
    headers.some(
      ({ name, value }) => name.toLowerCase() === 'x-request-type' && value.toLowerCase() === 'graphql',
    )
  );
}

/** A query that comes from a file: `gql name < path`. */
export interface QueryFile {
  readonly text: string;
  readonly name: string | undefined;
}

/**
 * Reads a GraphQL body: query, blank line, variables as JSON.
 * @param file where the query comes from: then the body has the variables alone
 * @throws CbError `parse` where what looks like the variables is no JSON
 */
export function readGraphQl(text: string, file: QueryFile | null, span: Span): GraphQlRequest {
  const lines = text.split('\n');
  const start = file === null ? findVariables(lines) : 0;
  const query = lines.slice(0, start);
  while (query.at(-1)?.trim() === '') query.pop();
  const json = lines.slice(start).join('\n');
  let variables: unknown;
  try {
    if (json.trim() !== '') variables = JSON.parse(json);
  } catch (cause) {
    throw new CbError('parse', msg('The GraphQL variables are no valid JSON.'), { cause, span });
  }
  return {
    query: file?.text ?? query.join('\n'),
    operationName: file?.name ?? findOperationName(file?.text.split(/\r\n|\r|\n/) ?? query),
    variables,
  };
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
