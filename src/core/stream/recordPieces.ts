import type { EventStore } from './eventStore.ts';
import { CR, LF, lineKind, valueStart, type LineKind } from './eventStreamLine.ts';

/** Bytes read at once. */
export const PIECE_BYTES = 64 * 1024;
/** Enough to tell what a line is and where its value begins. */
const HEAD_BYTES = 8;
/** Bytes looked at one by one: the built-in search is dear to call and fast over long lines. */
const NEAR_BYTES = 64;

/**
 * A record's own text, as {@link EventStore.text} gives it, in pieces that never part a character: for records of any
 * size. Pieces may be empty.
 */
export function* recordPieces(store: EventStore, row: number, pieceBytes = PIECE_BYTES): Generator<string> {
  const kind = store.kind(row);
  if (kind === 'retry' || kind === 'resumed') {
    yield store.text(row);
    return;
  }
  if (store.format !== 'event-stream') {
    yield* plainPieces(store, row, pieceBytes);
    return;
  }
  const wanted = kind === 'comment' ? 'comment' : 'data';
  const end = store.byteEnd(row);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let isFirst = true;
  for (let at = store.byteOffset(row); at < end;) {
    const head = store.bytes(at, Math.min(end, at + HEAD_BYTES));
    const valueAt = valueOf(wanted, head);
    if (valueAt !== null) {
      if (!isFirst) yield '\n';
      isFirst = false;
      at += valueAt;
    }
    for (let isLineEnd = false; !isLineEnd;) {
      const bytes = store.bytes(at, Math.min(end, at + pieceBytes));
      const length = lineLength(bytes);
      at += length;
      isLineEnd = length < bytes.length || at === end;
      yield valueAt === null ? '' : decoder.decode(bytes.subarray(0, length), { stream: !isLineEnd });
    }
    const [first, second] = store.bytes(at, Math.min(end, at + 2));
    at += first === CR && second === LF ? 2 : 1;
  }
}

function* plainPieces(store: EventStore, row: number, pieceBytes: number): Generator<string> {
  const end = store.byteEnd(row);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let at = store.byteOffset(row); at < end; at += pieceBytes) {
    const to = Math.min(end, at + pieceBytes);
    yield decoder.decode(store.bytes(at, to), { stream: to < end });
  }
}

/** Where a line's value begins, if it is of the kind; else null. */
function valueOf(wanted: LineKind, head: Uint8Array): number | null {
  const length = lineLength(head);
  const isWanted = length > 0 && lineKind(head, 0, length) === wanted;
  return isWanted ? valueStart(head, 0, length, wanted) : null;
}

/** How many bytes come before a line end. */
function lineLength(bytes: Uint8Array): number {
  const near = Math.min(bytes.length, NEAR_BYTES);
  let at = 0;
  while (at < near && bytes[at] !== LF && bytes[at] !== CR) at++;
  if (at < near || near === bytes.length) return at;
  const lf = bytes.indexOf(LF, at);
  const line = lf < 0 ? bytes : bytes.subarray(0, lf);
  const cr = line.indexOf(CR, at);
  return cr < 0 ? line.length : cr;
}
