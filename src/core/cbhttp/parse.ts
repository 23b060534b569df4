import type { CbDocument, Section } from './document.ts';
import { parseSection, SEPARATOR } from './parseSection.ts';

/**
 * Reads a `.cbhttp` text. Never throws; time is linear in the text's length. What cannot be read becomes a
 * problem at its place and leaves the other requests alone. Source: the language specification.
 */
export function parseCbhttp(text: string): CbDocument {
  return assembleDocument(splitSections(text).map(parseSection));
}

/** The texts of a document's sections. */
export function splitSections(text: string): string[] {
  const sections: string[] = [];
  let start = 0;
  for (let at = text.indexOf(SEPARATOR); at !== -1; at = text.indexOf(SEPARATOR, at)) {
    const before = text.charCodeAt(at - 1);
    if ((before === 10 || before === 13) && at > start) {
      sections.push(text.slice(start, at));
      start = at;
    }
    at++;
  }
  sections.push(text.slice(start));
  return sections;
}

/** The document that the sections, one after another, make up. */
export function assembleDocument(sections: readonly Section[]): CbDocument {
  const offsets = new Array<number>(sections.length);
  const lines = new Array<number>(sections.length);
  let length = 0;
  let line = 0;
  for (let index = 0; index < sections.length; index++) {
    const section = sections[index];
    offsets[index] = length;
    lines[index] = line;
    length += section?.text.length ?? 0;
    line += (section?.lineStarts.length ?? 1) - 1;
  }
  return { sections, offsets, lines, length };
}
