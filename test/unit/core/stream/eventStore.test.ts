import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { EventStore } from '../../../../src/core/stream/eventStore.ts';
import type { StreamRecord } from '../../../../src/core/stream/record.ts';

const text = fc.string({ unit: 'grapheme' });
const record: fc.Arbitrary<StreamRecord> = fc.oneof(
  fc
    .tuple(text, text, text, text)
    .map(([type, id, lastEventId, data]) => ({ kind: 'event' as const, type, id, lastEventId, data })),
  text.map((comment) => ({ kind: 'comment' as const, text: comment })),
  fc.nat().map((ms) => ({ kind: 'retry' as const, ms })),
  text.map((data) => ({ kind: 'incomplete' as const, data })),
);

describe('EventStore', () => {
  it('gives back every record as it was', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const store = new EventStore();
        records.forEach((one, index) => store.append(index / 2, one));
        assert.equal(store.length, records.length);
        assert.equal(store.eventCount, records.filter(({ kind }) => kind === 'event').length);
        let events = 0;
        records.forEach((one, index) => {
          const eventIndex = one.kind === 'event' ? events++ : -1;
          assert.deepEqual(store.get(index), { atMs: index / 2, eventIndex, record: one });
        });
        assert.equal(store.get(records.length), undefined);
        assert.equal(store.get(-1), undefined);
      }),
    );
  });

  it('decodes the beginning of a text, cut between characters', () => {
    const store = new EventStore();
    store.append(0, { kind: 'comment', text: 'a你好' });
    const beginning = (bytes: number) => {
      const found = store.get(0, bytes)?.record;
      return found?.kind === 'comment' ? found.text : undefined;
    };
    assert.deepEqual([0, 1, 2, 3, 4, 6, 7, 9].map(beginning), [
      '',
      'a',
      'a',
      'a',
      'a你',
      'a你',
      'a你好',
      'a你好',
    ]);
    assert.equal(store.textBytes(0), 7);
  });

  it('keeps data larger than a page and grows past its first capacity', () => {
    const store = new EventStore();
    const large = '数'.repeat(500_000);
    for (let index = 0; index < 3000; index++) {
      const data = index === 1500 ? large : `data ${index}`;
      store.append(index, { kind: 'event', type: 't', id: '', lastEventId: '', data });
    }
    const dataAt = (row: number) => {
      const found = store.get(row)?.record;
      return found?.kind === 'event' ? found.data : undefined;
    };
    assert.equal(dataAt(1500), large);
    assert.equal(dataAt(1501), 'data 1501');
    assert.equal(dataAt(2999), 'data 2999');
  });
});
