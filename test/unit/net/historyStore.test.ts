import assert from 'node:assert/strict';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rmdir, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { encodeFrame } from '../../../src/core/history/journal.ts';
import { HistoryStore } from '../../../src/net/historyStore.ts';
import { sampleHead, writeRun } from '../../support/historyWriter.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

const GENEROUS = { maxRuns: 5000, maxBytes: 1e12 };

describe('the runs on the disk', () => {
  let folder: TemporaryFolder;
  let errors: unknown[];
  beforeEach(async () => {
    folder = await makeTemporaryFolder();
    errors = [];
  });
  afterEach(async () => {
    await folder.dispose();
    assert.deepEqual(errors, []);
  });

  function open(session = 'this window'): HistoryStore {
    return new HistoryStore(folder.dir, session, (error) => errors.push(error));
  }

  async function frameCount(store: HistoryStore, id: string): Promise<number> {
    const frames = (await store.read(id))?.frames[Symbol.asyncIterator]();
    let count = 0;
    while (frames !== undefined && (await frames.next()).done !== true) count++;
    return count;
  }

  it('are there in the next window, with what they were told', async () => {
    const head = await writeRun(open());
    const next = open('the next one');
    assert.deepEqual((await next.list()).map((run) => run.head), [head]); // prettier-ignore
    assert.equal(await frameCount(next, head.id), 1);
    await next.delete(await next.list());
    assert.deepEqual(await readdir(folder.dir), []);
    assert.equal(await next.read(head.id), undefined);
  });

  it('are gone with their window where nothing is to be kept any more', async () => {
    const store = open();
    const head = sampleHead(store.owner, { state: 'running' });
    const file = store.file(head.id);
    file.writeHead(head);
    file.append(encodeFrame({ kind: 'chunk', atMs: 1, payload: new Uint8Array(1000) }));
    await file.settle();
    assert.equal((await readdir(folder.dir)).length, 2);
    file.append(encodeFrame({ kind: 'chunk', atMs: 2, payload: new Uint8Array(1000) }));
    file.closeNow(null);
    assert.deepEqual(await readdir(folder.dir), []);
    file.writeHead(head);
    await file.settle();
    assert.deepEqual(await readdir(folder.dir), []);
  });

  it('are not going on where the disk refused, and the limits take them', async () => {
    const store = open();
    await store.prepare();
    const head = sampleHead(store.owner, { state: 'running' });
    const file = store.file(head.id);
    file.writeHead(head);
    await file.settle();
    assert.deepEqual((await store.list()).map(({ isLive }) => isLive), [true]); // prettier-ignore
    await mkdir(path.join(folder.dir, `${head.id}.journal`));
    file.append(encodeFrame({ kind: 'chunk', atMs: 1, payload: new Uint8Array(1000) }));
    await file.settle();
    assert.equal(errors.splice(0).length, 1);
    await rmdir(path.join(folder.dir, `${head.id}.journal`));
    assert.deepEqual((await store.list()).map(({ isLive }) => isLive), [false]); // prettier-ignore
    assert.deepEqual(await store.keepWithin({ maxRuns: 0, maxBytes: 1 }), []);
    assert.deepEqual(await readdir(folder.dir), []);
  });

  it('stay within both limits under 1,000 runs, and the disk with them', async () => {
    const store = open();
    const limits = { maxRuns: 20, maxBytes: 100_000 };
    const startMs = performance.now();
    let largest = 0;
    for (let n = 0; n < 1000; n++) {
      // Runs of 10 kB: the size counts; then of 1 kB: the number does.
      await writeRun(store, { startedMs: n, bytes: n < 500 ? 10_000 : 1000 });
      await store.keepWithin(limits);
      if (n % 50 !== 49) continue;
      const names = await readdir(folder.dir);
      const sizes = await Promise.all(
        names.map(async (name) => (await stat(path.join(folder.dir, name))).size),
      );
      largest = Math.max(largest, sizes.reduce((sum, one) => sum + one, 0)); // prettier-ignore
      assert.ok(names.length <= 40, String(names.length));
    }
    const left = await store.list();
    assert.equal(left.length, 20);
    assert.ok(left.every(({ startedMs }) => startedMs >= 980));
    assert.ok(largest <= limits.maxBytes, String(largest));
    assert.ok(performance.now() - startMs < 30_000, `${performance.now() - startMs} ms`);
  }).timeout(40_000);

  it('are listed quickly where 1,000 are pinned, which no limit deletes', async () => {
    const store = open();
    await store.prepare();
    for (let n = 0; n < 1000; n++) {
      const head = sampleHead(store.owner, { startedMs: n });
      await writeFile(path.join(folder.dir, `${head.id}.json`), JSON.stringify(head));
      await store.setPinned(head.id, true);
    }
    const next = open('the next one');
    const startMs = performance.now();
    assert.equal((await next.keepWithin({ maxRuns: 1, maxBytes: 1 })).length, 1000);
    assert.ok(performance.now() - startMs < 5000);
  }).timeout(30_000);

  it('are cut where a journal is torn, and none where a head is', async () => {
    const store = open();
    const [one, other] = [await writeRun(store), await writeRun(store)];
    const file = path.join(folder.dir, `${one.id}.journal`);
    const frame = encodeFrame({ kind: 'chunk', atMs: 2, payload: new Uint8Array(100) });
    await writeFile(file, Buffer.concat([await readFile(file), frame]));
    assert.equal(await frameCount(store, one.id), 2);
    await truncate(file, (await stat(file)).size - 1);
    assert.equal(await frameCount(store, one.id), 1);
    const head = path.join(folder.dir, `${other.id}.json`);
    await truncate(head, 100);
    const next = open('the next one');
    assert.deepEqual((await next.list()).map(({ id }) => id), [one.id]); // prettier-ignore
    await writeFile(head, JSON.stringify({ ...other, version: 99 }));
    assert.equal((await next.list()).length, 1);
  });

  it('leave nothing behind of what a window was killed in', async () => {
    const store = open();
    const kept = await writeRun(store);
    const gone = '00000000-0000-4000-8000-000000000000';
    for (const name of [`${gone}.journal`, `${gone}.pin`, `${kept.id}.json.77.3`]) {
      const file = path.join(folder.dir, name);
      await writeFile(file, 'x');
      if (name.endsWith('.pin')) continue; // that may just be written
      await utimes(file, 1, 1);
    }
    await store.sweep();
    const names = [`${gone}.pin`, `${kept.id}.journal`, `${kept.id}.json`];
    assert.deepEqual((await readdir(folder.dir)).sort(), names.sort());
  });

  it('are known to have ended with a window that was killed, whoever has its number now', async () => {
    const store = open();
    await store.prepare();
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' });
    const heads = [
      sampleHead({ pid: Number(dead), session: 'killed' }, { state: 'running' }),
      // A process of that number lives, but was not there before this machine was started.
      sampleHead({ pid: process.ppid, session: 'before' }, { state: 'running', startedMs: 1 }),
      sampleHead({ pid: process.ppid, session: 'alive' }, { state: 'running' }),
    ];
    for (const head of heads) await writeFile(path.join(folder.dir, `${head.id}.json`), JSON.stringify(head));
    await writeFile(path.join(folder.dir, `${heads[0]?.id}.journal`), new Uint8Array(5000));
    const alive = (await store.list()).filter(({ isLive }) => isLive);
    assert.deepEqual(alive.map(({ id }) => id), [heads[2]?.id]); // prettier-ignore
    await store.sweep();
    const listed = await open('the next one').list();
    const states = new Map(listed.map(({ id, head }) => [id, head.state]));
    // Its head had not said so yet, and the limits go by it.
    assert.equal(listed.find(({ id }) => id === heads[0]?.id)?.head.journalBytes, 5000);
    assert.deepEqual(heads.map(({ id }) => states.get(id)), ['lost', 'lost', 'running']); // prettier-ignore
  });

  it('are written before it returns where the window closes', async () => {
    const store = open();
    await store.prepare();
    const head = sampleHead(store.owner, { state: 'running' });
    const file = store.file(head.id);
    file.writeHead(head);
    for (let n = 0; n < 50; n++) {
      file.append(encodeFrame({ kind: 'chunk', atMs: n, payload: new Uint8Array(50_000) }));
      if (n === 25) await new Promise((resolve) => setImmediate(resolve)); // a batch is under way
    }
    file.closeNow({ ...head, state: 'lost' });
    const next = open('the next one');
    assert.equal(await frameCount(next, head.id), 50);
    assert.deepEqual((await next.list()).map((run) => run.head.state), ['lost']); // prettier-ignore
    await file.settle();
  });

  it('of two windows are all there, once, and none is deleted while the other writes it', async () => {
    const writer = path.resolve('test/support/historyWriter.ts');
    const other = fork(writer, [folder.dir, '40'], { execArgv: ['--import=tsx'] });
    try {
      const told = once(other, 'message') as Promise<[string]>;
      const store = open();
      await store.prepare();
      for (let n = 0; n < 40; n++) {
        await writeRun(store);
        await store.keepWithin(GENEROUS);
      }
      const [running] = await told;
      const all = await store.list();
      assert.equal(all.length, 80);
      assert.equal(new Set(all.map(({ id }) => id)).size, 80);
      assert.deepEqual(all.filter(({ isLive }) => isLive).map(({ id }) => id), [running]); // prettier-ignore
      // Neither a limit nor the user takes it from the other window.
      const left = await store.keepWithin({ maxRuns: 0, maxBytes: 0 });
      await store.delete(left);
      assert.deepEqual((await store.list()).map(({ id }) => id), [running]); // prettier-ignore
      assert.equal(await frameCount(store, running), 1);
      other.kill('SIGKILL');
      await once(other, 'exit');
      assert.deepEqual((await store.list()).map(({ isLive }) => isLive), [false]); // prettier-ignore
      await store.keepWithin({ maxRuns: 0, maxBytes: 0 });
      assert.deepEqual(await readdir(folder.dir), []);
    } finally {
      other.kill('SIGKILL');
    }
  }).timeout(60_000);

  it('tell this window when another one has changed something', async () => {
    const store = open();
    await store.prepare();
    const changed = new Promise<void>((resolve) => {
      const watcher = store.watch(() => {
        watcher?.close();
        resolve();
      });
      assert.notEqual(watcher, null);
    });
    await writeRun(open('another window'));
    await changed;
  });
});
