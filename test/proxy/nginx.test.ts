import assert from 'node:assert/strict';
import { createServer, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';
import { formatMessage } from '../../src/core/message.ts';
import type { StreamingKind } from '../../src/core/stream/verdict/streamingVerdict.ts';
import { judgeExchange, type JudgedExchange } from '../support/judgedExchange.ts';
import { startNginx, type Nginx } from '../support/nginx.ts';
import { repositoryDir } from '../support/paths.ts';
import { startSampleFunctions, type SampleFunctions } from '../support/sampleFunctions.ts';
import { makeTransport, prepareText } from '../support/sendText.ts';
import { copyFolder, makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

/** Long enough for an answer that fills a buffer of 4 KB several times. */
const question = '流式响应为什么会一次全部到达？'.repeat(8);
const gzip = ['gzip on;', 'gzip_types text/event-stream;', 'gzip_proxied any;', 'gzip_min_length 0;'];

/**
 * How nginx may stand before a function, by the first segment of the path. By default it asks in HTTP/1.0, and collects
 * an answer without chunks until a buffer is full.
 */
const locations = {
  off: ['proxy_buffering off;'],
  on: ['proxy_buffering on;'],
  'http-1.1': ['proxy_buffering on;', 'proxy_http_version 1.1;'],
  'gzip-off': ['proxy_buffering off;', ...gzip],
  'gzip-on': ['proxy_buffering on;', ...gzip],
} as const;

describe('a stream through nginx', () => {
  const transport = makeTransport();
  let folder: TemporaryFolder | undefined;
  let samples: SampleFunctions | undefined;
  let server: Server | undefined;
  const origins: string[] = [];
  const started: Nginx[] = [];

  before(async function () {
    this.timeout(300_000); // nginx may have to be installed
    folder = await makeTemporaryFolder();
    const copy = await copyFolder(path.join(repositoryDir, 'examples'), folder.dir);
    samples = await startSampleFunctions({ folder: copy, ports: 'free' });
    const functions = createServer((request, response) => {
      const isAsking = request.url?.startsWith('/asks') === true;
      void streamSlowly(response, isAsking ? { 'X-Accel-Buffering': 'no' } : {});
    });
    server = functions;
    await new Promise<void>((resolve) => functions.listen(0, '127.0.0.1', resolve));
    const { port } = functions.address() as AddressInfo;
    origins.push(`http://127.0.0.1:${samples.ports['ai-chat'] ?? 0}`, `http://127.0.0.1:${port}`);
    started.push(await startNginx(samples.ports['ai-chat'] ?? 0, locations));
    started.push(await startNginx(port, locations));
  });
  after(async () => {
    transport.dispose();
    for (const nginx of started) await nginx.dispose();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    await samples?.dispose();
    await folder?.dispose();
  });

  async function judge(url: string): Promise<JudgedExchange> {
    const source = `POST ${url}\nAccept: text/event-stream\nContent-Type: application/json\n\n{"msg":"${question}"}`;
    const judged = await judgeExchange(await prepareText(source, {}), transport);
    assert.deepEqual([judged.status, judged.end?.reason], [200, 'complete'], judged.body);
    return judged;
  }

  const said = ({ streaming }: JudgedExchange) =>
    [streaming.title, ...streaming.evidence, ...streaming.advice].map((one) => formatMessage(one)).join('\n');

  const expected: readonly (readonly [keyof typeof locations | 'direct', StreamingKind])[] = [
    ['direct', 'streams'],
    ['off', 'streams'],
    ['on', 'buffered'],
    ['http-1.1', 'streams'],
    ['gzip-off', 'streams'],
    ['gzip-on', 'compressed'],
  ];
  for (const [location, verdict] of expected) {
    const what = location === 'direct' ? 'without nginx' : locations[location].slice(0, 2).join(' ');
    it(`${what}: ${verdict}`, async () => {
      const at = location === 'direct' ? origins : started.map(({ origin }) => `${origin}/${location}`);
      const answers = await Promise.all([
        judge(`${at[0] ?? ''}/chat/completions?pause=20`),
        judge(`${at[1] ?? ''}/plain`),
      ]);
      for (const answer of answers) {
        assert.equal(answer.streaming.verdict, verdict, said(answer));
        assert.equal(answer.streaming.tone, verdict === 'streams' ? 'good' : 'bad');
        if (verdict !== 'streams') assert.match(said(answer), /X-Accel-Buffering: no/);
      }
      assert.match(answers[0]?.body ?? '', /data: ?\[DONE\]/);
      assert.equal(answers[1]?.timing.eventCount, 8);
    });
  }

  it('streams though nginx buffers, where the function does as our advice says', async () => {
    const answer = await judge(`${started[1]?.origin ?? ''}/on/asks`);
    assert.equal(answer.streaming.verdict, 'streams', said(answer));
  });
});

/** A function that does what is right: headers at once, each event when it is there. */
async function streamSlowly(response: ServerResponse, headers: OutgoingHttpHeaders): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', ...headers });
  response.flushHeaders();
  for (let index = 0; index < 8; index += 1) {
    response.write(`data: ${index}\n\n`);
    await delay(200);
  }
  response.end();
}
