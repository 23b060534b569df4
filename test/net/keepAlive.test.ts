import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import { makeTransport, sendText } from '../support/sendText.ts';
import { eventually } from '../support/until.ts';

/** What a raw server does with each request, told by its head and how many came on that connection before. */
type Answer = (socket: Socket, head: string, index: number) => void;

describe('Kept connections', () => {
  let server: Server;
  let origin: string;
  let transport: OwnedTransport;
  let answer: Answer;
  let connections = 0;
  const sockets = new Set<Socket>();
  const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

  before(async () => {
    server = createServer((socket) => {
      connections++;
      sockets.add(socket);
      socket.on('error', () => {}).once('close', () => sockets.delete(socket));
      let text = '';
      let index = 0;
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
          const head = text.slice(0, end);
          text = text.slice(end + 4);
          answer(socket, head, index++);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    transport = makeTransport();
    connections = 0;
    answer = (socket) => socket.write(ok);
  });
  afterEach(async () => {
    transport.dispose();
    await eventually('all connections closed', () => sockets.size === 0);
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  const send = (text = 'GET {origin}/') => sendText(text.replace('{origin}', origin), { transport });
  const sendAll = async (text?: string) => (await send(text)).done;

  it('carry one exchange after another, and several at once on several', async () => {
    for (let i = 0; i < 20; i++) {
      const { response } = await sendAll();
      assert.equal(response?.connection.isReused, i > 0);
    }
    assert.equal(connections, 1);
    await Promise.all(Array.from({ length: 5 }, () => sendAll()));
    assert.equal(connections, 5);
    assert.equal(sockets.size, 5);
  });

  it('are given up where bytes come that belong to no response, with one without a body or after it', async () => {
    const empty = 'HTTP/1.1 204 No Content\r\n\r\n';
    const stray = '0\r\n\r\n';
    answer = (socket) => socket.write(empty + stray);
    assert.equal((await sendAll()).end.reason, 'complete');
    await eventually('closed', () => sockets.size === 0);
    answer = (socket) => socket.write(empty);
    assert.equal((await sendAll()).end.reason, 'complete');
    for (const socket of sockets) socket.write(stray);
    await eventually('closed', () => sockets.size === 0);
    assert.equal((await sendAll()).end.reason, 'complete');
    assert.equal(connections, 3);
  });

  it('are not kept where the server closes, or the exchange was cancelled or broken', async () => {
    answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok');
    await sendAll();
    answer = (socket) => socket.write('HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok');
    const old = await sendAll();
    assert.equal(old.response?.httpVersion, '1.0');
    await eventually('closed', () => sockets.size === 0);

    answer = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok');
    const { done, cancel, lines } = await send();
    await eventually('the response', () => lines.length === 1);
    cancel();
    assert.equal((await done).end.reason, 'cancelled');
    await eventually('closed', () => sockets.size === 0);

    answer = (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n');
    assert.equal((await sendAll()).end.error?.code, 'protocol');
    await eventually('closed', () => sockets.size === 0);
  });

  it('send a request again that a dying one did not answer, if it may be sent twice', async () => {
    await sendAll();
    answer = (socket, _head, index) => {
      if (index > 0) socket.resetAndDestroy();
      else socket.write(ok);
    };
    const again = await sendAll();
    assert.deepEqual([again.end.reason, again.response?.connection.isReused], ['complete', false]);
    assert.equal(connections, 2);

    const posted = await sendAll('POST {origin}/');
    assert.deepEqual([posted.end.reason, connections], ['reset', 2]);

    await sendAll();
    answer = (socket, _head, index) => {
      if (index > 0) socket.end('HTTP/1.1 200 O');
      else socket.write(ok);
    };
    const begun = await sendAll();
    assert.deepEqual([begun.end.reason, connections], ['reset', 3], 'an answer had begun');
  });

  it('are not used once the server has closed them', async () => {
    await sendAll('POST {origin}/');
    for (const socket of sockets) socket.end();
    await eventually('closed', () => sockets.size === 0);
    const { end } = await sendAll('POST {origin}/');
    assert.deepEqual([end.reason, connections], ['complete', 2]);
  });

  it('drop interim responses, whatever comes in one piece', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
    for (const text of [
      `HTTP/1.1 100 Continue\r\n\r\n${ok}`,
      `${early}HTTP/1.1 100 Continue\r\n\r\n${early}${ok}`,
    ]) {
      for (const size of [1, 7, 30, 1000]) {
        answer = (socket) => {
          socket.setNoDelay(true);
          const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
          const next = (): void => {
            const piece = pieces.shift();
            if (piece !== undefined) socket.write(piece, () => setImmediate(next));
          };
          next();
        };
        const { end, response, body } = await sendAll();
        assert.deepEqual([end.reason, response?.status, body.toString()], ['complete', 200, 'ok']);
      }
    }
    assert.equal(connections, 1);
  });

  it('close at once with the transport, idle or in use', async () => {
    await sendAll();
    answer = () => {};
    const { done } = await send();
    await eventually('asked', () => connections === 1 && sockets.size === 1);
    transport.dispose();
    assert.notEqual((await done).end.reason, 'complete');
    await eventually('closed', () => sockets.size === 0);
  });

  it('close when cancelled at any moment', async () => {
    answer = () => {};
    const early = await send();
    early.cancel();
    assert.equal((await early.done).end.reason, 'cancelled');
    for (const rounds of [1, 2, 3, 5, 8]) {
      const { done, cancel } = await send();
      for (let i = 0; i < rounds; i++) await new Promise((resolve) => setImmediate(resolve));
      cancel();
      assert.equal((await done).end.reason, 'cancelled');
    }
    await eventually('closed', () => sockets.size === 0);
  });

  it('let a slow reader slow the server', async () => {
    let sent = 0;
    answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n');
      const chunk = Buffer.alloc(65_536);
      const more = (): void => {
        while (sent < 200_000_000 && !socket.destroyed) {
          sent += chunk.length;
          if (!socket.write(chunk)) {
            socket.once('drain', more);
            return;
          }
        }
      };
      more();
    };
    const { prepared, done, cancel } = await send();
    const response = await transport.send(prepared.wire, { signal: new AbortController().signal });
    cancel();
    await done;
    const iterator = response.body[Symbol.asyncIterator]();
    await iterator.next();
    let last = -1;
    await eventually('the server stands still', async () => {
      const before = sent;
      await new Promise((resolve) => setImmediate(resolve));
      const isStill = before === last;
      last = before;
      return isStill;
    });
    assert.ok(sent < 100_000_000, `${sent} bytes`);
    await iterator.return?.();
  });
});
