import * as assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, truncate } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PreparedRequest } from '../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import { History } from '../../src/host/history.ts';
import { replayRun } from '../../src/host/historyReplay.ts';
import { describeRun, historyItem, HistoryTree } from '../../src/host/historyTree.ts';
import { problemsOf, timingOf } from '../../src/host/problems.ts';
import { Run } from '../../src/host/run.ts';
import type { RunDeps } from '../../src/host/runDeps.ts';
import type { RunSubject } from '../../src/host/runSubject.ts';
import { monotonicClock } from '../../src/net/clock.ts';
import { createHttpTransport } from '../../src/net/httpTransport.ts';
import { createJsonPathEngine } from '../../src/net/jsonPath.ts';
import type { RunSnapshot } from '../../src/protocol/messages.ts';
import { startScriptedServer, type ScriptedConnection, type ScriptedServer } from '../support/sseServer.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { eventually } from '../support/until.ts';
import { plainTls } from '../support/wireFixtures.ts';

const sse = { 'Content-Type': 'text/event-stream' };
const SECRET = 'sk-0123456789';

describe('the history', () => {
  const transport = createHttpTransport({ editor: () => null, environment: {} });
  const log = vscode.window.createOutputChannel('history test', { log: true });
  let server: ScriptedServer;
  let folder: TemporaryFolder;
  let open: vscode.Disposable[];
  before(async () => {
    server = await startScriptedServer();
  });
  beforeEach(async () => {
    folder = await makeTemporaryFolder();
    open = [];
  });
  afterEach(async () => {
    for (const one of open.reverse()) one.dispose();
    await setLimits(undefined, undefined);
    await folder.dispose();
  });
  after(async () => {
    await server.dispose();
    transport.dispose();
    log.dispose();
  });

  const common: Omit<RunDeps, 'ports' | 'log' | 'recorder'> = {
    settings: { memoryBytes: 64 * 1024 * 1024, textPath: '', location: 'beside' },
    loadJsonPath: () => Promise.resolve(createJsonPathEngine()),
    functionTimeout: () => Promise.resolve(null),
    canStart: () => false,
  };

  /** A window's history. */
  function openHistory(): History {
    let runId = 1000;
    const history = new History({
      folder: folder.dir,
      log,
      replay: async (kept) => {
        const run = await replayRun(kept, { ...common, runId: ++runId });
        open.push(run);
        return run;
      },
    });
    open.push(history);
    return history;
  }

  function request(name: string): PreparedRequest {
    const url = `${server.origin}/${name}?key=${SECRET}`;
    const wire = { method: 'GET', url, headers: [['X-Key', SECRET]] as const, body: null, connectTimeoutMs: 0, tls: plainTls, proxy: 'none' }; // prettier-ignore
    return {
      wire,
      profile: readProfiles(undefined, undefined).active,
      route: 'local',
      functionName: null,
      stream: 'auto',
      timeoutMs: 0,
      idleTimeoutMs: 0,
      followsRedirects: true,
      usesCookieJar: false,
      reconnects: 2,
      shownUrl: url.replace(SECRET, '***'),
      shownHeaders: [['X-Key', '***']],
      secrets: [SECRET],
    };
  }

  /** Sends a request that is kept, and hands out the connection to answer it on. */
  async function send(
    history: History,
    name: string,
  ): Promise<{ run: Run; ended: Promise<void>; connection: ScriptedConnection }> {
    await history.load();
    const uri = vscode.Uri.parse('untitled:history.cbhttp');
    const subject: RunSubject = {
      uri,
      key: name,
      label: name,
      method: 'GET',
      target: `/${name}`,
      located: null,
    };
    const recorder = (begun: Run) => history.record(begun);
    const run = new Run(1, subject, {
      ...common,
      ports: { transport, clock: monotonicClock },
      log,
      recorder,
    });
    open.push(run);
    const ended = run.start(() => Promise.resolve(request(name)));
    return { run, ended, connection: await server.nextRequest() };
  }

  async function answered(history: History, name: string, ...pieces: readonly string[]): Promise<Run> {
    const { run, ended, connection } = await send(history, name);
    await connection.head(200, sse);
    for (const [index, piece] of pieces.entries()) {
      await connection.write(piece);
      const bytes = Buffer.byteLength(pieces.slice(0, index + 1).join(''));
      await eventually('the piece', () => run.byteLength === bytes);
    }
    await connection.end();
    await ended;
    await eventually('all is known of it', () => run.isAnalysed);
    await eventually('it is listed', () => history.runs.some(({ id, head }) => id === run.id && head.summary.verdict !== null)); // prettier-ignore
    return run;
  }

  /** All that a panel is told of a run but its number. */
  function told(run: Run): unknown {
    const snapshot: RunSnapshot = { ...run.snapshot(), runId: 0, canResume: false };
    const store = run.stream?.store;
    const rows = Array.from({ length: store?.length ?? 0 }, (_row, row) => store?.get(row));
    const chunks = Array.from({ length: store?.chunkCount ?? 0 }, (_chunk, index) => store?.chunk(index));
    return { snapshot, rows, chunks, problems: problemsOf(run), timing: timingOf(run) };
  }

  it('gives a run back as it was: events, chunks, times, headers, verdicts', async () => {
    const run = await answered(
      openHistory(),
      'whole',
      ': beat\n\ndata: o',
      'ne\n\nid: 7\ndata: two\n\nbad\n\n',
      'data: tail',
    );
    const again = await openHistory().open(run.id);
    await eventually('all is known of it', () => again.isAnalysed);
    assert.deepEqual(told(again), told(run));
    assert.equal(again.id, run.id);
    assert.equal(again.sentMs, run.sentMs);
    assert.equal(again.canResume, false);
  });

  it('gives a stream back that broke and went on', async () => {
    const { run, ended, connection } = await send(openHistory(), 'broken');
    await connection.head(200, sse);
    await connection.write('retry: 10\nid: 1\ndata: one\n\n');
    await eventually('the event', () => run.stream?.store.eventCount === 1);
    connection.reset();
    const second = await server.nextRequest();
    assert.equal(second.request.header('Last-Event-ID'), '1');
    await second.head(200, sse);
    await second.write('id: 1\ndata: one\n\nid: 2\ndata: two\n\n');
    await second.end();
    await ended;
    await eventually('all is known of it', () => run.isAnalysed);
    const again = await openHistory().open(run.id);
    await eventually('all is known of it', () => again.isAnalysed);
    assert.deepEqual(told(again), told(run));
    assert.equal(again.stream?.store.resumes.length, 1);
  });

  it('says of a run whose window was closed, and of one whose window was killed, what had come', async () => {
    const closed = openHistory();
    const first = await send(closed, 'closed');
    const killed = openHistory();
    const second = await send(killed, 'killed');
    for (const { connection, run } of [first, second]) {
      await connection.head(200, sse);
      await connection.write('data: 1\n\ndata: 2\n\n');
      await eventually('the events', () => run.stream?.store.eventCount === 2);
    }
    await eventually('it is on the disk', async () => (await journal(second.run)).includes('data: 2'));
    closed.dispose();
    const next = openHistory();
    await next.load();
    for (const { run, connection, ended } of [first, second]) {
      const again = await next.reopen(run.id);
      assert.ok(again !== undefined);
      assert.equal(again.stream?.store.eventCount, 2);
      assert.equal(again.snapshot().phase, 'ended');
      assert.match(
        again.snapshot().end?.message ?? '',
        /still running when the window was closed or reloaded/,
      );
      run.dispose();
      await Promise.all([connection.closed, ended]);
    }
    const [state] = next.runs.filter(({ id }) => id === first.run.id).map(({ head }) => head.state);
    assert.equal(state, 'lost');
  });

  it('keeps the beginning of a run that is too large, and says how much', async () => {
    await setLimits(20, 1);
    const event = `data: ${'x'.repeat(1000)}\n\n`;
    const run = await answered(openHistory(), 'large', event.repeat(10), event.repeat(500), event.repeat(10));
    const history = openHistory();
    const again = await history.open(run.id);
    const kept = again.stream?.store.eventCount ?? 0;
    assert.ok(kept >= 10 && kept < 260, String(kept));
    assert.equal(again.stream?.store.length, kept, 'no event is cut');
    assert.match(again.snapshot().end?.message ?? '', new RegExp(`first ${kept} of 520 events`));
    const [listed] = history.runs;
    assert.ok(listed !== undefined && (historyItem({ kind: 'run', id: listed.id, run: listed }).tooltip as string).includes(`first ${kept} of 520`)); // prettier-ignore
    const sizes = await Promise.all((await readdir(folder.dir)).map(async (name) => (await readFile(path.join(folder.dir, name))).length)); // prettier-ignore
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 1024 * 1024);
  });

  it('lists, filters, pins and deletes; what is torn is read as far as it goes', async () => {
    const history = openHistory();
    const one = await answered(history, 'one', 'data: 1\n\n', 'data: 2\n\n');
    const two = await answered(history, 'two', 'data: 1\n\n');
    const again = await answered(history, 'two', 'data: 3\n\n');
    const tree = new HistoryTree(history);
    const labels = (): (string | undefined)[] =>
      tree.children(undefined).map((node) => (node.kind === 'run' ? node.run.head.request.label : undefined));
    assert.deepEqual(labels(), ['two', 'two', 'one']);
    assert.match(describeRun(history.runs[2] ?? assert.fail()), /^local · 200 · .* · 2 events · /);
    assert.equal((await history.previous(again))?.id, two.id);
    assert.equal(await history.previous(one), undefined);
    tree.filter = 'ONE 200';
    assert.deepEqual(labels(), ['one']);
    tree.filter = '';

    await history.setPinned([one.id], true);
    await setLimits(1, 50);
    await eventually('the limit', () => history.runs.length === 2);
    assert.deepEqual(labels(), ['two', 'one']);
    await setLimits(0, 50);
    await eventually('the limit', () => history.runs.length === 1);
    assert.match(tree.message ?? '', /only until this window closes/);
    await setLimits(undefined, undefined);

    const file = path.join(folder.dir, `${one.id}.journal`);
    await truncate(file, (await readFile(file)).indexOf('data: 2') + 3);
    const torn = await openHistory().open(one.id);
    assert.equal(torn.stream?.store.eventCount, 1);
    await history.delete([one.id]);
    await eventually('nothing is left', async () => (await readdir(folder.dir)).length === 0);
    await assert.rejects(history.open(one.id), /no longer kept/);
    await assert.rejects(history.open(randomUUID()), /no longer kept/);
  });

  it('has the runs of this window, and nothing on the disk, where a limit is 0', async () => {
    await setLimits(0, 50);
    const history = openHistory();
    const one = await answered(history, 'one', ': beat\n\ndata: sk-01234', '56789\n\n');
    const two = await answered(history, 'one', 'data: 2\n\n');
    assert.deepEqual(history.runs.map(({ id, isOnDisk }) => [id, isOnDisk]), [[two.id, false], [one.id, false]]); // prettier-ignore
    const [listed] = history.runs;
    const item = historyItem({ kind: 'run', id: two.id, run: listed ?? assert.fail() });
    assert.equal(item.contextValue, 'historyRun memory');
    assert.match(item.tooltip as string, /gone with this window/);
    await history.setPinned([one.id], true);

    // As what a panel showed that is closed by now.
    const stood = told(two);
    two.dispose();
    const again = await history.open(two.id);
    await eventually('all is known of it', () => again.isAnalysed);
    assert.deepEqual(told(again), stood);
    const before = await history.previous(two);
    assert.equal(before?.id, one.id);
    assert.equal(before?.stream?.store.text(1), '*************', 'as it would be on the disk');

    const { run, connection, ended } = await send(history, 'running');
    await connection.head(200, sse);
    await connection.write('data: 1\n\n');
    await eventually('it is listed', () => history.runs.some(({ id, isLive }) => id === run.id && isLive));
    assert.deepEqual(await readdir(folder.dir), []);
    await history.delete([one.id]);
    assert.deepEqual(history.runs.map(({ id }) => id), [run.id, two.id]); // prettier-ignore
    await assert.rejects(history.open(one.id), /no longer kept/);

    history.dispose();
    const next = openHistory();
    await next.load();
    assert.deepEqual([next.runs, await readdir(folder.dir)], [[], []]);
    run.dispose();
    await Promise.all([connection.closed, ended]);
  });

  it('leaves nothing of a run that goes on where a limit becomes 0 meanwhile', async () => {
    const history = openHistory();
    const { run, connection, ended } = await send(history, 'going');
    await connection.head(200, sse);
    await connection.write('data: 1\n\n');
    await eventually('it is on the disk', async () => (await journal(run)).includes('data: 1'));
    await setLimits(20, 0);
    history.dispose();
    assert.deepEqual(await readdir(folder.dir), []);
    run.dispose();
    await Promise.all([connection.closed, ended]);
  });

  it('writes no secret: not of the request, nor where the server says it again in two pieces', async () => {
    const run = await answered(openHistory(), 'secret', 'data: sk-01234', '56789 and sk-0123456789\n\n');
    for (const name of await readdir(folder.dir)) {
      const text = await readFile(path.join(folder.dir, name), 'latin1');
      assert.ok(!text.includes(SECRET) && !text.includes('56789'), name);
    }
    const again = await openHistory().open(run.id);
    assert.equal(again.stream?.store.text(0), '************* and *************');
    assert.equal(again.stream?.store.chunkCount, 2);
    assert.equal(run.stream?.store.text(0), `${SECRET} and ${SECRET}`, 'the panel has it as it came');
  });

  function journal(run: Run): Promise<string> {
    return readFile(path.join(folder.dir, `${run.id}.journal`), 'latin1').catch(() => '');
  }

  async function setLimits(maxRuns: number | undefined, maxMegabytes: number | undefined): Promise<void> {
    const settings = vscode.workspace.getConfiguration('cbhttp.history');
    await settings.update('maxRuns', maxRuns, vscode.ConfigurationTarget.Global);
    await settings.update('maxMegabytes', maxMegabytes, vscode.ConfigurationTarget.Global);
  }
});
