import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { curlPowerShell } from '../../src/core/code/curlPowerShell.ts';
import { curlBash } from '../../src/core/code/curlBash.ts';
import { fetchCode } from '../../src/core/code/fetchCode.ts';
import { pythonCode } from '../../src/core/code/pythonCode.ts';
import { undiciCode } from '../../src/core/code/undiciCode.ts';
import type { CodeRequest } from '../../src/core/code/codeRequest.ts';
import { fill } from '../../src/core/message.ts';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import { codeCorpus, corpusEnvironment, streamCorpus, writeCorpusFiles } from '../support/codeCorpus.ts';
import { repositoryDir } from '../support/paths.ts';
import { readPowerShell, TEMPORARY_FILE } from '../support/powerShellReader.ts';
import { codeRequestOf, preparedOf } from '../support/preparedCode.ts';
import { RECORDED_STREAM, startRecordingServer, type RecordingServer } from '../support/recordingServer.ts';
import { makeTransport } from '../support/sendText.ts';
import type { ScriptedRequest } from '../support/sseServer.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import {
  comparable,
  curlDifference,
  fetchDifference,
  pythonDifference,
  type Comparable,
} from '../support/sentRequest.ts';

const run = promisify(execFile);

/** As it stands in a config of curl. */
const escapedTemporary = TEMPORARY_FILE.replace(/[\\"]/g, '\\$&');

async function runWithInput(
  command: string,
  args: readonly string[],
  input: string,
  cwd: string,
): Promise<void> {
  const running = run(command, args, { cwd });
  running.child.stdin?.end(input);
  await running;
}

/** Real shells and Node run the code, one process for all of a target: what arrives is compared with what we send. */
describe('Generated code', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  let server: RecordingServer;
  let transport: OwnedTransport;
  const ours = new Map<string, Comparable>();
  const environment = { ...corpusEnvironment };

  before(async () => {
    folder = await makeTemporaryFolder();
    await writeCorpusFiles(folder.dir);
    await symlink(path.join(repositoryDir, 'node_modules'), path.join(folder.dir, 'node_modules'));
    server = await startRecordingServer();
    transport = makeTransport();
    for (const { name, text } of codeCorpus) ours.set(name, comparable(await sendOurs(text)));
  });
  after(async () => {
    transport.dispose();
    await server.dispose();
    await folder.dispose();
  });

  const given = () => ({
    folder: folder.dir,
    origin: server.origin,
    profile: { route: 'local', baseUrl: server.origin, headers: { 'X-Of-Profile': 'p' } },
  });

  async function sendOurs(text: string): Promise<ScriptedRequest> {
    const { wire } = await preparedOf(text, given());
    const { body } = await transport.send(wire, { signal: new AbortController().signal });
    for await (const chunk of body) void chunk;
    const [sent] = server.take();
    assert.ok(sent);
    return sent;
  }

  /** What the code may need besides: values that stood in the request itself. */
  const written = { CBHTTP_COOKIE: 'a=1; b="2"', CBHTTP_AUTHORIZATION: '' };

  function environmentOf(name: string): NodeJS.ProcessEnv {
    const request = ours.get(name);
    const value = request?.headers.find(([header]) => header === 'authorization')?.[1] ?? '';
    return {
      PATH: process.env['PATH'],
      ...environment,
      ...written,
      CBHTTP_AUTHORIZATION: value.replace(/^\S+ /, ''),
    };
  }

  it('runs in bash with curl and sends what we send', async () => {
    for (const { name, text } of codeCorpus) {
      const code = curlBash(await codeRequestOf(text, given()), fill);
      const script = path.join(folder.dir, 'script.sh');
      await writeFile(script, code);
      await run('bash', [script], { cwd: folder.dir, env: environmentOf(name) }).catch((error: unknown) => {
        throw new Error(`${name}\n${code}`, { cause: error });
      });
      assertSame(name, code, curlDifference);
    }
  });

  it('is read by PowerShell as what we send, by curl with a config', async () => {
    for (const { name, text } of codeCorpus) {
      const code = curlPowerShell(await codeRequestOf(text, given()), fill);
      const { config, body } = readPowerShell(code, environmentOf(name), folder.dir);
      if (body !== null) await writeFile(path.join(folder.dir, 'temporary'), body);
      const local = config.replace(escapedTemporary, () => 'temporary');
      await runWithInput('curl', ['--config', '-'], local, folder.dir);
      assertSame(name, code, curlDifference);
    }
  });

  async function runModules(
    write: (request: CodeRequest) => string,
    corpus: readonly { name: string; text: string }[],
  ) {
    const codes = new Map<string, string>();
    const dir = path.join(folder.dir, 'modules');
    await mkdir(dir, { recursive: true });
    const modules: { file: string; environment: NodeJS.ProcessEnv }[] = [];
    for (const [index, { name, text }] of corpus.entries()) {
      const code = write(await codeRequestOf(text, given()));
      const file = path.join(dir, `${index}.mjs`);
      await writeFile(file, code);
      codes.set(name, code);
      modules.push({ file, environment: environmentOf(name) });
    }
    const runner = path.join(dir, 'all.mjs');
    await writeFile(
      runner,
      `import { writeSync } from 'node:fs';
      console.log = (...all) => writeSync(1, JSON.stringify(all) + '\\n');
      for (const { file, environment } of ${JSON.stringify(modules)}) {
        Object.assign(process.env, environment);
        try { await import(file + '?' + Math.random()); } catch (error) { writeSync(2, file + ' ' + error.stack + '\\n'); process.exit(1); }
        writeSync(1, '"end"\\n');
      }`,
    );
    const { stdout } = await run(process.execPath, [runner], {
      cwd: folder.dir,
      env: { PATH: process.env['PATH'] },
    });
    return { codes, output: stdout.split('"end"\n').map((one) => one.trim()) };
  }

  it('runs in Node with fetch and sends what we send', async () => {
    const { codes } = await runModules((request) => fetchCode(request, fill, false), codeCorpus);
    const sent = server.take();
    for (const [index, { name }] of codeCorpus.entries()) {
      assertSame(name, codes.get(name) ?? '', fetchDifference, sent[index]);
    }
  });

  it('runs in Node with undici and sends what we send', async () => {
    const { codes } = await runModules((request) => undiciCode(request, fill, false), codeCorpus);
    const sent = server.take();
    for (const [index, { name }] of codeCorpus.entries()) {
      assertSame(name, codes.get(name) ?? '', (one) => one, sent[index]);
    }
  });

  it('runs in Python with requests and sends what we send', async () => {
    const all: { code: string; environment: NodeJS.ProcessEnv }[] = [];
    for (const { name, text } of [...codeCorpus, ...streamCorpus]) {
      all.push({
        code: pythonCode(await codeRequestOf(text, given()), fill),
        environment: environmentOf(name),
      });
    }
    const script =
      'import json, os, sys\nfor one in json.load(sys.stdin):\n    os.environ.update(one["environment"])\n    exec(one["code"], {})\n';
    const standIn = path.join(repositoryDir, 'test', 'fixtures', 'python');
    const isInstalled = await run('python3', ['-c', 'import requests']).then(
      () => true,
      () => false,
    );
    for (const env of [{ ...process.env, PYTHONPATH: standIn }, ...(isInstalled ? [process.env] : [])]) {
      const running = run('python3', ['-B', '-c', script], { cwd: folder.dir, env });
      running.child.stdin?.end(JSON.stringify(all));
      const { stdout } = await running;
      assert.equal(stdout.split(RECORDED_STREAM).length, streamCorpus.length + 1);
      const sent = server.take();
      for (const [index, { name }] of codeCorpus.entries()) {
        assertSame(name, all[index]?.code ?? '', pythonDifference, sent[index], pythonDifference);
      }
    }
  });

  for (const [target, write] of [
    ['fetch', fetchCode],
    ['undici', undiciCode],
  ] as const) {
    it(`reads an event stream with ${target}`, async () => {
      const { output } = await runModules((request) => write(request, fill, true), streamCorpus);
      server.take();
      for (const [index] of streamCorpus.entries()) {
        assert.deepEqual(
          output[index]?.split('\n').map((line) => JSON.parse(line) as unknown),
          [
            ['开始', '你好\n世界', '1'],
            ['message', '[DONE]', ''],
          ],
        );
      }
    });
  }

  it('shows a stream as it comes with curl', async () => {
    const [first] = streamCorpus;
    const code = curlBash(await codeRequestOf(first?.text ?? '', given()), fill);
    assert.match(code, /--no-buffer/);
    const { stdout } = await run('bash', ['-c', code], { cwd: folder.dir });
    assert.equal(stdout, RECORDED_STREAM);
    server.take();
  });

  function assertSame(
    name: string,
    code: string,
    expect: (ours: Comparable) => Comparable,
    sent: ScriptedRequest | undefined = server.take()[0],
    even: (theirs: Comparable) => Comparable = (one) => one,
  ): void {
    assert.ok(sent, `${name}: nothing was sent\n${code}`);
    const expected = ours.get(name);
    assert.ok(expected);
    assert.deepEqual(even(comparable(sent)), expect(expected), `${name}\n${code}`);
  }
});
