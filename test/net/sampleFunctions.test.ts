import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { findLeftovers, markDescendants } from '../support/leftovers.ts';
import { examplesDir } from '../support/paths.ts';
import { startSampleFunctions } from '../support/sampleFunctions.ts';
import type { SampleFunctions } from '../support/sampleFunctions.ts';
import { copyFolder, makeTemporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

describe('sample functions', function () {
  this.timeout(30_000);

  let temporary: TemporaryFolder;
  before(async () => {
    temporary = await makeTemporaryFolder();
  });
  after(async () => {
    await temporary.dispose();
  });

  describe('on free ports', () => {
    let folder: string;
    let mark: string;
    let samples: SampleFunctions;
    before(async () => {
      folder = await copyFolder(examplesDir, path.join(temporary.dir, 'free'));
      mark = markDescendants();
      samples = await startSampleFunctions({ folder, ports: 'free' });
    });
    after(async () => {
      await samples.dispose();
      assert.deepEqual(await findLeftovers(mark), []);
      for (const port of allPorts()) {
        assert.equal(await connects(port, '127.0.0.1'), false);
      }
    });

    function allPorts(): number[] {
      return [...Object.values(samples.ports), samples.gatewayPort];
    }

    function urlOf(name: string, pathAndQuery: string): string {
      return `http://127.0.0.1:${String(samples.ports[name])}${pathAndQuery}`;
    }

    it('express-sse sends a comment, then one event a second', async () => {
      const [answer] = (await once(get(urlOf('express-sse', '/sse')), 'response')) as [IncomingMessage];
      assert.equal(answer.headers['content-type'], 'text/event-stream');
      assert.equal(answer.headers['cache-control'], 'no-cache');

      const startedAt = performance.now();
      let received = '';
      for await (const chunk of answer) {
        received += String(chunk);
        if (received.split('data:').length > 2) {
          break;
        }
      }
      assert.match(received, /^: keep-alive\n\n(data: \{"time":"[-0-9T:.]+Z"\}\n\n){2}$/);
      assert.ok(performance.now() - startedAt > 1500, 'two seconds for two events');
    });

    it('my-http-function tells what it got', async () => {
      const body = JSON.stringify({ user: '小明' });
      const headers = { 'Content-Type': 'application/json', 'X-Custom-Header': 'value' };
      const answer = await fetch(urlOf('my-http-function', '/api/hello?lang=zh'), {
        method: 'POST',
        headers,
        body,
      });
      const echo = (await answer.json()) as Record<string, unknown>;
      assert.deepEqual(
        [echo['message'], echo['method'], echo['path'], echo['query'], echo['body']],
        ['你好，小明！ Hello, 小明!', 'POST', '/api/hello', { lang: 'zh' }, { user: '小明' }],
      );
      assert.equal((echo['headers'] as Record<string, string>)['x-custom-header'], 'value');

      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const other = await fetch(urlOf('my-http-function', '/some/where'), { method });
        assert.equal(((await other.json()) as Record<string, unknown>)['method'], method);
      }
      const head = await fetch(urlOf('my-http-function', '/some/where'), { method: 'HEAD' });
      assert.deepEqual([head.status, await head.text()], [200, '']);
    });

    it('ai-chat streams in three formats', async () => {
      const body = JSON.stringify({ messages: [{ role: 'user', content: '云函数？' }] });
      const read = async (format: string): Promise<string[]> => {
        const url = urlOf('ai-chat', `/${format}?pause=1`);
        const headers = { 'Content-Type': 'application/json' };
        const answer = await fetch(url, { method: 'POST', headers, body });
        assert.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8');
        const events = (await answer.text()).split('\n\n').filter((event) => event.startsWith('data: '));
        return events.map((event) => event.slice('data: '.length));
      };
      interface Delta {
        readonly content?: string;
        readonly reasoning_content?: string;
      }
      const answered = /^关于“云函数？”：.*🚀。$/;

      const openai = await read('chat/completions');
      assert.equal(openai.pop(), '[DONE]');
      const deltas = openai.map((data) => {
        const { choices } = JSON.parse(data) as { choices: { delta: Delta }[] };
        return choices[0]?.delta ?? {};
      });
      assert.match(deltas.map(({ content }) => content ?? '').join(''), answered);
      const firstText = deltas.findIndex(({ content }) => content);
      const lastThought = deltas.findLastIndex(({ reasoning_content: thought }) => thought);
      assert.ok(lastThought > 0 && lastThought < firstText, 'reasoning comes before the answer');

      const agUi = (await read('ag-ui')).map((data) => JSON.parse(data) as Record<string, string>);
      assert.deepEqual([agUi[0]?.['type'], agUi.at(-1)?.['type']], ['RUN_STARTED', 'RUN_FINISHED']);
      const joined = (type: string) =>
        agUi
          .filter((event) => event['type'] === type)
          .map((event) => event['delta'])
          .join('');
      assert.match(joined('TEXT_MESSAGE_CONTENT'), answered);
      assert.deepEqual(JSON.parse(joined('TOOL_CALL_ARGS')), { query: '云函数？' });

      const bot = await read('bot');
      assert.equal(bot.pop(), '[DONE]');
      const messages = bot.map((data) => JSON.parse(data) as Delta & { type: string });
      assert.deepEqual([...new Set(messages.map(({ type }) => type))], ['thinking', 'text']);
      assert.match(messages.map(({ content }) => content ?? '').join(''), answered);

      assert.equal((await fetch(urlOf('ai-chat', '/nowhere'))).status, 404);
    });

    it('are reached through the gateway double, and a client that leaves is seen there', async () => {
      for (const prefix of ['my-dev-1a2b', 'my-prod-3c4d']) {
        const url = `http://127.0.0.1:${samples.gatewayPort}/${prefix}/v1/functions/express-sse/sse`;
        const headers = { Authorization: `Bearer ${samples.apiKey}`, 'X-Tcb-Webfn': 'true' };
        const [answer] = (await once(get(url, { headers }), 'response')) as [IncomingMessage];
        assert.equal(answer.statusCode, 200);
        const [first] = (await once(answer, 'data')) as [Buffer];
        assert.equal(first.toString(), ': keep-alive\n\n');
        answer.destroy();
        assert.equal(await samples.gateway.requests.at(-1)?.closed, 'client left');
      }
    });

    it('listen on loopback only', async () => {
      const addresses = Object.values(networkInterfaces())
        .flat()
        .filter((address) => address?.family === 'IPv4' && !address.internal);
      for (const address of addresses) {
        for (const port of allPorts()) {
          assert.equal(await connects(port, address?.address ?? ''), false);
        }
      }
    });

    it("write their ports into the folder's settings and leave the rest as it was", async () => {
      const settings = await readFile(path.join(folder, '.vscode', 'settings.json'), 'utf8');
      const original = await readFile(path.join(examplesDir, '.vscode', 'settings.json'), 'utf8');
      const withoutPorts = (text: string) => text.replaceAll(/\d{4,5}(?=[,"/ ])/g, 'PORT');
      assert.equal(withoutPorts(settings), withoutPorts(original));
      for (const [name, port] of Object.entries(samples.ports)) {
        assert.ok(settings.includes(`"${name}": ${port}`));
      }
      assert.equal(settings.split(`127.0.0.1:${samples.gatewayPort}/my-`).length, 3);
    });
  });

  it('say which function a taken port was meant for', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const folder = await copyFolder(examplesDir, path.join(temporary.dir, 'taken'));
    await editFile(path.join(folder, '.vscode', 'settings.json'), (text) =>
      text.replace('9701', String(port)),
    );
    try {
      await assert.rejects(
        startSampleFunctions({ folder, ports: 'settings' }),
        new RegExp(`Port ${port}.*express-sse.*in use.*settings\\.json`),
      );
    } finally {
      other.close();
      await once(other, 'close');
    }
  });

  it('report the last lines of one that ends, and end the others', async () => {
    const folder = await copyFolder(examplesDir, path.join(temporary.dir, 'ending'));
    await writeFile(
      path.join(folder, 'functions', 'ai-chat', 'index.js'),
      "throw new Error('out of luck');\n",
    );
    const mark = markDescendants();
    await assert.rejects(
      startSampleFunctions({ folder, ports: 'free' }),
      /ai-chat.*ended with 1[^]*out of luck/,
    );
    assert.deepEqual(await findLeftovers(mark), []);
  });
});

async function editFile(file: string, edit: (text: string) => string): Promise<void> {
  await writeFile(file, edit(await readFile(file, 'utf8')));
}

async function connects(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
