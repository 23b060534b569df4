import { execFileSync } from 'node:child_process';
import assert from 'node:assert/strict';
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync, constants } from 'node:zlib';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { runExchange } from '../../src/core/stream/exchange.ts';
import { transcribe, type TranscriptLine } from '../../src/core/stream/transcript.ts';
import { monotonicClock } from '../../src/net/clock.ts';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import { repositoryDir } from '../support/paths.ts';
import { makeTransport, prepareText } from '../support/sendText.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';

const sse = { 'Content-Type': 'text/event-stream' };

describe('runExchange over a real server', () => {
  let server: ScriptedServer;
  let transport: OwnedTransport;
  before(async () => {
    server = await startScriptedServer();
  });
  beforeEach(() => {
    transport = makeTransport();
  });
  afterEach(async () => {
    transport.dispose();
    await eventually('all connections closed', () => server.openConnections === 0);
  });
  after(() => server.dispose());

  /** Sends a request text; its lines grow as the exchange goes on. */
  async function send(text: string, options: { cancel?: AbortController } = {}) {
    const prepared = await prepareText(text.replaceAll('{origin}', server.origin), {});
    const lines: TranscriptLine[] = [];
    const listener = transcribe((line) => lines.push(line), {
      encodeBase64: (bytes) => Buffer.from(bytes).toString('base64'),
    });
    const ports = { transport, clock: monotonicClock };
    const cancel = options.cancel ?? new AbortController();
    const done = runExchange(prepared, ports, listener, { signal: cancel.signal });
    return { lines, done, cancel };
  }

  /** The `end` line without its time. */
  function endOf(lines: readonly TranscriptLine[]): { reason: string; events: number; bytes: number } {
    const end = lines.at(-1);
    assert.equal(end?.kind, 'end');
    return { reason: end.reason, events: end.events, bytes: end.bytes };
  }

  const kinds = (lines: readonly TranscriptLine[]) => lines.map(({ kind }) => kind);

  it('shows headers before a body and each event while the stream is open', async () => {
    const { lines, done } = await send('GET {origin}/sse');
    const connection = await server.nextRequest();
    await connection.head(200, { 'Content-Type': 'Text/Event-Stream; charset=UTF-8' });
    await eventually('the response line', () => lines.length === 1);
    await connection.write(': hi\n\ndata: 1\n\n');
    await eventually('the first event', () => lines.length === 3);
    await connection.write('id: 7\ndata: 2\n\ndata: cut');
    await connection.end();
    await done;
    assert.deepEqual(kinds(lines), ['response', 'comment', 'event', 'event', 'incomplete', 'end']);
    assert.deepEqual(endOf(lines), { reason: 'complete', events: 2, bytes: 39 });
    const times = lines.map((line) => ('atMs' in line ? line.atMs : 0));
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  });

  it('sends method, path, headers and body as written', async () => {
    const { done } = await send('POST {origin}/a b?q=中\nX-Name: 张三\nHost: other.example\n\n你好');
    const connection = await server.nextRequest();
    assert.equal(connection.request.method, 'POST');
    assert.equal(connection.request.url, '/a%20b?q=%E4%B8%AD');
    assert.equal(connection.request.header('x-name'), '张三');
    assert.equal(connection.request.header('host'), 'other.example');
    assert.equal(connection.request.header('content-length'), '6');
    assert.equal(connection.request.header('user-agent'), 'test/1');
    assert.equal(connection.request.header('content-type'), undefined);
    assert.equal(connection.request.body.toString(), '你好');
    await connection.head(204);
    await connection.end();
    await done;
  });

  it('closes the connection when cancelled, while connecting and while streaming', async () => {
    const waiting = await send('GET {origin}/');
    const silent = await server.nextRequest();
    waiting.cancel.abort();
    await Promise.all([silent.closed, waiting.done]);
    assert.deepEqual(kinds(waiting.lines), ['end']);

    const streaming = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.head(200, sse);
    await connection.write('data: 1\n\n');
    await eventually('the first event', () => streaming.lines.length === 2);
    streaming.cancel.abort();
    await Promise.all([connection.closed, streaming.done]);
    assert.deepEqual(endOf(streaming.lines), { reason: 'cancelled', events: 1, bytes: 9 });
  });

  it('tells the time limits apart', async () => {
    for (const [directives, headFirst, reason] of [
      ['# @timeout 50ms', false, 'timeout'],
      ['# @timeout 50ms', true, 'timeout'],
      ['# @idle-timeout 50ms', false, 'headers-timeout'],
      ['# @idle-timeout 50ms', true, 'idle-timeout'],
    ] as const) {
      const { lines, done } = await send(`${directives}\nGET {origin}/`);
      const connection = await server.nextRequest();
      if (headFirst) await connection.head(200, sse);
      await Promise.all([done, connection.closed]);
      assert.equal(endOf(lines).reason, reason);
      assert.equal(lines.at(-2)?.kind, 'error');
    }
  });

  it('tells a reset from a cut', async () => {
    const reset = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.head(200, sse);
    await connection.write('data: 1\n\n');
    await eventually('the first event', () => reset.lines.length === 2);
    connection.reset();
    await reset.done;
    assert.equal(endOf(reset.lines).reason, 'reset');

    const unfinished = await send('GET {origin}/');
    const chunked = await server.nextRequest();
    await chunked.head(200, sse);
    await chunked.write('data: 1\n\n');
    chunked.destroy();
    await unfinished.done;
    assert.equal(endOf(unfinished.lines).reason, 'reset');

    const short = await send('GET {origin}/');
    const counted = await server.nextRequest();
    await counted.head(200, { 'Content-Type': 'text/plain', 'Content-Length': '100' });
    await counted.write('only this');
    counted.destroy();
    await short.done;
    assert.deepEqual(kinds(short.lines), ['response', 'body', 'error', 'end']);
    assert.equal(endOf(short.lines).reason, 'truncated');
  });

  it('decompresses as the bytes come and reports a cut compressed stream', async () => {
    const { lines, done } = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.head(200, { ...sse, 'Content-Encoding': 'gzip' });
    const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    const compressed = (text: string) =>
      new Promise<Uint8Array>((resolve) => {
        gzip.once('data', (bytes: Buffer) => resolve(new Uint8Array(bytes)));
        gzip.write(text);
      });
    await connection.write(await compressed('data: 一\n\n'));
    await eventually('the event, the stream still open', () => lines.some(({ kind }) => kind === 'event'));
    await connection.end();
    await done;
    assert.equal(endOf(lines).reason, 'truncated');
    gzip.destroy();
  });

  for (const [coding, compress] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync], // as some servers send it
  ] as const) {
    it(`reads a body in ${coding}${compress === deflateRawSync ? ', without zlib’s header' : ''}`, async () => {
      const { lines, done } = await send('GET {origin}/');
      const connection = await server.nextRequest();
      await connection.head(500, { 'Content-Type': 'application/json', 'Content-Encoding': coding });
      await connection.write(new Uint8Array(compress('{"a":"错误"}')));
      await connection.end();
      await done;
      const body = lines.find((line) => line.kind === 'body');
      assert.equal(body?.content, '{"a":"错误"}');
      assert.equal(endOf(lines).bytes, 14);
    });
  }

  it('loses no event of a compressed stream that breaks', async () => {
    const { lines, done } = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.head(200, { ...sse, 'Content-Encoding': 'gzip' });
    const gzip = createGzip();
    const compressed: Uint8Array[] = [];
    gzip.on('data', (bytes: Buffer) => compressed.push(new Uint8Array(bytes)));
    for (let event = 0; event < 2000; event++) gzip.write(`data: ${event}\n\n`);
    await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
    await connection.write(new Uint8Array(Buffer.concat(compressed)));
    connection.destroy();
    await done;
    gzip.destroy();
    assert.deepEqual([endOf(lines).reason, endOf(lines).events], ['reset', 2000]);
  });

  it('takes a reset for one also where the body ends with the connection', async () => {
    const { lines, done } = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.raw('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n');
    await eventually('the event', () => lines.length === 2);
    connection.reset();
    await done;
    assert.equal(endOf(lines).reason, 'reset');
  });

  it('takes the end of an HTTP/1.0 connection for the end of its body, also where all comes at once', async () => {
    const { lines, done } = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.raw('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it');
    connection.destroy();
    await done;
    assert.deepEqual([endOf(lines).reason, endOf(lines).bytes], ['complete', 9]);
  });

  it('takes a chunked body that ends inside a chunk for a reset, whatever Connection says', async () => {
    const { lines, done } = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.raw(
      'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n' +
        '9\r\ndata: 1\n\n\r\nff\r\ndata',
    );
    connection.destroy();
    await done;
    assert.deepEqual([endOf(lines).reason, endOf(lines).events], ['reset', 1]);
  });

  it('calls what is no HTTP so', async () => {
    const { lines, done } = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.raw('SSH-2.0-server\r\n\r\n');
    connection.destroy();
    await done;
    assert.equal(lines.find((line) => line.kind === 'error')?.code, 'protocol');

    const headers = await send('GET {origin}/');
    const second = await server.nextRequest();
    await second.raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: x\u0001y\r\n\r\nok');
    second.destroy();
    await headers.done;
    assert.equal(headers.lines.find((line) => line.kind === 'error')?.code, 'protocol');
  });

  it('takes a 304 that names a length for complete', async () => {
    const { lines, done } = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.raw('HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n');
    await done;
    assert.equal(endOf(lines).reason, 'complete');
  });

  it('stops connecting when cancelled or out of time', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket.on('error', () => {}))); // no TLS handshake
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const target = `GET https://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
      for (const [directive, reason] of [
        ['# @timeout 100ms', 'timeout'],
        ['# @connect-timeout 100ms', 'connect-timeout'],
      ] as const) {
        const { lines, done } = await send(`${directive}\n${target}`);
        await done;
        assert.equal(endOf(lines).reason, reason);
      }
      const { lines, done, cancel } = await send(`# @connect-timeout 0\n${target}`);
      await eventually('a third connection', () => sockets.length === 3);
      cancel.abort();
      await done;
      assert.equal(endOf(lines).reason, 'cancelled');
    } finally {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
    }
  });

  it('gives bytes that are no UTF-8 as base64', async () => {
    const { lines, done } = await send('GET {origin}/');
    const connection = await server.nextRequest();
    await connection.head(200, { 'Content-Type': 'image/png' });
    await connection.write(Uint8Array.of(0x89, 0x50, 0xff));
    await connection.end();
    await done;
    const body = lines.find((line) => line.kind === 'body');
    assert.deepEqual([body?.encoding, body?.content], ['base64', 'iVD/']);
  });

  it('takes an event stream for a body under @stream off', async () => {
    const { lines, done } = await send('# @stream off\nGET {origin}/');
    const connection = await server.nextRequest();
    await connection.head(200, sse);
    await connection.write('data: 1\n\n');
    await connection.end();
    await done;
    assert.deepEqual(kinds(lines), ['response', 'body', 'end']);
  });

  it('names refused connections and unknown hosts', async () => {
    const closed = await startScriptedServer();
    await closed.dispose();
    const refused = await send(`GET ${closed.origin}/`);
    await refused.done;
    assert.deepEqual(kinds(refused.lines), ['error', 'end']);
    const code = (lines: readonly TranscriptLine[]) => lines.find((line) => line.kind === 'error')?.code;
    assert.equal(code(refused.lines), 'connection-refused');
  });

  it('leaves the process-wide dispatcher slot of undici empty', () => {
    // In a process of its own: here, whoever looks at the global Response fills it.
    const script = `const { createWireTransport } = require('./dist/wireTransport.cjs');
      const slots = [1, 2].map((n) => globalThis[Symbol.for('undici.globalDispatcher.' + n)]);
      console.log(typeof createWireTransport, slots.every((slot) => slot === undefined));`;
    const printed = execFileSync(process.execPath, ['--eval', script], {
      cwd: repositoryDir,
      encoding: 'utf8',
    });
    assert.equal(printed.trim(), 'function true');
  });
});
