import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { isMisreadByChromium, ruleStreams, type Stream } from './ruleStreams.ts';

/** Longer streams are left out: what a mutation breaks in them is broken in short ones too. */
const MAX_BYTES = 400;
const SEED = 20_260;

const originals = ruleStreams.map(({ bytes }) => bytes).filter(({ length }) => length <= MAX_BYTES);

/** What the grammar turns on, so that a mutation hits a rule more often than not. */
const tokens = [
  ...['\n', '\r', '\r\n', '\n\n', '\r\r', ':', ': ', ' ', '\t', '\0', '\ufeff', '一', '🎉', '7'],
  ...['data', 'data:', '\ndata: x\n', 'event', '\nevent: ', 'id', '\nid: ', '\nid\n', 'retry: 9\n'],
].map((token): Uint8Array => Buffer.from(token));
const badBytes = [[0xff], [0x80], [0xc3], [0xe4, 0xba], [0xf0, 0x9f, 0x8e], [0xef, 0xbb]].map((bad) =>
  Buffer.from(bad),
);

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...tokens) },
  { weight: 1, arbitrary: fc.constantFrom(...badBytes) },
  { weight: 1, arbitrary: fc.nat(255).map((byte) => Buffer.from([byte])) },
);

/** Replaces some bytes at a place, given as parts of the length, by a piece: puts in, takes out or overwrites. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  takeOut: fc.constantFrom(0, 0, 1, 2, 10),
  putIn: fc.option(piece, { nil: Buffer.alloc(0) }),
});

const mutated = fc
  .tuple(
    fc.array(fc.constantFrom(...originals), { minLength: 1, maxLength: 3 }),
    fc.array(edit, { minLength: 1, maxLength: 6 }),
  )
  .map(([streams, edits]) =>
    edits.reduce<Uint8Array>((bytes, { at, takeOut, putIn }) => {
      const from = Math.round(at * bytes.length);
      return Buffer.concat([bytes.subarray(0, from), putIn, bytes.subarray(from + takeOut)]);
    }, Buffer.concat(streams)),
  )
  .filter((bytes) => !isMisreadByChromium(bytes));

/** So many random mutations of the rules' streams, the same ones in every run. */
export function mutatedStreams(count: number): readonly Stream[] {
  return fc
    .sample(mutated, { seed: SEED, numRuns: count })
    .map((bytes, index) => ({ name: `mutation ${index} of seed ${SEED}`, bytes }));
}
