import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { FunctionEnd } from '../../src/core/functions/crash.ts';
import type { Launch } from '../../src/core/functions/launch.ts';
import { readLaunch } from '../../src/net/functionLaunch.ts';
import {
  startFunctionProcess,
  type FunctionProcess,
  type FunctionProcessOptions,
  type OutputLine,
} from '../../src/net/functionProcess.ts';
import { accepts, anyFreePort, createPortBook } from '../../src/net/portProbe.ts';
import { createProcessGuard, type ProcessGuard } from '../../src/net/processGuard.ts';
import { treeMembers } from '../../src/net/processTree.ts';
import { findLeftovers, markDescendants } from '../support/leftovers.ts';
import { examplesDir, repositoryDir } from '../support/paths.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { eventually } from '../support/until.ts';

const guardFile = path.join(repositoryDir, 'dist', 'functionGuard.cjs');
const serve = `require('node:http').createServer((_, answer) => answer.end('hello'))
  .listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));`;

describe('a function’s process', function () {
  this.timeout(20_000);

  let temporary: TemporaryFolder;
  let guard: ProcessGuard;
  let mark: string;
  const running: FunctionProcess[] = [];
  let lines: OutputLine[] = [];
  const texts = (): string[] => lines.map(({ text }) => text);
  const signal = new AbortController().signal;

  before(async () => {
    temporary = await makeTemporaryFolder();
  });
  beforeEach(() => {
    mark = markDescendants();
    lines = [];
    guard = createProcessGuard([process.execPath, guardFile]);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
    guard.dispose();
    assert.deepEqual(await findLeftovers(mark), []);
  });
  after(() => temporary.dispose());

  /** A function's folder with these files. */
  async function folderOf(name: string, files: Record<string, string>): Promise<string> {
    const folder = path.join(temporary.dir, 'my functions', name);
    await mkdir(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      await writeFile(path.join(folder, file), text);
      if (file === 'scf_bootstrap') await chmod(path.join(folder, file), 0o755);
    }
    return folder;
  }

  async function launchOf(
    folder: string,
    port: number,
    declared: Partial<Parameters<typeof readLaunch>[0]['declared']> = {},
    root = temporary.dir,
  ): Promise<Launch> {
    const launch = await readLaunch(
      {
        declared: { name: 'hello', runtime: '', environment: {}, kind: 'bootstrap', ...declared },
        folder,
        file: path.join(root, 'cloudbaserc.json'),
        root,
        port,
      },
      { signal },
    );
    assert.ok('command' in launch, 'it can be started');
    return launch;
  }

  function start(
    launch: Launch,
    port: number,
    options: Partial<FunctionProcessOptions> = {},
  ): FunctionProcess {
    const started = startFunctionProcess({
      launch,
      port,
      guard,
      readyTimeoutMs: 10_000,
      onLine: (line) => lines.push(line),
      onText: () => {},
      ...options,
    });
    running.push(started);
    return started;
  }

  /** Starts what a script does. */
  async function startScript(
    script: string,
    options: Partial<FunctionProcessOptions> = {},
    files: Record<string, string> = {},
  ): Promise<{ readonly process: FunctionProcess; readonly port: number }> {
    const port = await anyFreePort();
    const folder = await folderOf(`f${port}`, { scf_bootstrap: script, ...files });
    return { process: start(await launchOf(folder, port), port, options), port };
  }

  it('of Node.js is ready when its port answers, knows its environment, and is gone after Stop', async () => {
    const port = await anyFreePort();
    const folder = await folderOf('node', {
      scf_bootstrap:
        '#!/bin/bash\r\necho "$(basename "$0") in $(basename "$PWD")"\r\nexec /var/lang/node20/bin/node index.js\r\n',
      'index.js': `console.log(process.env.OWN, process.env.PROJECT, process.env.DECLARED, process.argv.length);${serve}`,
      '.env': 'OWN=own\nDECLARED=no',
    });
    await writeFile(path.join(temporary.dir, '.env'), 'OWN=no\nPROJECT=project\n');
    const launch = await launchOf(folder, port, { environment: { DECLARED: 'declared' } });
    const process_ = start(launch, port);
    assert.equal(await process_.ready, 'listening');
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'hello');
    await eventually('its output', () => lines.length === 3);
    assert.deepEqual(texts(), ['scf_bootstrap in node', 'own project declared 2', 'listening']);
    await process_.stop();
    assert.equal(await accepts(port), false);
    assert.equal((await process_.ended).exitCode, null);
  });

  it('runs python3 and what a shell starts', async () => {
    const python = await startScript(
      '#!/usr/bin/env python3\nimport os\nfrom http.server import HTTPServer, BaseHTTPRequestHandler\nHTTPServer(("127.0.0.1", int(os.environ["PORT"])), BaseHTTPRequestHandler).serve_forever()\n',
    );
    const shell = await startScript(
      '#!/bin/sh\n(cd .. && node "$OLDPWD/server.js") & wait\n',
      {},
      { 'server.js': serve },
    );
    assert.equal(await python.process.ready, 'listening');
    assert.equal(await shell.process.ready, 'listening');
  });

  it('is given out by lines, with characters and line ends split anywhere', async () => {
    const code = `const bytes = Buffer.from('一🚀\\r\\nzwei\\nlast'); let at = 0;
      const next = () => at < bytes.length ? process.stdout.write(bytes.subarray(at, ++at), () => setTimeout(next, 5)) : 0; next();
      console.error('problem');`;
    const written: string[] = [];
    const { process: one } = await startScript(
      '#!/bin/bash\nexec node split.js\n',
      { onText: (text) => written.push(text) },
      {
        'split.js': code,
      },
    );
    const { exitCode } = await one.ended;
    assert.equal(exitCode, 0);
    assert.equal(await one.ready, 'ended');
    const of = (stream: string) => lines.filter((line) => line.stream === stream).map(({ text }) => text);
    assert.deepEqual([of('stdout'), of('stderr')], [['一🚀', 'zwei', 'last'], ['problem']]);
    assert.doesNotMatch(written.join(''), /\uFFFD/);
  });

  it('fails with exit code and last lines where it ends before it listens', async () => {
    const crashing = await startScript(
      '#!/bin/bash\nexec node crash.js\n',
      {},
      {
        'crash.js': "console.log('begun');\nthrow new Error('out of luck');\n",
      },
    );
    assert.equal(await crashing.process.ready, 'ended');
    const expected: FunctionEnd = { exitCode: 1, signal: null, error: null };
    assert.deepEqual(await crashing.process.ended, expected);
    assert.equal(texts()[0], 'begun');
    assert.ok(texts().includes('Error: out of luck'));

    const missing = await startScript('#!/bin/bash\nexec no-such-program\n');
    assert.equal((await missing.process.ended).exitCode, 127);
    const unknown = await startScript('#!/opt/no-such-interpreter\n');
    assert.equal(await unknown.process.ready, 'ended');
    assert.equal((await unknown.process.ended).error, 'no-program');
    const port = await anyFreePort();
    const gone = start({ command: 'node', args: [], cwd: '/no/such', env: {}, runtime: 'node' }, port);
    assert.equal((await gone.ended).error, 'no-folder');
  });

  it('says that it takes too long where it never listens', async () => {
    const { process: one } = await startScript('#!/bin/bash\nexec sleep 600\n', { readyTimeoutMs: 300 });
    assert.equal(await one.ready, 'too-late');
    await one.stop();
    assert.equal((await one.ended).signal, 'SIGTERM');
  });

  it('ends with all it started, whatever that does about it', async () => {
    const stubborn = `process.on('SIGTERM', () => console.log('not now')); setInterval(() => {}, 1000); console.log('stubborn');`;
    const parent = `const { spawn } = require('node:child_process');
      spawn(process.execPath, ['stubborn.js'], { stdio: 'inherit' });
      spawn(process.execPath, ['stubborn.js'], { stdio: 'ignore', detached: true }).unref();
      spawn('sh', ['-c', 'setsid sh -c "sleep 601 & exec sleep 602" & sleep 603'], { stdio: 'inherit' });
      ${serve}`;
    const { process: one } = await startScript(
      '#!/bin/bash\nnode parent.js\n',
      { graceMs: 300 },
      {
        'parent.js': parent,
        'stubborn.js': stubborn,
      },
    );
    assert.equal(await one.ready, 'listening');
    await eventually('its children', () => texts().includes('stubborn'));
    await one.stop();
    assert.deepEqual(await findLeftovers(mark), []);
  });

  it('that ends leaves nothing behind either', async () => {
    const { process: one } = await startScript('#!/bin/bash\nsleep 604 &\nsetsid sleep 605 &\nexit 4\n');
    assert.equal((await one.ended).exitCode, 4);
    assert.deepEqual(await findLeftovers(mark), []);
  });

  it('is run by functions-framework where nothing else says how', async () => {
    const port = await anyFreePort();
    const own = await folderOf('framework', {
      'index.js':
        'exports.main = async (_event, context) => ({ body: "framework " + context.httpContext.url });',
      'package.json': '{"main":"index.js"}',
    });
    const missing = await readLaunch(
      {
        declared: { name: 'hello', runtime: '', environment: {}, kind: 'framework' },
        folder: own,
        file: own,
        root: temporary.dir,
        port,
      },
      { signal },
    );
    assert.match('problem' in missing ? missing.problem.text : '', /npm install/);
    await symlink(path.join(repositoryDir, 'node_modules'), path.join(temporary.dir, 'node_modules'));
    const launch = await launchOf(own, port, { kind: 'framework' });
    const preload = path.join(repositoryDir, 'test', 'support', 'loopbackOnly.cjs');
    const env = { ...launch.env, NODE_OPTIONS: `--require ${JSON.stringify(preload)}` };
    const one = start({ ...launch, env }, port);
    assert.equal(await one.ready, 'listening');
    assert.match(await (await fetch(`http://127.0.0.1:${port}/x`)).text(), /framework/);
  });

  it('is each of the sample functions, as it stands', async () => {
    const paths = { 'express-sse': '/sse', 'my-http-function': '/hello', 'ai-chat': '/bot?pause=1' };
    const preload = path.join(repositoryDir, 'test', 'support', 'loopbackOnly.cjs');
    for (const [name, path_] of Object.entries(paths)) {
      const port = await anyFreePort();
      const launch = await launchOf(path.join(examplesDir, 'functions', name), port, {}, repositoryDir);
      assert.equal(launch.runtime, 'node');
      const env = { ...launch.env, NODE_OPTIONS: `--require ${JSON.stringify(preload)}` };
      const one = start({ ...launch, env }, port);
      assert.equal(await one.ready, 'listening', `${name}: ${texts().join('\n')}`);
      const answer = await fetch(`http://127.0.0.1:${port}${path_}`);
      assert.equal(answer.status, 200);
      await answer.body?.cancel();
      await one.stop();
    }
  });

  it('ends with the process that started it, even where that is killed', async () => {
    for (const how of ['SIGKILL', 'exit'] as const) {
      const port = await anyFreePort();
      const folder = await folderOf(`orphan-${how}`, {
        scf_bootstrap: '#!/bin/bash\ntrap "" TERM\nsetsid sleep 606 &\nnode index.js\n',
        'index.js': `process.on('SIGTERM', () => {});${serve}`,
      });
      const launch = await launchOf(folder, port);
      const host = spawn(
        process.execPath,
        [
          '--import',
          'tsx',
          path.join(repositoryDir, 'test', 'support', 'functionHost.ts'),
          guardFile,
          String(port),
          JSON.stringify(launch),
        ],
        { stdio: ['pipe', 'pipe', 'inherit'], cwd: repositoryDir },
      );
      const [line] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
      assert.equal(line, 'listening');
      assert.equal(await accepts(port), true);
      const exited = once(host, 'exit');
      if (how === 'exit') host.stdin.end();
      else host.kill(how);
      await exited;
      await eventually('the port is closed', async () => !(await accepts(port)));
      assert.deepEqual(await findLeftovers(mark), []);
    }
  });

  it('is held by a guard that is there again where it was killed itself', async () => {
    const { process: one } = await startScript('#!/bin/bash\nexec node a.js\n', {}, { 'a.js': serve });
    assert.equal(await one.ready, 'listening');
    const guards = async (): Promise<number[]> => {
      const found: number[] = [];
      for (const pid of await treeMembers({ pid: -1, mark })) {
        const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        if (commandLine.includes('functionGuard')) found.push(pid);
      }
      return found;
    };
    const [pid = 0] = await guards();
    assert.notEqual(pid, 0);
    process.kill(pid, 'SIGKILL');
    await eventually('another guard', async () => {
      const found = await guards();
      return found.length === 1 && found[0] !== pid;
    });
  });
});

describe('ports of functions', () => {
  it('are 9000 or the next free one, and nobody else’s', async () => {
    const servers = [9000, 9002].map((port) => createServer().listen(port, '127.0.0.1'));
    try {
      // Somebody else on this machine may have one of them: then it is taken all the same.
      await Promise.all(
        servers.map((server) =>
          Promise.race([once(server, 'listening'), once(server, 'error')]).catch(() => 0),
        ),
      );
      const book = createPortBook();
      const [first, second, third] = await Promise.all([book.take([]), book.take([]), book.take([])]);
      assert.ok(![9000, 9002].some((port) => [first, second, third].includes(port)));
      assert.ok((first ?? 0) > 9000 && (first ?? 0) < (second ?? 0) && (second ?? 0) < (third ?? 0));
      book.release(first ?? 0);
      assert.equal(await book.take([]), first);
    } finally {
      for (const server of servers) server.close();
    }
  });

  it('are the one that is wished for where that is free', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    try {
      const { port } = taken.address() as AddressInfo;
      const free = await anyFreePort();
      const book = createPortBook();
      assert.equal(await book.take([port, free]), free);
      assert.notEqual(await book.take([free]), free);
    } finally {
      taken.close();
    }
  });
});
