import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { EventStore } from '../../../../src/core/stream/eventStore.ts';
import { StreamAnalysis } from '../../../../src/core/stream/streamAnalysis.ts';
import { cutAt, storeOf, utf8 } from '../../../support/eventStreams.ts';

/** A clock that goes on by 1 ms with every look: slices end as soon as they may. */
function tickingClock(): () => number {
  let now = 0;
  return () => now++;
}

function finish(analysis: StreamAnalysis, budgetMs: number): number {
  const now = tickingClock();
  for (let slices = 1; ; slices++) {
    if (analysis.advance(budgetMs, now)) return slices;
  }
}

describe('StreamAnalysis', () => {
  it('finds the same in one go, in slices, and while the stream comes', async () => {
    const folder = path.join(import.meta.dirname, '../../../fixtures/streams');
    for (const name of await readdir(folder)) {
      const bytes = new Uint8Array(await readFile(path.join(folder, name)));
      const whole = new StreamAnalysis(storeOf(bytes));
      finish(whole, Infinity);
      const store = new EventStore();
      const live = new StreamAnalysis(store);
      const now = tickingClock();
      for (const chunk of cutAt(bytes, [3, 50, 51, 400])) {
        store.append(0, chunk);
        live.advance(1, now);
      }
      store.end();
      assert.equal(live.isDone, false);
      finish(live, 1);
      assert.ok(live.isDone && whole.isDone);
      const texts = (one: StreamAnalysis) => one.assembly.channels.map((channel) => channel.slice(0));
      assert.deepEqual(texts(live), texts(whole), name);
      assert.deepEqual(live.linter.list.items, whole.linter.list.items, name);
    }
  });

  it('gives up its slice in time', () => {
    const store = storeOf(utf8('data: {"a":1}\n\n'.repeat(1000)));
    assert.ok(finish(new StreamAnalysis(store), 1) >= 10);
  });

  it('points at data that is almost JSON, and at no plain words', () => {
    const store = storeOf(utf8('data: {\'a\': 1}\n\ndata: hello\n\ndata: [DONE]\n\ndata: {"a": 1,}\n\n'));
    const analysis = new StreamAnalysis(store);
    finish(analysis, Infinity);
    const found = analysis.linter.list.items.filter(({ code }) => code === 'almost-json');
    assert.deepEqual(
      found.map(({ eventIndex, row, byteOffset }) => ({ eventIndex, row, byteOffset })),
      [
        { eventIndex: 0, row: 0, byteOffset: 0 },
        { eventIndex: 3, row: 3, byteOffset: store.byteOffset(3) },
      ],
    );
  });
});
