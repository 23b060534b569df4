import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { repositoryDir } from '../support/paths.ts';
import { startScriptedServer, type ScriptedConnection, type ScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';

/** What no output may show. */
const SECRET = 'geheim-密';

type Line = Record<string, unknown>;

/** The tool, running: the lines it has printed so far. */
interface Running {
  readonly lines: () => Line[];
  readonly exited: Promise<number | null>;
}

describe('the command line, of streams that are none of events', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cbhttp-streams-'));
  let server: ScriptedServer;
  before(async () => {
    server = await startScriptedServer();
  });
  after(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true });
  });

  /** Sends a request that has these directives and headers. */
  const send = (directives: string, headers = ''): Running => {
    const file = path.join(folder, 'r.cbhttp');
    writeFileSync(file, `${directives}\nGET ${server.origin}/s\n${headers}`);
    const tool = path.join(repositoryDir, 'dist', 'cli.cjs');
    const child = spawn(process.execPath, [tool, 'send', file, '--json'], {
      env: { ...process.env, CBHTTP_SECRET_LOCAL_KEY: SECRET },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    return {
      lines: () =>
        out
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as Line),
      exited: new Promise((resolve) => child.on('close', resolve)),
    };
  };
  const answer = async (type: string): Promise<ScriptedConnection> => {
    const connection = await server.nextRequest();
    await connection.head(200, { 'Content-Type': type });
    return connection;
  };
  const seen = ({ lines }: Running, count: number): Promise<void> =>
    eventually(`${count} lines`, () => lines().length >= count);
  const kinds = ({ lines }: Running): unknown[] => lines().map(({ kind }) => kind);

  it('prints JSON lines as one body', async () => {
    const running = send('');
    const connection = await answer('application/x-ndjson');
    await connection.write('{"a":1}\n{"a":2}\n');
    await connection.end();
    assert.equal(await running.exited, 0);
    assert.deepEqual(kinds(running), ['request', 'response', 'body', 'end']);
    assert.equal(running.lines()[2]?.['content'], '{"a":1}\n{"a":2}\n');
  });

  it('prints each as it comes with @stream on', async () => {
    const running = send('# @stream on');
    const connection = await answer('application/jsonl');
    await connection.write('{"a":1}\r\n{"a":');
    await seen(running, 3);
    await connection.write('2}\n{"cut');
    await seen(running, 4);
    await connection.end();
    assert.equal(await running.exited, 0);
    const events = running.lines().slice(2);
    assert.deepEqual(
      events.map(({ kind, index, event, data }) => [kind, index, event, data]),
      [
        ['event', 0, 'json', '{"a":1}'],
        ['event', 1, 'json', '{"a":2}'],
        ['incomplete', undefined, undefined, '{"cut'],
        ['end', undefined, undefined, undefined],
      ],
    );
    assert.equal(events[3]?.['events'], 2);
  });

  it('prints a body line for each chunk of any other type with @stream on', async () => {
    const running = send('# @stream on');
    const connection = await answer('text/plain');
    await connection.write('one');
    await seen(running, 3);
    await connection.write(new Uint8Array([0xff, 0x00]));
    await seen(running, 4);
    await connection.end();
    assert.equal(await running.exited, 0);
    assert.deepEqual(
      running
        .lines()
        .slice(2)
        .map(({ kind, encoding, content }) => [kind, encoding, content]),
      [
        ['body', 'utf8', 'one'],
        ['body', 'base64', '/wA='],
        ['end', undefined, undefined],
      ],
    );
  });

  it('hides a secret that comes piece by piece, and keeps every byte', async () => {
    const running = send('# @stream on', 'X-Key: {{$secret key}}\n');
    const connection = await answer('text/plain');
    for (const piece of ['k=', ...SECRET, '; then ', SECRET.slice(0, 3)]) await connection.write(piece);
    await connection.end();
    assert.equal(await running.exited, 0);
    const bodies = running.lines().filter(({ kind }) => kind === 'body');
    assert.equal(bodies.map(({ content }) => content).join(''), 'k=**********; then geh');
  });

  it('connects again where the request says so, and ends once', async () => {
    const running = send('# @reconnect 1');
    const first = await answer('text/event-stream');
    await first.write('retry: 20\nid: 1\ndata: a\n\n');
    await seen(running, 4);
    first.reset();
    const second = await answer('text/event-stream');
    assert.equal(second.request.header('last-event-id'), '1');
    await second.write('data: b\n\n');
    await second.end();
    assert.equal(await running.exited, 0);
    assert.deepEqual(kinds(running), [
      'request', 'response', 'retry', 'event', 'resumed', 'response', 'event', 'end',
    ]); // prettier-ignore
    const [, , , , resumed, , event, end] = running.lines();
    assert.deepEqual([resumed?.['lastEventId'], event?.['index'], event?.['lastEventId']], ['1', 1, '1']);
    assert.deepEqual([end?.['reason'], end?.['events']], ['complete', 2]);
  });
});
