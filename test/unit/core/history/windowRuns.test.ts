import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { encodeFrame } from '../../../../src/core/history/journal.ts';
import type { KeptHead } from '../../../../src/core/history/keptRun.ts';
import { WindowRuns } from '../../../../src/core/history/windowRuns.ts';
import { sampleHead } from '../../../support/historyWriter.ts';

const OWNER = { pid: 1, session: 'this window' };
const GENEROUS = { maxRuns: 1000, maxBytes: 1e9 };

/** Writes a run with these pieces of a body. */
function write(runs: WindowRuns, pieces: readonly Uint8Array[], given: Partial<KeptHead> = {}): KeptHead {
  const head = sampleHead(OWNER, given);
  const file = runs.file(head.id);
  file.writeHead({ ...head, state: 'running' });
  for (const [atMs, payload] of pieces.entries()) file.append(encodeFrame({ kind: 'chunk', atMs, payload }));
  file.writeHead(head);
  return head;
}

async function payloads(runs: WindowRuns, id: string): Promise<number[][] | undefined> {
  const read = runs.read(id);
  if (read === undefined) return undefined;
  const found: number[][] = [];
  for await (const { payload } of read.frames) found.push([...payload]);
  return found;
}

describe('the runs of a window, in memory', () => {
  it('give back what was written, whatever its pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 2000 })), async (pieces) => {
        const runs = new WindowRuns();
        const { id } = write(runs, pieces);
        assert.deepEqual(await payloads(runs, id), pieces.map((piece) => [...piece])); // prettier-ignore
      }),
    );
  });

  it('are read while they go on, as far as they have come, also over pages of a megabyte', async () => {
    const runs = new WindowRuns();
    const piece = new Uint8Array(300_001).fill(7);
    const head = write(runs, [piece, piece, piece, piece], { state: 'running' });
    assert.deepEqual(runs.list().map(({ id, isLive }) => [id, isLive]), [[head.id, true]]); // prettier-ignore
    assert.deepEqual((await payloads(runs, head.id))?.map(({ length }) => length), [300_001, 300_001, 300_001, 300_001]); // prettier-ignore
    assert.equal(runs.read(head.id)?.head.state, 'running');
  });

  it('stay within both limits under 1,000 runs; those that go on stay', () => {
    const runs = new WindowRuns();
    const live = write(runs, [], { startedMs: 0, state: 'running' });
    const limits = { maxRuns: 20, maxBytes: 100_000 };
    for (let startedMs = 1; startedMs <= 1000; startedMs++) {
      write(runs, [new Uint8Array(startedMs < 500 ? 10_000 : 10)], { startedMs });
      const left = runs.keepWithin(limits).filter(({ isLive }) => !isLive);
      assert.ok(left.length <= 20);
      assert.ok(left.reduce((sum, { byteLength }) => sum + byteLength, 0) <= limits.maxBytes);
    }
    const left = runs.list();
    assert.equal(left.length, 21);
    assert.ok(left.every(({ id, startedMs }) => startedMs > 980 || id === live.id));
  });

  it('are gone once they are deleted, whatever is written of them later', async () => {
    const runs = new WindowRuns();
    const head = sampleHead(OWNER, { state: 'running' });
    const file = runs.file(head.id);
    file.writeHead(head);
    runs.delete([head.id]);
    file.append(encodeFrame({ kind: 'chunk', atMs: 1, payload: new Uint8Array(3) }));
    file.writeHead({ ...head, state: 'ended' });
    await file.settle();
    assert.deepEqual([runs.has(head.id), runs.list(), runs.read(head.id)], [false, [], undefined]);
    assert.deepEqual(runs.keepWithin(GENEROUS), []);
  });
});
