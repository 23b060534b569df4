import type { CbRequest, Section, Span } from '../document.ts';
import { readBodyFile, readQueryFile } from '../lines.ts';

/** Lines of a body as written, `\###` unescaped, or a file that stands among them. */
export type BodyPart =
  | {
      readonly kind: 'text';
      readonly lines: readonly string[];
      /** From the section's start. */
      readonly span: Span;
    }
  | {
      readonly kind: 'file';
      /** As written, variables unresolved. */
      readonly path: string;
      /** `<@`: the file is text, its variables are replaced. */
      readonly replacesVariables: boolean;
      readonly encoding: string;
      /** `gql name < path`: the file is the query. Undefined for a file that is part of the text. */
      readonly query?: { readonly name: string | undefined };
      /** Of the line, from the section's start. */
      readonly span: Span;
    };

/** A body's lines and files, in order; none where there is no body. */
export function bodyParts(request: CbRequest, section: Section, isGraphQl: boolean): BodyPart[] {
  const { body, bodySpan } = request;
  if (body === null || bodySpan === null) return [];
  const parts: BodyPart[] = [];
  let lines: string[] = [];
  let start = 0;
  let at = 0;
  let seen = bodySpan.start;
  const keepLines = (): void => {
    // The texts of two parts never start at the same place: values made once for a place depend on that.
    const span = { start: bodySpan.start + start, end: bodySpan.end };
    if (lines.length > 0) parts.push({ kind: 'text', lines, span });
    lines = [];
  };
  for (const line of body.split('\n')) {
    const file = line.startsWith('<') ? readBodyFile(line) : null;
    const query = isGraphQl ? readQueryFile(line) : null;
    if (file === null && query === null) {
      if (lines.length === 0) start = at;
      lines.push(line.startsWith('\\###') ? line.slice(1) : line);
    } else {
      keepLines();
      const found = section.text.indexOf(line, seen);
      const span = found === -1 ? bodySpan : { start: found, end: found + line.length };
      seen = span.end;
      if (file !== null) {
        const { path, replaceVariables: replacesVariables, encoding } = file;
        parts.push({ kind: 'file', path, replacesVariables, encoding, span });
      } else if (query !== null) {
        const { path, name } = query;
        parts.push({ kind: 'file', path, replacesVariables: true, encoding: 'utf-8', query: { name }, span });
      }
    }
    at += line.length + 1;
  }
  keepLines();
  return parts;
}
