import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { scaffoldFunction, templateIds } from '../../src/core/functions/scaffold/scaffold.ts';
import { readLaunch } from '../../src/net/functionLaunch.ts';
import { startFunctionProcess } from '../../src/net/functionProcess.ts';
import { anyFreePort } from '../../src/net/portProbe.ts';
import { createProcessGuard } from '../../src/net/processGuard.ts';
import { findLeftovers, markDescendants } from '../support/leftovers.ts';
import { repositoryDir } from '../support/paths.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

describe('a new function', function () {
  this.timeout(30_000);

  let temporary: TemporaryFolder;
  before(async () => {
    temporary = await makeTemporaryFolder();
    // In place of an installation: Node looks for packages upwards.
    await symlink(path.join(repositoryDir, 'node_modules'), path.join(temporary.dir, 'node_modules'));
  });
  after(() => temporary.dispose());

  for (const id of templateIds) {
    it(`runs as it is made (${id}): it streams, and answers in JSON`, async () => {
      const mark = markDescendants();
      const folder = path.join(temporary.dir, 'functions', id);
      await mkdir(folder, { recursive: true });
      const { files, entry } = scaffoldFunction(id, `my-${id}`);
      for (const { path: file, text, isExecutable } of files) {
        await writeFile(path.join(folder, file), text, { mode: isExecutable ? 0o755 : 0o644 });
      }
      const port = await anyFreePort();
      const launch = await readLaunch(
        {
          declared: { ...entry, environment: {}, kind: 'bootstrap' },
          folder,
          file: path.join(temporary.dir, 'cloudbaserc.json'),
          root: temporary.dir,
          port,
        },
        { signal: new AbortController().signal },
      );
      assert.ok('command' in launch);
      const lines: string[] = [];
      const guard = createProcessGuard([
        process.execPath,
        path.join(repositoryDir, 'dist', 'functionGuard.cjs'),
      ]);
      const running = startFunctionProcess({
        launch,
        port,
        guard,
        readyTimeoutMs: 20_000,
        onLine: ({ text }) => lines.push(text),
        onText: () => {},
      });
      try {
        assert.equal(await running.ready, 'listening', lines.join('\n'));
        const plain = await fetch(`http://127.0.0.1:${port}/hello`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '{ "name": "小明" }',
        });
        assert.deepEqual(await plain.json(), { message: '你好，小明！ Hello, 小明!' });
        const stream = await fetch(`http://127.0.0.1:${port}/stream`, {
          headers: { Accept: 'text/event-stream' },
        });
        assert.match(stream.headers.get('content-type') ?? '', /^text\/event-stream/);
        await assertStreams(stream);
      } finally {
        await running.stop();
        guard.dispose();
      }
      assert.deepEqual(await findLeftovers(mark), []);
    });
  }
});

/** Each word is an event, and they come one after another. */
async function assertStreams(answer: Response): Promise<void> {
  const arrivals: number[] = [];
  let received = '';
  for await (const chunk of answer.body ?? []) {
    arrivals.push(performance.now());
    received += new TextDecoder().decode(chunk);
  }
  const events = received
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => event.slice('data: '.length));
  assert.equal(events.pop(), '[DONE]');
  const words = events.map((event) => {
    const { choices } = JSON.parse(event) as { choices: { delta: { content: string } }[] };
    return choices[0]?.delta.content;
  });
  assert.match(words.join(''), /^你好！ Hello! Every word .*流式 响应。$/);
  assert.ok((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0) > 2000, 'not all at once');
}
