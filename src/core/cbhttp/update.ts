import { documentText, passKeysOn, sectionIndexAt, type CbDocument, type Section } from './document.ts';
import { assembleDocument, parseCbhttp, splitSections } from './parse.ts';
import { parseSection, SEPARATOR } from './parseSection.ts';

/** `length` UTF-16 units at `offset` give way to `text`. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/**
 * The document after the changes, made one after another, each on the text that those before it left. Only the
 * sections they touch are parsed anew, the others are shared; the result equals a full parse of the new text.
 */
export function updateDocument(document: CbDocument, changes: readonly TextChange[]): CbDocument {
  if (changes.length > FEW && isFromEndToStart(document, changes)) {
    return parseCbhttp(applyAll(documentText(document), changes));
  }
  return changes.reduce(applyChange, document);
}

/** So many edits cost less than reading the whole text anew. */
const FEW = 50;

function applyChange(document: CbDocument, change: TextChange): CbDocument {
  const { sections, offsets } = document;
  const start = Math.max(0, Math.min(change.offset, document.length));
  const end = Math.max(start, Math.min(change.offset + change.length, document.length));

  // An edit at the border of two sections may join them, so it touches both.
  let first = sectionIndexAt(document, start);
  if (first > 0 && offsets[first] === start) first--;
  const last = sectionIndexAt(document, end);
  const base = offsets[first] ?? 0;
  const before = joinTexts(sections, first, last);
  let text = before.slice(0, start - base) + change.text + before.slice(end - base);
  if (first > 0 && !text.startsWith(SEPARATOR)) {
    first--; // the separator itself was edited
    text = `${sections[first]?.text ?? ''}${text}`;
  }
  const texts = splitSections(text);
  const parsed = texts.map((one, index) => {
    const fromStart = sections[first + index];
    const fromEnd = sections[last - (texts.length - 1 - index)];
    return fromStart?.text === one ? fromStart : fromEnd?.text === one ? fromEnd : parseSection(one);
  });
  const updated = replaceSections(document, first, last, parsed);
  passKeysOn(document, updated, sections.slice(first, last + 1), parsed);
  return updated;
}

/** The document with the parsed sections in place of those from `first` to `last`. */
function replaceSections(
  document: CbDocument,
  first: number,
  last: number,
  parsed: readonly Section[],
): CbDocument {
  const { sections, offsets, lines, length } = document;
  if (parsed.length !== last + 1 - first) {
    return assembleDocument(sections.slice(0, first).concat(parsed, sections.slice(last + 1)));
  }
  // As many as before, by far the commonest case: what stands below them moves, no more.
  const newSections = sections.slice();
  const newOffsets = offsets.slice();
  const newLines = lines.slice();
  let moved = 0;
  let movedLines = 0;
  for (let index = first; index <= last; index++) {
    const [old, now] = [sections[index], parsed[index - first]];
    if (old === undefined || now === undefined) break;
    newSections[index] = now;
    newOffsets[index] = (offsets[index] ?? 0) + moved;
    newLines[index] = (lines[index] ?? 0) + movedLines;
    moved += now.text.length - old.text.length;
    movedLines += now.lineStarts.length - old.lineStarts.length;
  }
  for (let index = last + 1; index < offsets.length; index++) {
    newOffsets[index] = (offsets[index] ?? 0) + moved;
    newLines[index] = (lines[index] ?? 0) + movedLines;
  }
  return { sections: newSections, offsets: newOffsets, lines: newLines, length: length + moved };
}

function joinTexts(sections: readonly Section[], first: number, last: number): string {
  let text = '';
  for (let index = first; index <= last; index++) text += sections[index]?.text ?? '';
  return text;
}

/** True for the order in which the editor sends the changes of many cursors: none moves the place of another. */
function isFromEndToStart({ length }: CbDocument, changes: readonly TextChange[]): boolean {
  let end = length;
  return changes.every((change) => {
    const isBefore = change.offset >= 0 && change.offset + change.length <= end;
    end = change.offset;
    return isBefore;
  });
}

function applyAll(text: string, changes: readonly TextChange[]): string {
  const pieces: string[] = [];
  let start = 0;
  for (const change of changes.toReversed()) {
    pieces.push(text.slice(start, change.offset), change.text);
    start = change.offset + change.length;
  }
  return pieces.join('') + text.slice(start);
}
