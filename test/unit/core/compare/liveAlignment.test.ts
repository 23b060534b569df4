import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EventDigester } from '../../../../src/core/compare/eventDigest.ts';
import { LiveAlignment, type AlignedSide } from '../../../../src/core/compare/liveAlignment.ts';
import { EventStore } from '../../../../src/core/stream/eventStore.ts';

describe('the alignment of streams that grow', () => {
  /** A side that gets so many events at a time. */
  function makeSide() {
    const store = new EventStore();
    const digester = new EventDigester(store);
    const side: AlignedSide & { isOpen: boolean } = { digester, isOpen: true };
    const add = (count: number): void =>
      store.append(0, new TextEncoder().encode('data: 1\n\n'.repeat(count)));
    return { side, add, digest: () => digester.advance(Infinity, () => 0), dispose: () => store.dispose() };
  }

  it('is that of what is there only when it was made again, which is not done all the time', () => {
    const [left, right] = [makeSide(), makeSide()];
    let nowMs = 0;
    const alignment = new LiveAlignment(() => nowMs);
    const align = (): number => alignment.align(left.side, right.side);
    const isOf = (): boolean => alignment.isOf(left.side, right.side);
    left.add(100);
    right.add(50);
    assert.equal(align(), 0);
    assert.deepEqual([alignment.last, isOf()], [null, false], 'nothing was digested');
    left.digest();
    right.digest();
    assert.equal(align(), 0);
    assert.deepEqual([alignment.last?.counts.pending, isOf()], [50, true]);

    nowMs = 100;
    right.side.isOpen = false;
    assert.equal(align(), 300);
    assert.deepEqual([alignment.last?.counts.missing, isOf()], [0, false], 'the right one has ended since');
    nowMs = 400;
    assert.equal(align(), 0);
    assert.deepEqual([alignment.last?.counts.missing, isOf(), alignment.id], [50, true, 2]);

    left.add(1);
    assert.equal(isOf(), false, 'another event came');
    alignment.forget();
    assert.deepEqual([alignment.last, isOf()], [null, false]);
    left.dispose();
    right.dispose();
  });
});
