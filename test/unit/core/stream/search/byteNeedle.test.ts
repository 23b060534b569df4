import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ByteNeedle } from '../../../../../src/core/stream/search/byteNeedle.ts';
import { utf8 } from '../../../../support/eventStreams.ts';

const few = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '[', '{', '你', '好', 'é') });

describe('ByteNeedle', () => {
  it('finds what Buffer finds', () => {
    fc.assert(
      fc.property(few, few, fc.nat(8), (needle, haystack, from) => {
        fc.pre(needle !== '');
        const bytes = utf8(haystack);
        const start = Math.min(from, bytes.length);
        assert.equal(
          new ByteNeedle(needle, true).find(bytes, start, bytes.length),
          Buffer.from(bytes).indexOf(needle, start),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('folds A–Z and nothing else', () => {
    const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    fc.assert(
      fc.property(few, few, (needle, haystack) => {
        fc.pre(needle !== '');
        const bytes = utf8(haystack);
        assert.equal(
          new ByteNeedle(needle, false).find(bytes, 0, bytes.length),
          Buffer.from(fold(haystack)).indexOf(fold(needle)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('stays within its range', () => {
    const bytes = utf8('xabx');
    const needle = new ByteNeedle('ab', true);
    assert.equal(needle.find(bytes, 1, 3), 1);
    assert.equal(needle.find(bytes, 1, 2), -1);
    assert.equal(needle.find(bytes, 2, 4), -1);
  });
});
