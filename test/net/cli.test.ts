import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { repositoryDir } from '../support/paths.ts';
import { startScriptedServer, type ScriptedConnection, type ScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';

interface Result {
  code: number | null;
  out: string;
  err: string;
  /** stdout as JSON lines. */
  lines: Record<string, unknown>[];
}

describe('the command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cbhttp-cli-'));
  const children: ChildProcess[] = [];
  let server: ScriptedServer;
  before(async () => {
    server = await startScriptedServer();
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  after(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true });
  });

  function file(name: string, text: string): string {
    const written = path.join(folder, name);
    mkdirSync(path.dirname(written), { recursive: true });
    writeFileSync(written, text);
    return written;
  }

  /** Starts the built tool; `output()` is what it has printed so far. */
  function start(args: string[], environment: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [path.join(repositoryDir, 'dist', 'cli.cjs'), ...args], {
      env: { ...process.env, LC_ALL: 'C', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const result = new Promise<Result>((resolve) => {
      child.on('close', (code) => {
        const lines =
          args.includes('send') && args.includes('--json') ? out.trim().split('\n').filter(Boolean) : [];
        resolve({ code, out, err, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) });
      });
    });
    return { child, result, output: () => out };
  }

  const run = (args: string[], environment: NodeJS.ProcessEnv = {}) => start(args, environment).result;

  async function answer(
    respond: (connection: ScriptedConnection) => Promise<unknown>,
  ): Promise<ScriptedConnection> {
    const connection = await server.nextRequest();
    await respond(connection);
    return connection;
  }

  const sse = { 'Content-Type': 'text/event-stream' };
  const sendOk = (connection: ScriptedConnection) =>
    connection.head(200, { 'Content-Type': 'text/plain' }).then(() => connection.end());

  describe('parse', () => {
    it('prints requests as JSON and problems as FILE:line:col message', async () => {
      const source = file(
        'p.cbhttp',
        'nonsense\n### T\n# @name n\nhttp://a\n  ?q=1\nA: {{b}}\n\nx\r\ny\n### \n# @noRedirect\nPOST /z\n',
      );
      const { code, out, err } = await run(['parse', source, '--json']);
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), [
        {
          name: 'n',
          title: 'T',
          line: 4,
          method: 'GET',
          target: 'http://a?q=1',
          headers: [['A', '{{b}}']],
          body: 'x\ny',
          directives: [['name', 'n']],
        },
        {
          name: null,
          title: null,
          line: 12,
          method: 'POST',
          target: '/z',
          headers: [],
          body: null,
          directives: [['noRedirect', '']],
        },
      ]);
      assert.match(err, /p\.cbhttp:1:1 This is no request/);
    });

    it('prints as many requests as there are, and of problems the first 1,000', async () => {
      const source = file('many.cbhttp', 'GET http://a\n'.repeat(2500));
      const { out, err } = await run(['parse', source, '--json']);
      const lines = (JSON.parse(out) as { line: number }[]).map(({ line }) => line);
      assert.deepEqual(
        lines,
        lines.map((_, index) => index + 1),
      );
      assert.equal(lines.length, 2500);
      const problems = err.trim().split('\n');
      assert.deepEqual([problems.length, problems.at(-1)], [1001, '1499 further problems are not shown.']);
      assert.equal((await run(['parse', source])).out.trim().split('\n').length, 2500);
      assert.equal((await run(['parse', file('none.cbhttp', ''), '--json'])).out, '[]\n');
    });

    it('speaks Chinese where the locale does', async () => {
      const source = file('zh.cbhttp', 'nonsense\n');
      const { err } = await run(['parse', source], { LC_ALL: 'zh_CN.UTF-8' });
      assert.match(err, /这不是请求/);
    });

    it('exits 2 for a file it cannot read', async () => {
      assert.equal((await run(['parse', path.join(folder, 'absent.cbhttp')])).code, 2);
    });
  });

  describe('send', () => {
    it('prints one object per line as it happens', async () => {
      const source = file('s.cbhttp', `GET ${server.origin}/sse`);
      const { result, output } = start(['send', source, '--json']);
      const connection = await answer((one) => one.head(200, sse));
      await connection.write(': c\n\nretry: 5\nid: 1\nevent: e\ndata: 你\n\n');
      await eventually('the event line, the stream still open', () => output().includes('"kind":"event"'));
      await connection.write('data: tail');
      await connection.end();
      const { code, lines } = await result;
      assert.equal(code, 0);
      assert.deepEqual(
        lines.map(({ kind }) => kind),
        ['request', 'response', 'comment', 'retry', 'event', 'incomplete', 'end'],
      );
      const [request, response, comment, retry, event, incomplete, end] = lines.map(({ atMs, ...line }) => {
        assert.equal(typeof atMs, line['kind'] === 'request' ? 'undefined' : 'number');
        return line;
      });
      assert.deepEqual([request?.['method'], request?.['url']], ['GET', `${server.origin}/sse`]);
      assert.deepEqual(
        [response?.['status'], response?.['statusText'], response?.['httpVersion']],
        [200, 'OK', '1.1'],
      );
      assert.deepEqual(comment, { kind: 'comment', text: 'c' });
      assert.deepEqual(retry, { kind: 'retry', ms: 5 });
      assert.deepEqual(event, { kind: 'event', index: 0, event: 'e', id: '1', lastEventId: '1', data: '你' });
      assert.deepEqual(incomplete, { kind: 'incomplete', data: 'tail' });
      assert.deepEqual(end, { kind: 'end', reason: 'complete', events: 1, bytes: 50 });
    });

    it('ends with reason timeout and exit code 3', async () => {
      const source = file('t.cbhttp', `GET ${server.origin}/sse`);
      const { result } = start(['send', source, '--json', '--timeout', '300']);
      await answer((one) => one.head(200, sse));
      const { code, lines } = await result;
      assert.deepEqual([code, lines.at(-1)?.['reason']], [3, 'timeout']);
    });

    it('ends as cancelled and exits 130 when interrupted', async () => {
      const source = file('i.cbhttp', `GET ${server.origin}/sse`);
      const { child, result, output } = start(['send', source, '--json']);
      const connection = await answer((one) => one.head(200, sse));
      await eventually('the response line', () => output().includes('"response"'));
      child.kill('SIGINT');
      const { code, lines } = await result;
      await connection.closed;
      assert.deepEqual([code, lines.at(-1)?.['kind'], lines.at(-1)?.['reason']], [130, 'end', 'cancelled']);
    });

    it('prints only an error for what is interrupted before it started, and nothing of the rest', async () => {
      const profile = { envId: 'e', auth: 'anonymous', baseUrl: server.origin };
      const settings = { 'cbhttp.profiles': { guest: profile }, 'cbhttp.activeProfile': 'guest' };
      file('early/.vscode/settings.json', JSON.stringify(settings));
      const source = file('early/f.cbhttp', 'GET fn://a/\n###\nGET fn://b/\n');
      const { child, result } = start(['send', source, '--all', '--json'], { HOME: folder });
      const signIn = await server.nextRequest();
      assert.equal(signIn.request.method, 'POST');
      child.kill('SIGINT');
      const { code, lines } = await result;
      assert.equal(code, 130);
      assert.deepEqual(
        lines.map(({ kind, code: which }) => [kind, which]),
        [['error', 'cancelled']],
      );
    });

    it('exits 1 for an HTTP error and shows its body', async () => {
      const source = file('e.cbhttp', `GET ${server.origin}/`);
      const { result } = start(['send', source, '--json']);
      await answer((one) =>
        one
          .head(404, { 'Content-Type': 'application/json' })
          .then(() => one.write('{"code":1}'))
          .then(() => one.end()),
      );
      const { code, lines } = await result;
      assert.equal(code, 1);
      assert.deepEqual(
        [lines[2]?.['kind'], lines[2]?.['encoding'], lines[2]?.['content']],
        ['body', 'utf8', '{"code":1}'],
      );
    });

    it('prints only an error and exits 2 for what never started', async () => {
      const source = file('u.cbhttp', 'GET http://{{nope}}/');
      const { code, lines, err } = await run(['send', source, '--json']);
      assert.equal(code, 2);
      assert.deepEqual(
        lines.map(({ kind, code: which }) => [kind, which]),
        [['error', 'unresolved-variable']],
      );
      assert.match(err, /u\.cbhttp:1:12 /);
    });

    it('names the requests where a selector is missing or wrong', async () => {
      const source = file('m.cbhttp', '# @name one\nGET http://a\n###\n# @name two\nGET http://b\n');
      for (const args of [
        [],
        ['--name', 'three'],
        ['--line', '0'],
        ['--name', 'one', '--all'],
        ['--bogus'],
      ]) {
        const { code, err } = await run(['send', source, ...args]);
        assert.equal(code, 2, args.join(' '));
        if (args.length === 0 || args[1] === 'three') assert.match(err, /one, two/);
      }
    });

    it('sends nothing for a line that is not there', async () => {
      const source = file('lines.cbhttp', '# @name one\nGET http://a\n###\n# @name two\nGET http://b');
      for (const line of ['6', '99', '1.5']) {
        const { code, err } = await run(['send', source, '--line', line]);
        assert.equal(code, 2);
        assert.ok(err.includes(`There is no request at line ${line}. Requests: one, two`), err);
      }
    });

    it('takes the request of a line, and variables', async () => {
      const source = file('l.cbhttp', `GET http://a\n###\n\nGET ${server.origin}/{{x}}\n`);
      const { result } = start(['send', source, '--line', '3', '--var', 'x=1=2']);
      const connection = await answer(sendOk);
      assert.equal((await result).code, 0);
      assert.equal(connection.request.url, '/1=2');
    });

    it('sends all in order and exits with the highest code', async () => {
      const source = file(
        'a.cbhttp',
        `GET ${server.origin}/1\n###\nGET /{{no}}\n###\n# @disabled\nGET ${server.origin}/x\n###\nGET ${server.origin}/2`,
      );
      const { result } = start(['send', source, '--all', '--json']);
      assert.equal((await answer(sendOk)).request.url, '/1');
      assert.equal((await answer(sendOk)).request.url, '/2');
      const { code, lines } = await result;
      assert.equal(code, 2);
      assert.equal(lines.filter(({ kind }) => kind === 'end').length, 2);
    });

    it('sends again what a request refers to, where its answer broke', async () => {
      const source = file(
        'torn.cbhttp',
        `# @name login\nGET ${server.origin}/login\n###\n# @ref login\nGET ${server.origin}/chat?t={{login.response.body.$.t}}\n`,
      );
      const { result } = start(['send', source, '--all', '--json']);
      await answer(async (one) => {
        await one.head(200, { 'Content-Type': 'application/json', 'Content-Length': '9' });
        await one.write('{"t":1');
        one.destroy();
      });
      const again = await answer((one) =>
        one
          .head(200, { 'Content-Type': 'application/json' })
          .then(() => one.write('{"t":2}'))
          .then(() => one.end()),
      );
      assert.equal(again.request.url, '/login');
      assert.equal((await answer(sendOk)).request.url, '/chat?t=2');
      assert.equal((await result).code, 3);
    });

    it('prints the decoded body and nothing else under --raw', async () => {
      const source = file('r.cbhttp', `GET ${server.origin}/`);
      const { result } = start(['send', source, '--raw']);
      await answer((one) =>
        one
          .head(200, sse)
          .then(() => one.write(': c\r\ndata: 你\r\n\r\n'))
          .then(() => one.end()),
      );
      assert.equal((await result).out, ': c\r\ndata: 你\r\n\r\n');
    });

    it('says under --raw why a request that was sent first failed', async () => {
      const source = file(
        'first.cbhttp',
        `# @name a\nGET ${server.origin}/a\n###\n# @name b\n# @ref a\nGET ${server.origin}/b\n`,
      );
      const { result } = start(['send', source, '--name', 'b', '--raw']);
      await answer(async (one) => {
        await one.head(200, { 'Content-Type': 'text/plain', 'Content-Length': '10' });
        await one.write('half');
        one.destroy();
      });
      const { code, out, err } = await result;
      assert.deepEqual([code, out], [3, '']);
      assert.notEqual(err, '');
    });

    it('prints events for people as they arrive', async () => {
      const source = file('h.cbhttp', `GET ${server.origin}/`);
      const { result, output } = start(['send', source]);
      const connection = await answer((one) => one.head(200, sse));
      await connection.write('event: e\ndata: 一\ndata: 二\n\n');
      await eventually('the event', () => output().includes('二'));
      await connection.end();
      assert.match((await result).out, /^\[ +\d+\.\d{3} s\] #0 e\n {4}一\n {4}二\n$/);
    });

    it('reads profiles from the workspace and the credential from the environment, and shows no secret', async () => {
      const settings = {
        'cbhttp.profiles': {
          $shared: { variables: { lang: 'zh' } },
          dev: { envId: 'e', auth: 'apiKey', baseUrl: `${server.origin}/e`, headers: { 'X-Team': 't' } },
        },
        'cbhttp.activeProfile': 'dev',
      };
      file('ws/.vscode/settings.json', `// comment\n${JSON.stringify(settings)}`);
      const source = file('ws/sub/f.cbhttp', 'GET fn://chat/api?l={{lang}}');
      const without = await run(['send', source, '--json']);
      assert.deepEqual([without.code, without.lines[0]?.['code']], [2, 'missing-credential']);

      const { result } = start(['send', source, '--json', '--profile', 'dev'], {
        CBHTTP_SECRET_DEV_CREDENTIAL: 's3cret',
      });
      const { request } = await answer(sendOk);
      assert.equal(request.url, '/e/v1/functions/chat/api?l=zh');
      assert.equal(request.header('authorization'), 'Bearer s3cret');
      assert.equal(request.header('x-tcb-webfn'), 'true');
      assert.equal(request.header('x-team'), 't');
      const { code, out, err, lines } = await result;
      assert.equal(code, 0);
      assert.ok(!out.includes('s3cret') && !err.includes('s3cret'));
      const headers = lines[0]?.['headers'] as [string, string][];
      assert.ok(headers.some(([name, value]) => name === 'Authorization' && value === 'Bearer ***'));
    });

    it('shows no secret in a body that is no text', async () => {
      const source = file('bytes.cbhttp', `GET ${server.origin}/\nX-Key: {{$secret key}}`);
      const { result } = start(['send', source, '--json'], { CBHTTP_SECRET_LOCAL_KEY: 'geheim-密' });
      await answer(async (connection) => {
        await connection.head(200, { 'Content-Type': 'application/octet-stream' });
        await connection.write(
          Buffer.concat([Buffer.of(0xff, 0), Buffer.from('k=geheim-密;'), Buffer.of(0xfe)]),
        );
        await connection.end();
      });
      const body = (await result).lines.find(({ kind }) => kind === 'body');
      assert.deepEqual(
        Buffer.from(String(body?.['content']), 'base64'),
        Buffer.concat([Buffer.of(0xff, 0), Buffer.from('k=***;'), Buffer.of(0xfe)]),
      );
    });

    it('keeps the words of its lines, whatever a secret is', async () => {
      const source = file('short.cbhttp', `GET ${server.origin}/\nX-Stage: {{$secret stage}}`);
      const { result } = start(['send', source, '--json'], { CBHTTP_SECRET_LOCAL_STAGE: 'e' });
      await answer(sendOk);
      const { lines } = await result;
      assert.deepEqual(
        lines.map(({ kind }) => kind),
        ['request', 'response', 'body', 'end'],
      );
      assert.equal(lines.at(-1)?.['reason'], 'complete');
    });

    it('shows what is wrong in the file, and does not call a file with errors done', async () => {
      const source = file('w.cbhttp', `GET ${server.origin}/1\n### B\nPSOT ${server.origin}/2\n`);
      const { result } = start(['send', source, '--all', '--json']);
      await answer(sendOk);
      const { code, err } = await result;
      assert.equal(code, 2);
      assert.match(err, /w\.cbhttp:3:1 /);
      assert.equal((await run(['send', source])).code, 2);
    });

    it('does not fall over when its reader leaves', async () => {
      const source = file('many.cbhttp', 'GET http://a/\n###\n'.repeat(20_000));
      const { child, result } = start(['parse', source, '--json']);
      child.stdout?.once('data', () => child.stdout?.destroy());
      const { code, err } = await result;
      assert.deepEqual([code, err], [0, '']);
    });

    it('names an unknown profile and broken settings', async () => {
      const source = file('ws2/f.cbhttp', 'GET http://a');
      file('ws2/.vscode/settings.json', '{ "cbhttp.profiles": }');
      const broken = await run(['send', source]);
      assert.equal(broken.code, 2);
      assert.match(broken.err, /settings\.json:1/);
      assert.equal((await run(['send', source, '--workspace', path.join(folder, 'absent')])).code, 2);
      const unknown = await run(['send', file('x.cbhttp', 'GET http://a'), '--profile', 'moon']);
      assert.equal(unknown.code, 2);
      assert.match(unknown.err, /moon/);
    });
  });
});
