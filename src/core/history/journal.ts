/** What a line of a kept run's journal tells: one call of a `FollowListener`, or the body that was sent. */
export const frameKinds = ['redirect', 'response', 'chunk', 'wait', 'resume', 'end', 'sentBody'] as const;
export type FrameKind = (typeof frameKinds)[number];

/** One entry of a journal: bytes for `chunk` and `sentBody`, else JSON as UTF-8. */
export interface Frame {
  readonly kind: FrameKind;
  /** ms since the request was sent first. */
  readonly atMs: number;
  readonly payload: Uint8Array;
}

/** Kind, time and length of the payload, before it. */
const HEAD_BYTES = 13;
/** What no frame exceeds: a larger one is no frame. */
const MAX_PAYLOAD = 64 * 1024 * 1024;

/** A frame's bytes: kind (1), `atMs` (8), length (4), payload; numbers little-endian. */
export function encodeFrame({ kind, atMs, payload }: Frame): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, frameKinds.indexOf(kind) + 1);
  view.setFloat64(1, atMs, true);
  view.setUint32(9, payload.length, true);
  bytes.set(payload, HEAD_BYTES);
  return bytes;
}

/** Reads a journal in pieces of any size; from the first byte on that is no frame, it reads nothing more. */
export class FrameReader {
  #rest: Uint8Array = new Uint8Array(0);
  #isTorn = false;

  /** The frames that are whole now; their payloads are views into the bytes. */
  *read(piece: Uint8Array): Generator<Frame> {
    if (this.#isTorn) return;
    const bytes = this.#rest.length === 0 ? piece : joined(this.#rest, piece);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    while (from + HEAD_BYTES <= bytes.length) {
      const kind = frameKinds[view.getUint8(from) - 1];
      const atMs = view.getFloat64(from + 1, true);
      const length = view.getUint32(from + 9, true);
      if (kind === undefined || !Number.isFinite(atMs) || length > MAX_PAYLOAD) {
        this.#isTorn = true;
        return;
      }
      const to = from + HEAD_BYTES + length;
      if (to > bytes.length) break;
      yield { kind, atMs, payload: bytes.subarray(from + HEAD_BYTES, to) };
      from = to;
    }
    this.#rest = bytes.slice(from);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
