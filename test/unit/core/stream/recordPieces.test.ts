import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { recordPieces } from '../../../../src/core/stream/recordPieces.ts';
import { storeOf, utf8 } from '../../../support/eventStreams.ts';

const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
const lineStart = fc.constantFrom('data: ', 'data:', 'data', ':', ': ', 'dat', 'id: ', 'retry: ', 'event:', 'data: : ', ''); // prettier-ignore
const text = fc.oneof(fc.string({ maxLength: 100 }), fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('', '7', '😀你好')); // prettier-ignore
const line = fc.tuple(lineStart, text, lineEnd).map((parts) => utf8(parts.join('')));
const badLine = fc.uint8Array({ maxLength: 12 }).map((bytes) => Uint8Array.of(...utf8('data:'), ...bytes));
const lines = fc.array(fc.oneof({ weight: 9, arbitrary: line }, { weight: 1, arbitrary: badLine }), {
  maxLength: 40,
});

describe('recordPieces', () => {
  it('add up to the text of every record, however small they are', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 300 }), (parts, pieceBytes) => {
        const store = storeOf(Uint8Array.from(Buffer.concat(parts)));
        for (let row = 0; row < store.length; row++) {
          assert.equal([...recordPieces(store, row, pieceBytes)].join(''), store.text(row));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('part no character', () => {
    const store = storeOf(utf8(`data: ${'😀'.repeat(50)}\n\n`));
    for (const piece of recordPieces(store, 0, 3)) assert.ok(!/\p{Surrogate}/u.test(piece));
  });

  it('take as long as the record is, also for one of very many lines or one very long one', () => {
    const msFor = (body: string): number => {
      const store = storeOf(utf8(body));
      const startMs = performance.now();
      let length = 0;
      for (const piece of recordPieces(store, 0)) length += piece.length;
      assert.equal(length, store.text(0).length);
      return performance.now() - startMs;
    };
    const lines = msFor(`${'data: x\n'.repeat(100_000)}\n`);
    assert.ok(lines < 5000, `${lines} ms`);
    const long = msFor(`data: ${'x'.repeat(20_000_000)}\n\n`);
    assert.ok(long < 5000, `${long} ms`);
  });
});
