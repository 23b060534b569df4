import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../../src/core/message.ts';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import { HeartbeatWatch, livenessMessage } from '../../../../../src/core/stream/timing/liveness.ts';
import { utf8 } from '../../../../support/eventStreams.ts';

function watch(...chunks: (readonly [atMs: number, text: string])[]): HeartbeatWatch {
  const store = new EventStore();
  const heartbeats = new HeartbeatWatch(store);
  for (const [atMs, text] of chunks) {
    store.append(atMs, utf8(text));
    heartbeats.advance();
  }
  return heartbeats;
}

const words = (heartbeats: HeartbeatWatch, nowMs: number): string =>
  formatMessage(livenessMessage(heartbeats.livenessAt(nowMs)));

describe('HeartbeatWatch', () => {
  const beat = ': heartbeat\n\n';

  it('counts the heartbeats that were missed', () => {
    const heartbeats = watch([3000, beat], [6010, beat], [8990, beat], [12_000, beat]);
    assert.equal(heartbeats.intervalMs, 3010);
    assert.deepEqual(heartbeats.livenessAt(16_000), { state: 'active', silentMs: 4000 });
    assert.equal(words(heartbeats, 16_600), 'Silent for 4 s, one heartbeat missed.');
    assert.deepEqual(heartbeats.livenessAt(21_100), { state: 'missed', silentMs: 9100, missed: 3 });
    assert.equal(words(heartbeats, 21_100), 'Silent for 9 s, 3 heartbeats missed.');
  });

  it('takes any byte for a sign of life', () => {
    const heartbeats = watch([3000, beat], [6000, beat], [9000, beat], [14_000, 'data: not yet whole']);
    assert.deepEqual(heartbeats.livenessAt(15_000), { state: 'active', silentMs: 1000 });
  });

  it('is patient with heartbeats that come seldom', () => {
    const heartbeats = watch([30_000, beat], [60_000, beat], [90_000, beat]);
    assert.equal(heartbeats.livenessAt(125_000).state, 'active');
  });

  it('knows no rhythm from two comments, nor from remarks in one go', () => {
    const quiet = watch([0, ': a\n: b\n: c\n: d\n'], [1000, beat]);
    assert.equal(quiet.intervalMs, null);
    assert.deepEqual(quiet.livenessAt(5900), { state: 'active', silentMs: 4900 });
    assert.equal(words(quiet, 5900), 'The stream is alive.');
    assert.equal(words(quiet, 10_000), 'Silent for 9 s.');
  });

  it('follows a rhythm that changes', () => {
    const times = [0, 1000, 2000, 3000, ...Array.from({ length: 9 }, (_, index) => 13_000 + 10_000 * index)];
    assert.equal(watch(...times.map((atMs) => [atMs, beat] as const)).intervalMs, 10_000);
  });

  it('counts from sending before the first byte', () => {
    assert.equal(watch().livenessAt(4000).state, 'active');
    assert.deepEqual(watch().livenessAt(6000), { state: 'quiet', silentMs: 6000 });
  });
});
