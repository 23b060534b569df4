import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { inBlocks, inSlices, joinBytes, joinText } from '../../../src/host/inSlices.ts';

/** Counts how often others got their turn. */
function countTurns(): { readonly turns: () => number; readonly stop: () => void } {
  let turns = 0;
  let next = setImmediate(function count() {
    turns++;
    next = setImmediate(count);
  });
  return { turns: () => turns, stop: () => clearImmediate(next) };
}

describe('inSlices', () => {
  it('hands on every piece, and leaves the host to others after every 5 ms of work', async () => {
    let nowMs = 0;
    function* work(): Generator<number> {
      for (let piece = 0; piece < 1000; piece++) {
        nowMs += 1;
        yield piece;
      }
    }
    const others = countTurns();
    const pieces: number[] = [];
    for await (const piece of inSlices(work(), () => nowMs)) pieces.push(piece);
    others.stop();
    assert.deepEqual(pieces, [...Array(1000).keys()]);
    assert.ok(others.turns() >= 199, `${others.turns()} turns`);
  });

  it('does what is short in one go', async () => {
    const others = countTurns();
    for await (const piece of inSlices([1, 2, 3], () => 0)) assert.ok(piece);
    others.stop();
    assert.equal(others.turns(), 0);
  });
});

describe('texts and bytes put together in slices', () => {
  const pieces = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('x'.repeat(50_000))), { maxLength: 400 }); // prettier-ignore

  it('are what their pieces are', () =>
    fc.assert(
      fc.asyncProperty(pieces, async (texts) => {
        assert.equal(await joinText(texts, Infinity), texts.join(''));
        const bytes = texts.map((text) => Buffer.from(text));
        assert.deepEqual(Buffer.from(await joinBytes(bytes)), Buffer.concat(bytes));
      }),
      { numRuns: 50 },
    ));

  it('stop where a text gets longer than it may be', async () => {
    let made = 0;
    function* endless(): Generator<string> {
      for (;;) {
        made++;
        yield 'x'.repeat(1000);
      }
    }
    assert.equal(await joinText(endless(), 1_000_000), null);
    assert.ok(made < 1200);
    assert.equal((await joinText(['x'.repeat(1000)], 1000))?.length, 1000);
  });

  it('rest also where many pieces are empty', () => {
    const blocks = [...inBlocks(['a', 'b', '', '', 'c'])];
    assert.deepEqual(blocks, ['ab', '', 'c']);
  });
});
