import { CR, LF, lineKind, valueStart } from './eventStreamLine.ts';
import type { RecordKind } from './record.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes UTF-8, what is invalid as U+FFFD; a BOM stays. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/**
 * The text in a record's bytes, as {@link SseScanner} reports them: an event's data lines joined by LF, a comment
 * without its colon, a retry's digits.
 * @param maxBytes how much of it to decode; the cut falls between characters
 */
export function readText(bytes: Uint8Array, kind: RecordKind, maxBytes = Infinity): string {
  if (kind === 'comment' || kind === 'retry') {
    const from = valueStart(bytes, 0, bytes.length, kind);
    return decodeUtf8(bytes.subarray(from, characterBorder(bytes, from, bytes.length, maxBytes)));
  }
  let text: string | undefined;
  let rest = maxBytes;
  for (let from = 0; from < bytes.length && rest > 0;) {
    const to = lineEnd(bytes, from);
    if (to > from && lineKind(bytes, from, to) === 'data') {
      const value = valueStart(bytes, from, to, 'data');
      const line = decodeUtf8(bytes.subarray(value, characterBorder(bytes, value, to, rest)));
      text = text === undefined ? line : `${text}\n${line}`;
      rest -= to - value + 1;
    }
    from = nextLine(bytes, to);
  }
  return text ?? '';
}

/** The event type in an event's bytes: the value of its last `event` line, `message` where that is empty. */
export function readType(bytes: Uint8Array): string {
  let type = '';
  for (let from = 0; from < bytes.length;) {
    const to = lineEnd(bytes, from);
    if (to > from && lineKind(bytes, from, to) === 'event') {
      type = decodeUtf8(bytes.subarray(valueStart(bytes, from, to, 'event'), to));
    }
    from = nextLine(bytes, to);
  }
  return type === '' ? 'message' : type;
}

/** The text of bytes that are nothing else. @param maxBytes as in {@link readText} */
export function readPlain(bytes: Uint8Array, maxBytes = Infinity): string {
  return decodeUtf8(bytes.subarray(0, characterBorder(bytes, 0, bytes.length, maxBytes)));
}

function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  const near = Math.min(bytes.length, from + 256);
  while (at < near && bytes[at] !== LF && bytes[at] !== CR) at++;
  if (at < near || near === bytes.length) return at;
  // The built-in search is dear to call and fast over long lines.
  const ends = [bytes.indexOf(LF, at), bytes.indexOf(CR, at)].filter((end) => end >= 0);
  return Math.min(bytes.length, ...ends);
}

function nextLine(bytes: Uint8Array, lineEnd: number): number {
  return bytes[lineEnd] === CR && bytes[lineEnd + 1] === LF ? lineEnd + 2 : lineEnd + 1;
}

/** The end of at most `maxBytes` bytes from `from`, not inside a character. */
function characterBorder(bytes: Uint8Array, from: number, to: number, maxBytes: number): number {
  if (to - from <= maxBytes) return to;
  let end = from + maxBytes;
  while (end > from && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}
