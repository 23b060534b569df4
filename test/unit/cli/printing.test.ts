import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, it } from 'mocha';
import { drained } from '../../../src/cli/printing.ts';

/** An output whose reader has not come yet. */
function full(): PassThrough {
  const output = new PassThrough({ highWaterMark: 1 });
  output.write('more than it takes');
  assert.ok(output.writableNeedDrain);
  return output;
}

describe('drained', () => {
  it('waits for the reader, or no longer than it is wanted, and then listens to neither', async () => {
    for (const end of ['drain', 'abort']) {
      const output = full();
      const before = output.listenerCount('drain');
      const stop = new AbortController();
      const waiting = drained(output, stop.signal);
      assert.equal(getEventListeners(stop.signal, 'abort').length, 1);
      if (end === 'drain') output.resume();
      else stop.abort();
      await waiting;
      assert.equal(getEventListeners(stop.signal, 'abort').length, 0, end);
      assert.equal(output.listenerCount('drain'), before, end);
    }
  });

  it('waits for nothing where there is room', async () => {
    await drained(new PassThrough());
  });
});
