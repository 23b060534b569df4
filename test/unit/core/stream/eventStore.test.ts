import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { EventStore } from '../../../../src/core/stream/eventStore.ts';
import { createSseDecoder } from '../../../../src/core/stream/sseDecoder.ts';
import type { StreamRecord } from '../../../../src/core/stream/record.ts';
import { storeOf, utf8 } from '../../../support/eventStreams.ts';

const piece = fc.constantFrom(
  'data: x', 'data:', 'data: 你好', 'id: 1', 'id', 'id: \0', 'event: e', 'event', 'event: 片段', ': c', 'retry: 5', 'odd', '\n', '\n\n', '\r', '\r\n', '\uFEFF', '',
); // prettier-ignore
const stream = fc.array(piece, { maxLength: 40 }).map((pieces) => utf8(pieces.join('')));

function recordsOf(store: EventStore): StreamRecord[] {
  return Array.from({ length: store.length }, (_, row) => {
    const stored = store.get(row);
    assert.ok(stored);
    return stored.record;
  });
}

describe('EventStore', () => {
  it('holds what the decoder says, whatever the chunks', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(80)), (bytes, cuts) => {
        const decoded: StreamRecord[] = [];
        const decoder = createSseDecoder((record) => decoded.push(record));
        decoder.feed(bytes);
        decoder.end();
        const store = storeOf(bytes, cuts);
        assert.deepEqual(recordsOf(store), decoded);
        assert.equal(store.eventCount, decoded.filter(({ kind }) => kind === 'event').length);
        assert.deepEqual(store.bytes(0, Infinity), bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same places whatever the chunks', () => {
    const places = (store: EventStore) =>
      Array.from({ length: store.length }, (_, row) => [
        store.byteOffset(row),
        store.byteEnd(row),
        store.eventIndex(row),
        store.type(row),
      ]);
    fc.assert(
      fc.property(stream, fc.array(fc.nat(80)), (bytes, cuts) => {
        assert.deepEqual(places(storeOf(bytes, cuts)), places(storeOf(bytes, [])));
      }),
      { numRuns: 1000 },
    );
  });

  it('knows when each record came, in which chunk, and the gap before it', () => {
    const store = new EventStore();
    store.append(10, utf8('data: a\n\ndata: b'));
    store.append(25, utf8('\n\n: beat\n'));
    store.append(70, utf8('data: c\n\n'));
    store.append(90, utf8('data: d'));
    store.end();
    const rows = [0, 1, 2, 3, 4];
    assert.deepEqual(rows.map((row) => store.kind(row)), ['event', 'event', 'comment', 'event', 'incomplete']); // prettier-ignore
    assert.deepEqual(rows.map((row) => store.atMs(row)), [10, 25, 25, 70, 90]); // prettier-ignore
    assert.deepEqual(rows.map((row) => store.gapMs(row)), [10, 15, 0, 45, 20]); // prettier-ignore
    assert.deepEqual(rows.map((row) => store.chunkOf(row)), [0, 1, 1, 2, 3]); // prettier-ignore
    assert.deepEqual(rows.map((row) => store.eventIndex(row)), [0, 1, -1, 2, -1]); // prettier-ignore
    assert.deepEqual(store.chunk(1), { atMs: 25, byteOffset: 16, byteLength: 9, rowsBefore: 1 });
  });

  it('decodes the beginning of a text, cut between characters', () => {
    const store = storeOf(utf8(':a你好\n'));
    assert.deepEqual(
      [0, 1, 2, 3, 4, 6, 7, 9].map((bytes) => store.text(0, bytes)),
      ['', 'a', 'a', 'a', 'a你', 'a你', 'a你好', 'a你好'],
    );
  });

  it('finds the beginning of data that stands behind much else', () => {
    const store = storeOf(utf8(`${'x'.repeat(5000)}\ndata: found ${'y'.repeat(5000)}\n\n`));
    assert.equal(store.text(0, 5), 'found');
  });

  it('keeps data larger than a page, over several pages', () => {
    const large = '数'.repeat(900_000);
    const store = storeOf(utf8(`data: before\n\ndata: ${large}\n\ndata: after\n\n`), [5, 1_500_000]);
    assert.deepEqual(
      [0, 1, 2].map((row) => store.text(row)),
      ['before', large, 'after'],
    );
  });

  it('tells a thousand event types apart and reads the others', () => {
    const store = storeOf(utf8(Array.from({ length: 2000 }, (_, at) => `event: t${at}\ndata\n\n`).join('')));
    assert.equal(store.type(5), 't5');
    assert.equal(store.type(1999), 't1999');
    assert.equal(store.typeCounts().length, 1000);
    assert.equal(store.unnumberedTypeCount, 1001);
    assert.deepEqual(store.typeCounts()[6], ['t5', 1]);
  });

  it('knows the gap before an event, and its row, whatever stands between', () => {
    const kinds = fc.array(fc.constantFrom('data: x\n\n', ': c\n', 'retry: 1\n', ''), { maxLength: 60 });
    fc.assert(
      fc.property(kinds, (pieces) => {
        const store = new EventStore();
        pieces.forEach((piece, index) => store.append(index * index, utf8(piece)));
        let lastMs = 0;
        for (let row = 0; row < store.length; row++) {
          assert.equal(store.gapMs(row), store.atMs(row) - lastMs);
          if (store.kind(row) !== 'event') continue;
          lastMs = store.atMs(row);
          assert.equal(store.eventRow(store.eventIndex(row)), row);
        }
      }),
    );
  });

  it('neither numbers nor reads whole what is too long for a type or an id', () => {
    const long = 'x'.repeat(300_000);
    const store = storeOf(utf8(`event: ${long}\nid: ${long}\ndata: a\n\ndata: b\n\n`));
    assert.equal(store.typeCounts().length, 1);
    assert.equal(store.type(0).length, 300_000);
    assert.deepEqual([store.id(0, 10), store.id(1, 10)], ['x'.repeat(10), '']);
  });
});
