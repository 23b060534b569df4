import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PreparedRequest } from '../../src/core/profiles/prepare.ts';
import { readProfiles, type Auth, type Profile, type Route } from '../../src/core/profiles/profile.ts';
import { DeployedLogs } from '../../src/host/logs/deployedLogs.ts';
import { LocalLogs } from '../../src/host/logs/localLogs.ts';
import type { FunctionRun } from '../../src/host/functionRun.ts';
import { logSourceOf, type LogSource } from '../../src/host/logs/logSource.ts';
import type { LoggedRun, PanelLogs } from '../../src/host/logs/panelLogs.ts';
import { Secrets } from '../../src/host/secrets.ts';
import { WorkspaceFunctions } from '../../src/host/workspaceFunctions.ts';
import type { OutputLine } from '../../src/net/functionProcess.ts';
import { createHttpTransport } from '../../src/net/httpTransport.ts';
import type { LogRow, LogSearchSnapshot, LogsSnapshot } from '../../src/protocol/logs.ts';
import type { ManagedLog } from '../support/gateway/cloud.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { fileUri } from './editor.ts';
import { accountKey, TestSecrets } from './treeSession.ts';

const ENV_ID = 'my-dev-1a2b';
const secret = 'request-secret-1';

/** A run as far as logs know of one. */
class TestRun implements LoggedRun {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  sentMs: number | undefined;
  prepared: LoggedRun['prepared'];
  response: LoggedRun['response'];
  ended: LoggedRun['ended'];

  send(atMs: number, headers: readonly (readonly [string, string])[] = []): void {
    this.sentMs = atMs;
    this.prepared = { wire: { headers }, secrets: [secret] } as unknown as PreparedRequest;
    this.#changed.fire();
  }

  answer(headers: readonly (readonly [string, string])[]): void {
    this.response = { received: { headers } } as unknown as NonNullable<LoggedRun['response']>;
    this.#changed.fire();
  }

  end(atMs: number): void {
    this.ended = { exchange: { reason: 'complete', error: null, bytes: 0 }, atMs };
    this.#changed.fire();
  }
}

describe('logs', () => {
  const toDispose: vscode.Disposable[] = [];
  afterEach(() => {
    for (const one of toDispose.splice(0)) one.dispose();
  });

  const rowsOf = (logs: PanelLogs, view: 'all' | 'request' = 'all', from = 0): readonly LogRow[] => {
    const { listId } = logs.snapshot();
    const answer = logs.answer({ kind: 'logs', listId, view, from, count: 500 });
    assert.ok(answer?.kind === 'logs');
    return answer.rows;
  };
  const previews = (logs: PanelLogs, view?: 'all' | 'request'): string[] =>
    rowsOf(logs, view).map(({ preview }) => preview);
  const textOf = (logs: PanelLogs, row: number): string => {
    const answer = logs.answer({ kind: 'log', listId: logs.snapshot().listId, view: 'all', row });
    assert.ok(answer?.kind === 'log');
    return answer.log.text;
  };

  describe('of a function on this machine', () => {
    const folder = vscode.Uri.file('/w/chat');
    const wrote = new vscode.EventEmitter<{ folder: vscode.Uri; line: OutputLine }>();
    const line = (atMs: number, text: string): OutputLine => ({ atMs, stream: 'stdout', text });
    const write = (atMs: number, text: string, where = folder): void =>
      wrote.fire({ folder: where, line: line(atMs, text) });

    it('come live, and are told apart by the request’s id once that is known', () => {
      const run = new TestRun();
      const local = { output: () => [line(500, 'started')], onDidOutput: wrote.event };
      const logs = new LocalLogs({ kind: 'local', name: 'chat', folder }, run, { local });
      let changes = 0;
      toDispose.push(
        logs,
        logs.onDidChange(() => changes++),
      );
      assert.deepEqual(previews(logs), ['started']);
      run.send(1000);
      write(1100, `\x1b[32mid=req-1\x1b[0m ${secret}`);
      write(1200, 'another function', vscode.Uri.file('/w/other'));
      write(1300, 'meanwhile');
      assert.equal(changes, 3);
      assert.deepEqual(logs.snapshot().counts, { all: 3, request: 2 });
      assert.deepEqual(previews(logs, 'request'), ['id=req-1 ***', 'meanwhile']);
      const { listId } = logs.snapshot();
      run.answer([['X-Request-Id', 'req-1']]);
      assert.equal(logs.answer({ kind: 'logs', listId, view: 'all', from: 0, count: 5 }), null, 'stale');
      run.end(1000);
      write(3000, 'afterwards');
      write(3001, `late req-1`);
      assert.deepEqual(
        rowsOf(logs, 'request').map(({ preview, relation }) => [preview, relation]),
        [
          ['id=req-1 ***', 'id'],
          ['meanwhile', 'time'],
          ['late req-1', 'id'],
        ],
      );
      const { idCount, requestIds, counts } = logs.snapshot();
      assert.deepEqual([idCount, requestIds, counts.all], [2, ['req-1'], 5]);
      assert.equal(textOf(logs, 1), 'id=req-1 ***');
      const query = { kind: 'log', listId: logs.snapshot().listId, view: 'request', row: 1 } as const;
      const answer = logs.answer(query);
      assert.equal(answer?.kind === 'log' && answer.log.sinceMs, 300);
      assert.equal(logs.answer({ ...query, row: 99 }), null);
    });
  });

  describe('of a request', () => {
    const folder = (name: string): vscode.Uri => fileUri(`functions/${name}`);
    const active = (name: string, port: number) =>
      ({ name, port, workspaceFunction: { folder: folder(name) } }) as unknown as FunctionRun;
    const functions = new WorkspaceFunctions(vscode.window.createOutputChannel('logs test', { log: true }));
    before(async () => {
      await functions.folders();
    });
    after(() => functions.dispose());

    const sourceOf = (
      changes: {
        readonly url?: string;
        readonly name?: string | null;
        readonly route?: Route | null;
        readonly auth?: Auth;
      },
      running: readonly FunctionRun[] = [],
      written: readonly OutputLine[] = [],
    ): LogSource | null => {
      const { url = 'http://127.0.0.1:9000/', name = 'hello', route = 'local', auth = 'none' } = changes;
      const { active: profile } = readProfiles({ dev: { envId: ENV_ID, auth } }, 'dev');
      const prepared = { wire: { url }, functionName: name, route, profile } as unknown as PreparedRequest;
      const local = {
        active: () => running,
        output: (of: vscode.Uri) => (of.path.endsWith('/hello') ? written : []),
        onDidOutput: new vscode.EventEmitter<{ folder: vscode.Uri; line: OutputLine }>().event,
      };
      return logSourceOf(prepared, fileUri('a.cbhttp'), { local, functions });
    };
    const line: OutputLine = { atMs: 0, stream: 'stderr', text: 'its last words' };

    it('are those of the function that listens where it was sent', () => {
      const running = [active('nightly', 9001), active('hello', 9000)];
      assert.deepEqual(sourceOf({}, running), { kind: 'local', name: 'hello', folder: folder('hello') });
      const byUrl = sourceOf({ url: 'http://localhost:9001/x', name: null, route: null }, running);
      assert.equal(byUrl?.name, 'nightly');
      assert.equal(sourceOf({ url: 'http://127.0.0.1:9002/' }, running, [line]), null, 'it runs elsewhere');
      assert.equal(sourceOf({ url: 'http://example.test:9000/', name: null, route: null }, running), null);
    });

    it('are the last words of one that has ended', () => {
      assert.equal(sourceOf({}, [], [line])?.name, 'hello');
      assert.equal(sourceOf({}), null, 'it has not run');
      assert.equal(sourceOf({ name: 'unknown' }, [], [line]), null);
    });

    it('are in the cloud for a profile with the key of an account', () => {
      const url = 'https://my-dev-1a2b.api.tcloudbasegateway.com/v1/functions/hello';
      for (const route of ['gateway', 'service'] as const) {
        for (const auth of ['secretKey', 'cliLogin'] as const) {
          assert.equal(sourceOf({ url, route, auth })?.kind, 'deployed');
        }
        for (const auth of ['none', 'apiKey', 'anonymous'] as const) {
          assert.equal(sourceOf({ url, route, auth }, [], [line]), null);
        }
      }
    });
  });

  describe('of a deployed function', () => {
    let gateway: Gateway;
    let logs: ManagedLog[];
    beforeEach(async () => {
      logs = [];
      gateway = await startGateway({
        environments: { dev: { envId: ENV_ID, apiKey: 'k', secrets: [accountKey] } },
        functions: {},
        logs,
      });
    });
    afterEach(() => gateway.dispose());

    const managed = (text: string, requestId = 'r-0001', functionName = 'chat'): ManagedLog => ({
      functionName,
      requestId,
      text,
      time: '2025-06-01 10:00:00',
    });
    const profile = (): Profile =>
      readProfiles(
        { dev: { envId: ENV_ID, auth: 'secretKey', managementUrl: gateway.origin, proxy: 'none' } },
        'dev',
      ).active;
    const open = (
      run: LoggedRun | null = null,
      key: { secretId: string; secretKey: string } | null = accountKey,
    ): DeployedLogs => {
      const transport = createHttpTransport({ editor: () => null, environment: {} });
      const log = vscode.window.createOutputChannel('logs test', { log: true });
      const secrets = new Secrets(new TestSecrets());
      const opened = new DeployedLogs({ kind: 'deployed', name: 'chat', profile: profile() }, run, {
        transport,
        log,
        secrets,
        credentials: { accountKey: () => Promise.resolve(key ?? undefined) },
      });
      toDispose.push(opened, log, secrets, { dispose: () => transport.dispose() });
      return opened;
    };
    const searchOf = (snapshot: LogsSnapshot): LogSearchSnapshot =>
      snapshot.search ?? assert.fail('a search');
    const stateOf = (opened: DeployedLogs): string => searchOf(opened.snapshot()).state;
    const settled = (opened: DeployedLogs): Promise<void> =>
      new Promise((resolve) => {
        const listening = opened.onDidChange(() => {
          if (stateOf(opened) === 'searching') return;
          listening.dispose();
          resolve();
        });
      });

    it('are asked for when the user wants them, page by page', async () => {
      for (let n = 0; n < 130; n++) logs.push(managed(`line ${n}`));
      logs.push(managed('of another', 'r-0002', 'job'));
      const opened = open();
      assert.equal(stateOf(opened), 'idle');
      assert.equal(gateway.requests.length, 0, 'nothing unasked');
      await opened.search();
      assert.deepEqual([stateOf(opened), opened.snapshot().counts.all], ['found', 100]);
      assert.equal(previews(opened)[0], 'line 129');
      assert.equal(searchOf(opened.snapshot()).hasMore, true);
      const { listId } = opened.snapshot();
      const more = settled(opened);
      opened.act({ type: 'moreLogs' });
      await more;
      assert.equal(opened.snapshot().listId, listId, 'lines that are there keep their numbers');
      assert.deepEqual([opened.snapshot().counts.all, searchOf(opened.snapshot()).hasMore], [130, false]);
      assert.equal(rowsOf(opened, 'all', 129)[0]?.preview, 'line 0');
      assert.match(textOf(opened, 0), /^line 129\n\n\{\n {2}"function_name": "chat",/);
      opened.act({ type: 'moreLogs' });
      assert.equal(stateOf(opened), 'found', 'after the last page there is none');
    });

    it('are searched in the zone that is chosen', async () => {
      const opened = open();
      const { choice, ranges, utcOffsets } = searchOf(opened.snapshot());
      assert.deepEqual(choice, { id: null, range: 'hour', utcOffsetMinutes: 480 });
      assert.deepEqual(ranges, ['hour', 'day', 'week']);
      assert.ok(utcOffsets.includes(0));
      const spanOf = async (utcOffsetMinutes: number): Promise<number[]> => {
        await opened.search({ id: null, range: 'day', utcOffsetMinutes });
        const { from, to } = searchOf(opened.snapshot());
        return [from, to].map((time) => Date.parse(`${time.replace(' ', 'T')}Z`));
      };
      const [from = 0, to = 0] = await spanOf(0);
      assert.ok(Math.abs(to - Date.now()) < 60_000 && to - from === 86_400_000);
      const [inChina = 0] = await spanOf(480);
      assert.ok(Math.abs(inChina - from - 480 * 60_000) < 60_000);
      await opened.search({ id: 0, range: 'day', utcOffsetMinutes: 0 });
      assert.equal(searchOf(opened.snapshot()).choice.id, null, 'there is no such id');
    });

    it('are found by the request’s id, around its run, and hold no secret', async () => {
      logs.push(managed('other', 'r-0002'), managed(`said ${secret} ${accountKey.secretKey}`, 'r-0001'));
      const run = new TestRun();
      const sent = Date.now() - 60_000;
      run.send(sent);
      const opened = open(run);
      run.answer([['x-request-id', 'r-0001']]);
      run.end(1000);
      const { choice, ranges } = searchOf(opened.snapshot());
      assert.deepEqual(choice, { id: 0, range: 'run', utcOffsetMinutes: 480 });
      assert.deepEqual(ranges, ['run', 'hour', 'day']);
      await opened.search({ ...choice, utcOffsetMinutes: 0 });
      assert.deepEqual(previews(opened), ['said *** ***']);
      assert.deepEqual(rowsOf(opened)[0]?.relation, 'id');
      assert.ok(!textOf(opened, 0).includes(secret) && !textOf(opened, 0).includes(accountKey.secretKey));
      const { from, to } = searchOf(opened.snapshot());
      const second = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
      assert.deepEqual([from, to], [second(sent - 300_000), second(sent + 301_000)]);
      await opened.search({ id: null, range: 'hour', utcOffsetMinutes: 0 });
      assert.deepEqual(
        rowsOf(opened).map(({ relation }) => relation),
        ['id', null],
      );
    });

    it('say why they cannot be had, and can be asked for again', async () => {
      const refused = open(null, { secretId: accountKey.secretId, secretKey: 'a-wrong-key' });
      await refused.search();
      const { state, failure } = searchOf(refused.snapshot());
      assert.equal(state, 'failed');
      assert.match(failure, /Check SecretId and SecretKey.*AuthFailure\.SignatureFailure/);
      assert.ok(!failure.includes('a-wrong-key'));
      const without = open(null, null);
      await without.search();
      assert.equal(stateOf(without), 'idle', 'the user gave no key');
      logs.push(managed('hello'));
      const opened = open();
      const port = gateway.port;
      await gateway.dispose();
      await opened.search();
      assert.equal(stateOf(opened), 'failed');
      gateway = await startGateway({
        environments: { dev: { envId: ENV_ID, apiKey: 'k', secrets: [accountKey] } },
        functions: {},
        logs,
        port,
      });
      await opened.search();
      assert.deepEqual(previews(opened), ['hello']);
    });

    it('can be given up, and are when another search begins or the panel goes', async () => {
      logs.push(managed('hello'));
      const opened = open();
      const first = opened.search();
      opened.act({ type: 'cancelLogs' });
      await first;
      assert.equal(stateOf(opened), 'idle');
      const second = opened.search();
      const third = opened.search({ id: null, range: 'day', utcOffsetMinutes: 0 });
      await Promise.all([second, third]);
      assert.deepEqual([stateOf(opened), previews(opened)], ['found', ['hello']]);
      const last = opened.search();
      opened.dispose();
      await last;
    });
  });
});
