import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Utf8Check } from '../../../../../src/core/stream/lint/utf8Check.ts';
import { scanUtf8 } from '../../../../../src/core/stream/lint/utf8Scan.ts';
import { cutAt, utf8 } from '../../../../support/eventStreams.ts';

// Bytes near the borders of UTF-8's ranges, and whole characters among them.
const piece = fc.oneof(
  fc.constantFrom(0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe4, 0xed, 0xef, 0xf0, 0xf3, 0xf4, 0xf5, 0xff).map((byte) => Uint8Array.of(byte)),
  fc.constantFrom('é', '中', '🚀', '\u0000').map(utf8),
); // prettier-ignore
const bytes = fc
  .array(piece, { maxLength: 30 })
  .map((pieces) => Uint8Array.from(pieces.flatMap((part) => [...part])));

function scan(input: Uint8Array): { invalid: number[]; end: number } {
  const invalid: number[] = [];
  const end = scanUtf8(input, (index) => invalid.push(index));
  return { invalid, end };
}

describe('scanUtf8', () => {
  it('finds as many invalid sequences as the decoder shows replacement characters', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        const { invalid, end } = scan(input);
        const shown = new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
        const cut = end < input.length ? 1 : 0;
        assert.equal(invalid.length + cut, shown.split('\uFFFD').length - 1);
      }),
      { numRuns: 3000 },
    );
  });

  it('says where', () => {
    assert.deepEqual(scan(Uint8Array.of(0x61, 0xff, 0x62, 0xe4, 0xb8, 0x63, 0xe4, 0xb8)), {
      invalid: [1, 3],
      end: 6,
    });
  });
});

describe('Utf8Check', () => {
  it('finds the same in any pieces', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(60)), (input, cuts) => {
        const check = new Utf8Check();
        let fed = 0;
        for (const part of cutAt(input, cuts)) {
          fed += part.length;
          assert.equal(check.feed(input.subarray(check.checkedTo, fed), Infinity), 0);
        }
        check.end(input.length, false);
        const found: number[] = [];
        for (let at = check.take(Infinity); at !== undefined; at = check.take(Infinity)) found.push(at);
        const { invalid, end } = scan(input);
        assert.deepEqual(found, end < input.length ? [...invalid, end] : invalid);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps as many as there is room for and counts the rest', () => {
    const check = new Utf8Check();
    assert.equal(check.feed(new Uint8Array(10).fill(0xff), 4), 6);
    assert.deepEqual([check.take(2), check.take(2), check.take(2)], [0, 1, undefined]);
  });
});
