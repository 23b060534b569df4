import type { BodySource } from '../../ports.ts';
import { joinChunks } from '../../stream/bytes.ts';

/** The pieces of a body as one: bytes where all are, else a source that gives them in turn. */
export function joinBody(pieces: readonly (Uint8Array | BodySource)[]): Uint8Array | BodySource {
  const bytes = pieces.filter((piece) => piece instanceof Uint8Array);
  if (bytes.length === pieces.length) return joinChunks(bytes);
  return {
    byteLength: pieces.reduce((sum, piece) => sum + piece.byteLength, 0),
    async *open() {
      for (const piece of pieces) {
        if (!(piece instanceof Uint8Array)) yield* piece.open();
        else if (piece.length > 0) yield piece;
      }
    },
  };
}
