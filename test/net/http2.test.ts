import assert from 'node:assert/strict';
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createGzip, constants as zlib } from 'node:zlib';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import { makeCertificates, readPair, type Certificates } from '../support/certificates.ts';
import { makeTransport, sendText } from '../support/sendText.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { eventually } from '../support/until.ts';

type Answer = (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void;

describe('HTTP/2', () => {
  let folder: TemporaryFolder;
  let certificates: Certificates;
  let server: Http2SecureServer;
  let relay: Server;
  let origin: string;
  const connections = new Set<Socket>();
  let transport: OwnedTransport;
  let answer: Answer;
  const sessions = new Set<ServerHttp2Session>();
  let sessionCount = 0;

  before(async function () {
    this.timeout(60_000);
    folder = await makeTemporaryFolder();
    certificates = makeCertificates(folder.dir);
    server = createSecureServer(readPair(certificates.server));
    server.on('session', (session) => {
      sessionCount++;
      sessions.add(session);
      session.on('error', () => {});
      session.once('close', () => sessions.delete(session));
    });
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {});
      answer(stream, headers);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    // Node's server may keep a session whose streams nobody reads, so what is closed is seen before it.
    relay = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      connections.add(near);
      near
        .on('error', () => {})
        .on('close', () => {
          connections.delete(near);
          far.destroy();
        });
      far.on('error', () => {}).on('close', () => near.destroy());
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    origin = `https://localhost:${(relay.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    transport = makeTransport();
    sessionCount = 0;
  });
  afterEach(async () => {
    transport.dispose();
    await eventually('all connections closed', () => connections.size === 0);
    for (const session of sessions) session.destroy();
  });
  after(async () => {
    await new Promise((resolve) => relay.close(resolve));
    await new Promise((resolve) => server.close(resolve));
    await folder.dispose();
  });

  const send = (request: string) =>
    sendText(request.replaceAll('{origin}', origin), {
      transport,
      folder: folder.dir,
      profiles: { test: { route: 'local', tls: { ca: certificates.ca } } },
    });

  it('sends fields and body, and keeps the session', async () => {
    answer = (stream, headers) => {
      void text(stream).then((body) => {
        stream.respond({
          ':status': 201,
          'content-type': 'application/json',
          'x-name': Buffer.from('李').toString('latin1'),
        });
        stream.end(JSON.stringify({ headers, body }));
      });
    };
    const first = await (
      await send('POST {origin}/a?q=1\nX-Name: 张三\nHost: other.example\nConnection: close\n\n你好')
    ).done;
    assert.equal(first.end.error?.message, undefined);
    assert.deepEqual(
      [first.response?.status, first.response?.statusText, first.response?.httpVersion],
      [201, '', '2'],
    );
    const { headers, body } = JSON.parse(first.body.toString()) as {
      headers: Record<string, string>;
      body: string;
    };
    assert.equal(body, '你好');
    assert.equal(headers[':path'], '/a?q=1');
    assert.equal(headers[':authority'], 'other.example');
    assert.equal(headers['content-length'], '6');
    assert.equal(Buffer.from(headers['x-name'] ?? '', 'latin1').toString(), '张三');
    assert.equal(headers['connection'], undefined);
    assert.equal(headers['host'], undefined);

    const second = await (await send('GET {origin}/')).done;
    assert.equal(second.response?.connection.isReused, true);
    assert.equal(second.response.headers.find(([name]) => name === 'x-name')?.[1], '李');
    assert.equal(sessionCount, 1);
  });

  it('shows each event while the stream is open, compressed ones too', async () => {
    for (const coding of ['identity', 'gzip']) {
      let go = (): void => {};
      answer = (stream) => {
        const headers = { ':status': 200, 'content-type': 'text/event-stream' };
        stream.respond(coding === 'gzip' ? { ...headers, 'content-encoding': coding } : headers);
        const gzip = createGzip({ flush: zlib.Z_SYNC_FLUSH });
        const out = coding === 'gzip' ? gzip : stream;
        if (coding === 'gzip') gzip.pipe(stream);
        out.write('data: 1\n\n');
        go = () => out.end('data: 2\n\n');
      };
      const { lines, done } = await send('GET {origin}/');
      await eventually('the first event', () => lines.some(({ kind }) => kind === 'event'));
      go();
      const { end } = await done;
      assert.deepEqual([end.reason, end.bytes], ['complete', 18]);
    }
  });

  it('takes HEAD, 204, an empty body and trailers', async () => {
    answer = (stream, headers) => {
      if (headers[':method'] === 'HEAD') {
        stream.respond({ ':status': 200, 'content-length': '500' }, { endStream: true });
      } else if (headers[':path'] === '/204') {
        stream.respond({ ':status': 204 }, { endStream: true });
      } else {
        stream.respond({ ':status': 200 }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '1' }));
        stream.end('body');
      }
    };
    for (const [request, status, length] of [
      ['HEAD {origin}/', 200, 0],
      ['GET {origin}/204', 204, 0],
      ['GET {origin}/trailers', 200, 4],
    ] as const) {
      const { end, response, body } = await (await send(request)).done;
      assert.deepEqual([end.reason, response?.status, body.length], ['complete', status, length], request);
    }
    assert.equal(sessionCount, 1);
  });

  it('calls a reset one, before the headers and in the body', async () => {
    const { NGHTTP2_INTERNAL_ERROR, NGHTTP2_CANCEL } = constants;
    for (const [headersFirst, breakOff] of [
      [false, (stream: ServerHttp2Stream) => stream.close(NGHTTP2_INTERNAL_ERROR)],
      [false, (stream: ServerHttp2Stream) => stream.close(NGHTTP2_CANCEL)],
      // `close` would end the body first.
      [true, (stream: ServerHttp2Stream) => stream.destroy(new Error('crash'))],
      [true, (stream: ServerHttp2Stream) => stream.destroy()],
    ] as const) {
      let go = (): void => {};
      answer = (stream) => {
        if (headersFirst) {
          stream.respond({ ':status': 200, 'content-type': 'text/event-stream' });
          stream.write('data: 1\n\n');
        }
        go = () => void breakOff(stream);
        if (!headersFirst) go();
      };
      const { lines, done } = await send('POST {origin}/');
      if (headersFirst) await eventually('the event', () => lines.length === 2);
      go();
      const { end, body } = await done;
      const what = `${headersFirst} ${String(breakOff)}`;
      assert.deepEqual([end.reason, body.length], ['reset', headersFirst ? 9 : 0], what);
    }
  });

  it('calls a connection that goes away in the body a reset', async () => {
    let session: ServerHttp2Stream['session'];
    answer = (stream) => {
      session = stream.session;
      stream.respond({ ':status': 200, 'content-type': 'text/event-stream' });
      stream.write('data: 1\n\n');
    };
    for (const leave of ['goaway', 'destroy'] as const) {
      const { lines, done } = await send('GET {origin}/');
      await eventually('the event', () => lines.length === 2);
      if (leave === 'goaway') session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM);
      session?.destroy();
      assert.equal((await done).end.reason, 'reset', leave);
    }
  });

  it('opens a new connection after GOAWAY, and sends again what a dying one did not take', async () => {
    answer = (stream) => {
      stream.respond({ ':status': 200 });
      stream.end('ok');
    };
    await (
      await send('GET {origin}/')
    ).done;
    for (const session of sessions) session.close();
    await eventually('gone', () => connections.size === 0);
    const { end, body } = await (await send('GET {origin}/')).done;
    assert.equal(end.reason, 'complete', end.error?.message);
    assert.deepEqual([body.toString(), sessionCount], ['ok', 2]);

    const refusing = answer;
    answer = (stream) => {
      answer = refusing;
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
    };
    const again = await (await send('GET {origin}/')).done;
    assert.deepEqual([again.body.toString(), sessionCount], ['ok', 3]);
  });

  it('closes the connection when cancelled, waiting for headers, uploading and in the body', async () => {
    for (const when of ['headers', 'body'] as const) {
      let isThere = false;
      answer = (stream) => {
        if (when === 'body') stream.respond({ ':status': 200 });
        isThere = true;
      };
      const { lines, done, cancel } = await send(`POST {origin}/\n\n${'x'.repeat(300_000)}`);
      await eventually('the request', () => isThere && (when === 'headers' || lines.length === 1));
      cancel();
      assert.equal((await done).end.reason, 'cancelled');
      await eventually(`the connection closed (${when})`, () => connections.size === 0);
    }
  });

  it('reads an answer that comes before the body was taken', async () => {
    answer = (stream) => {
      stream.respond({ ':status': 413 });
      stream.end('too large');
    };
    const { end, response, body } = await (await send(`POST {origin}/\n\n${'x'.repeat(3_000_000)}`)).done;
    assert.deepEqual([end.reason, response?.status, body.toString()], ['complete', 413, 'too large']);
  });

  it('takes an answer for whole whose server then wants no more of the request’s body', async () => {
    answer = (stream) => {
      stream.respond({ ':status': 413 });
      stream.end('too large', () => stream.close(constants.NGHTTP2_NO_ERROR));
    };
    await writeFile(path.join(folder.dir, 'large.bin'), Buffer.alloc(3_000_000));
    for (let time = 0; time < 2; time++) {
      const { end, body } = await (await send('POST {origin}/\n\n< ./large.bin')).done;
      assert.deepEqual([end.reason, body.toString()], ['complete', 'too large'], end.error?.message);
    }
    assert.equal(sessionCount, 1);
  });

  it('reads as many fields as come', async () => {
    answer = (stream) => {
      const fields = Array.from({ length: 300 }, (_, index) => [`x-${index}`, 'v'] as const);
      stream.respond({ ':status': 200, ...Object.fromEntries(fields) });
      stream.end();
    };
    const { response, end } = await (await send('GET {origin}/')).done;
    assert.equal(response?.headers.filter(([name]) => name.startsWith('x-')).length, 300, end.error?.message);
  });

  it('lets a slow reader slow the server', async () => {
    let sent = 0;
    let isDone = false;
    answer = (stream) => {
      stream.respond({ ':status': 200 });
      const chunk = Buffer.alloc(65_536);
      const more = (): void => {
        while (sent < 64_000_000 && !stream.destroyed) {
          sent += chunk.length;
          if (!stream.write(chunk)) {
            stream.once('drain', more);
            return;
          }
        }
        isDone = true;
        stream.end();
      };
      more();
    };
    const response = await transport.send((await send('GET {origin}/')).prepared.wire, {
      signal: new AbortController().signal,
    });
    const iterator = response.body[Symbol.asyncIterator]();
    await iterator.next();
    assert.ok(!isDone && sent < 16_000_000, `${sent} bytes sent to a reader that stands still`);
    await iterator.return?.();
  });
});
