import { ByteNeedle } from './byteNeedle.ts';
import { CR, LF, lineKind, valueStart } from '../eventStreamLine.ts';
import { matchTexts } from './regexMatcher.ts';
import type { RowMatcher } from './rowReader.ts';

/**
 * Matches rows that contain a text: in an event's data, id or type (a type that the stream does not name, or names
 * `message`, is not searched), in a comment, in a retry's digits or in an incomplete event's data; field names are
 * not searched. A text with line ends matches data of several lines, joined by LF.
 *
 * Without `matchCase` letters are compared as ECMAScript compares them under the flag `i`: by their simple upper-case
 * form, one UTF-16 unit each, so É equals é and Σ equals ς, but ß does not equal SS.
 */
export function textMatcher(text: string, matchCase: boolean): RowMatcher {
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), matchCase ? '' : 'i');
  const decoded = matchTexts(pattern);
  return isFoundInBytes(text, matchCase) ? byteMatcher(new ByteNeedle(text, matchCase), decoded) : decoded;
}

/** Whether each occurrence of a text is one of its UTF-8 bytes, and the reverse, if only A–Z equals a–z. */
function isFoundInBytes(text: string, matchCase: boolean): boolean {
  // Line ends stand between data lines, U+FFFD for anything invalid, a lone surrogate is half a character.
  if (/[\n\r\uFFFD]|\p{Surrogate}/u.test(text)) return false;
  return matchCase || !hasOtherLetters(text);
}

/** True if a character outside ASCII has another case. */
function hasOtherLetters(text: string): boolean {
  return Array.from(text).some(
    (character) =>
      character > '\x7f' && (character.toLowerCase() !== character || character.toUpperCase() !== character),
  );
}

/** @param decoded decides where the bytes alone do not: of several types or ids in one event the last counts */
function byteMatcher(needle: ByteNeedle, decoded: RowMatcher): RowMatcher {
  return (row) => {
    const { bytes, to } = row;
    let isOpen = false;
    if (row.isPlain && row.kind !== 'resumed') return needle.find(bytes, row.from, to) >= 0;
    for (let hit = needle.find(bytes, row.from, to); hit >= 0;) {
      const start = lineStart(bytes, row.from, hit);
      const kind = lineKind(bytes, start, to);
      const isInName = kind !== 'other' && hit < valueStart(bytes, start, to, kind);
      if (!isInName) {
        if (kind === 'data' || row.kind === 'comment' || row.kind === 'retry') return true;
        if (kind === 'event' || kind === 'id') isOpen = true;
      }
      // Past the whole line where it does not count: else a long one would be walked again for each occurrence.
      hit = needle.find(bytes, isInName ? hit + 1 : lineEnd(bytes, hit, to), to);
    }
    return isOpen && decoded(row);
  };
}

function lineStart(bytes: Uint8Array, from: number, at: number): number {
  let start = at;
  while (start > from && bytes[start - 1] !== LF && bytes[start - 1] !== CR) start--;
  return start;
}

function lineEnd(bytes: Uint8Array, at: number, to: number): number {
  let end = at;
  while (end < to && bytes[end] !== LF && bytes[end] !== CR) end++;
  return end;
}
