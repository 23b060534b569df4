import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { EitherByte } from '../../../../src/core/stream/eitherByte.ts';

describe('EitherByte', () => {
  it('finds what a loop over the bytes finds, wherever they begin in their buffer', () => {
    // Values around the borders of the arithmetic on four bytes at a time.
    const value = fc.constantFrom(0, 1, 0x0a, 0x0b, 0x0d, 0x7f, 0x80, 0x8a, 0xff);
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 40 }),
        fc.nat(5),
        value,
        value,
        (values, skipped, first, second) => {
          const bytes = Uint8Array.from([0, 0, 0, 0, 0, ...values]).subarray(skipped);
          const places = new EitherByte(bytes, first, second);
          const found = [];
          for (let at = places.next(0); at < bytes.length; at = places.next(at + 1)) found.push(at);
          const expected = [...bytes.keys()].filter((at) => bytes[at] === first || bytes[at] === second);
          assert.deepEqual(found, expected);
          assert.equal(places.next(bytes.length), bytes.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
