/** What a line of an event stream is (HTML standard, 9.2.6); `other` is a field the standard does not know. */
export type LineKind = 'comment' | 'data' | 'event' | 'id' | 'retry' | 'other';

export const LF = 0x0a;
export const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;

const NAMES = {
  data: [0x64, 0x61, 0x74, 0x61],
  event: [0x65, 0x76, 0x65, 0x6e, 0x74],
  id: [0x69, 0x64],
  retry: [0x72, 0x65, 0x74, 0x72, 0x79],
} as const;

/** What the line `bytes[from, to)` is; it is not blank and has no line end. */
export function lineKind(bytes: Uint8Array, from: number, to: number): LineKind {
  switch (bytes[from]) {
    case 0x64:
      return isNamed(bytes, from, to, NAMES.data) ? 'data' : 'other';
    case COLON:
      return 'comment';
    case 0x65:
      return isNamed(bytes, from, to, NAMES.event) ? 'event' : 'other';
    case 0x69:
      return isNamed(bytes, from, to, NAMES.id) ? 'id' : 'other';
    case 0x72:
      return isNamed(bytes, from, to, NAMES.retry) ? 'retry' : 'other';
    default:
      return 'other';
  }
}

/** Where the value of a line of a known kind begins: after the colon and at most one space, else at its end. */
export function valueStart(bytes: Uint8Array, from: number, to: number, kind: LineKind): number {
  if (kind === 'other') return to;
  const colon = kind === 'comment' ? from : from + NAMES[kind].length;
  if (colon >= to) return to;
  return bytes[colon + 1] === SPACE && colon + 1 < to ? colon + 2 : colon + 1;
}

/** True for at least one byte, all of them ASCII digits: the only `retry` value that counts. */
export function isDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  return from < to;
}

function isNamed(bytes: Uint8Array, from: number, to: number, name: readonly number[]): boolean {
  const end = from + name.length;
  if (end > to || (end < to && bytes[end] !== COLON)) return false;
  for (let at = 1; at < name.length; at++) {
    if (bytes[from + at] !== name[at]) return false;
  }
  return true;
}
