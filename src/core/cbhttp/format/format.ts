import { shift, type CbDocument, type Section, type Span } from '../document.ts';
import { splitSections } from '../parse.ts';
import { parseSection } from '../parseSection.ts';
import { withoutLayout } from './jsonBody.ts';
import { layOutSection } from './sectionLayout.ts';

/** The stretch gives way to the text. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** How a document should look. */
export interface FormatOptions {
  /** Blanks of one indent. */
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  /** Whether bodies whose Content-Type says JSON get line breaks and indents; other bodies never change. */
  readonly jsonBodies: boolean;
}

/**
 * The edits that lay out the document, or what of it touches `range`: absolute, in order, without overlaps. They
 * change no meaning: a section that would be read otherwise afterwards is left as it is. Laying out twice is
 * laying out once.
 */
export function formatEdits(document: CbDocument, options: FormatOptions, range?: Span): readonly TextEdit[] {
  const all: TextEdit[] = [];
  for (const [index, section] of document.sections.entries()) {
    const offset = document.offsets[index] ?? 0;
    if (range !== undefined && (offset > range.end || offset + section.text.length < range.start)) continue;
    const isLast = index === document.sections.length - 1;
    const edits = layOutSection(section, isLast, options).filter(
      ({ span }) =>
        range === undefined || (offset + span.start <= range.end && range.start <= offset + span.end),
    );
    if (edits.length === 0 || !keepsMeaning(section, applyEdits(section.text, edits))) continue;
    for (const { span, text } of edits) all.push({ span: shift(span, offset), text });
  }
  return all;
}

/** The text with edits made that are in order and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.span.start) + edit.text;
    from = edit.span.end;
  }
  return result + text.slice(from);
}

/** True if the text is read as one section that says the same. */
function keepsMeaning(section: Section, text: string): boolean {
  if (splitSections(text).length !== 1) return false;
  return meaningOf(section) === meaningOf(parseSection(text));
}

/** All that a section says, without where it says it. */
function meaningOf({ text, requests, variables, looseDirectives, foreign, problems }: Section): string {
  const pair = ({ name, value }: { name: string; value: string }): string[] => [name, value];
  const directive = ({ word, value }: { word: string; value: string }): string[] => [word, value];
  return JSON.stringify([
    requests.map(({ name, title, method, target, headers, body, directives }) => {
      const content = body === null ? null : withoutLayoutOf(body);
      return [name, title, method, target, headers.map(pair), content, directives.map(directive)];
    }),
    variables.map(pair),
    looseDirectives.map(directive),
    foreign.map(({ kind, span }) => [kind, text.slice(span.start, span.end)]),
    problems.map(({ severity, message }) => [severity, message]),
  ]);
}

/** A JSON body without its layout; any other as it is. */
function withoutLayoutOf(body: string): string {
  try {
    JSON.parse(body);
    return withoutLayout(body);
  } catch {
    return body;
  }
}
