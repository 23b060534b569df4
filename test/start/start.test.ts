import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parse } from 'jsonc-parser';
import { findLeftovers, markDescendants } from '../support/leftovers.ts';
import { startOwnedProcess } from '../support/ownedProcess.ts';
import { examplesDir, repositoryDir } from '../support/paths.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { eventually } from '../support/until.ts';

interface Settings {
  'cbhttp.profiles': { local: { functions: Record<string, number> }; dev: { baseUrl: string } };
}

/** True if something accepts connections at a port of this machine. */
function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Runs a program of the checkout; `lines` is what it has printed so far. */
function start(command: string, args: string[], env: NodeJS.ProcessEnv = process.env) {
  return startOwnedProcess({ name: args.join(' '), command, args, cwd: repositoryDir, env, graceMs: 10_000 });
}

describe('the commands of the README', () => {
  let temporary: TemporaryFolder;
  before(async () => {
    temporary = await makeTemporaryFolder();
  });
  after(() => temporary.dispose());

  it('npm start prints one URL; beside it the command line follows the clock; Ctrl-C ends everything', async () => {
    const mark = markDescendants();
    const settings = parse(
      await readFile(path.join(examplesDir, '.vscode', 'settings.json'), 'utf8'),
    ) as Settings;
    const { local, dev } = settings['cbhttp.profiles'];
    const ports = [...Object.values(local.functions), Number(new URL(dev.baseUrl).port)];

    const session = await start('npm', ['start']);
    const urls = () => session.lines.join('\n').match(/http:\/\/\S+/g) ?? [];
    await eventually('a URL', () => urls().length > 0, 120_000);
    assert.equal(urls().length, 1);
    const url = new URL(urls()[0] ?? '');
    assert.equal(url.hostname, '127.0.0.1');
    assert.match(url.searchParams.get('tkn') ?? '', /^[0-9a-f]{32}$/);
    assert.equal((await fetch(url, { redirect: 'manual' })).status, 302);
    url.searchParams.delete('tkn');
    assert.equal((await fetch(url)).status, 403);
    ports.push(Number(url.port));

    const args = 'send examples/stream.cbhttp --name clock --profile local --json --timeout 4500'.split(' ');
    const cli = await start(process.execPath, ['dist/cli.cjs', ...args]);
    assert.equal(await cli.exited, 3);
    await cli.end();
    const lines = cli.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
    assert.equal(lines[1]?.kind, 'response');
    const times = lines.filter(({ kind }) => kind === 'event').map(({ atMs }) => atMs);
    assert.ok(times.length >= 3, `${times.length} events`);
    for (const [index, time] of times.slice(1).entries()) {
      const gap = time - (times[index] ?? 0);
      assert.ok(gap > 500 && gap < 1500, `a gap of ${gap} ms`);
    }
    assert.deepEqual([lines.at(-1)?.kind, lines.at(-1)?.reason], ['end', 'timeout']);

    process.kill(-session.pid, 'SIGINT'); // to the whole group, as a terminal does
    await session.exited;
    assert.deepEqual(await findLeftovers(mark), []);
    for (const port of ports) assert.equal(await isListening(port), false, `port ${port}`);
  });

  it('npm start -- --check takes a picture of the live stream, in Chinese', async () => {
    const picture = path.join(temporary.dir, 'check.png');
    const check = await start('npm', [
      'start',
      '--',
      '--check',
      '--locale',
      'zh-cn',
      '--screenshot',
      picture,
    ]);
    assert.equal(await check.exited, 0, check.lines.join('\n'));
    assert.ok((await stat(picture)).size > 10_000);
  });

  it('npm start -- --desktop says what is missing where there is no code', async () => {
    const env = { ...process.env, PATH: path.dirname(process.execPath) + ':/usr/bin:/bin' };
    const desktop = await start('npm', ['start', '--', '--desktop'], env);
    assert.equal(await desktop.exited, 1);
    assert.match(desktop.lines.join('\n'), /"code" cannot be started/);
  });

  it('npm run demo does the main job in the terminal', async () => {
    const demo = await start('npm', ['run', 'demo']);
    assert.equal(await demo.exited, 0, demo.lines.join('\n'));
    assert.ok(demo.lines.filter((line) => line.includes('"time"')).length >= 3);
  });
});

interface Line {
  kind: string;
  atMs: number;
  reason?: string;
}
