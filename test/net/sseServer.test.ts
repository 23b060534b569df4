import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { startScriptedServer } from '../support/sseServer.ts';
import type { ScriptedServer } from '../support/sseServer.ts';

describe('scripted server', () => {
  let server: ScriptedServer;
  const clients: Socket[] = [];

  beforeEach(async () => {
    server = await startScriptedServer();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) {
      client.destroy();
    }
    await server.dispose();
  });

  async function send(request: string): Promise<Socket> {
    const socket = connect(server.port, '127.0.0.1');
    clients.push(socket);
    await once(socket, 'connect');
    socket.write(request);
    return socket;
  }

  it('shows the request as it was sent', async () => {
    await send(
      'POST /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nX-City: 深圳\r\nx-a: 1\r\nX-A: 2\r\nContent-Length: 3\r\n\r\nabc',
    );
    const { request } = await server.nextRequest();
    assert.deepEqual([request.method, request.url, request.body.toString()], ['POST', '/a%20b?x=1', 'abc']);
    assert.deepEqual(request.headers, [
      ['Host', 'h'],
      ['X-City', '深圳'],
      ['x-a', '1'],
      ['X-A', '2'],
      ['Content-Length', '3'],
    ]);
    assert.equal(request.header('X-a'), '1');
  });

  it('writes one HTTP chunk for each write, and nothing of its own', async () => {
    const socket = await send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    const connection = await server.nextRequest();
    await connection.head(200, { 'Content-Type': 'text/event-stream' });
    await connection.write('data: 你\n\n');
    await connection.write(new Uint8Array([0x3a, 0x0a]));
    await connection.write('');
    await connection.end();
    connection.destroy();
    assert.equal(
      await text(socket),
      'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n' +
        'b\r\ndata: 你\n\n\r\n2\r\n:\n\r\n0\r\n\r\n',
    );
  });

  it('writes a body with a length, or one that ends with the connection, as it is', async () => {
    for (const headers of [{ 'Content-Length': '2' }, { Connection: 'close' }]) {
      const socket = await send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      const connection = await server.nextRequest();
      await connection.head(200, headers);
      await connection.write('ok');
      await connection.end();
      connection.destroy();
      assert.match(await text(socket), /\r\n\r\nok$/);
    }
  });

  it('takes requests one after another on a connection that stays open', async () => {
    const socket = await send('GET /1 HTTP/1.1\r\nHost: h\r\n\r\n');
    for (const next of ['/2', '/3']) {
      const connection = await server.nextRequest();
      const arrived = once(socket, 'data');
      await connection.head(204, { 'Content-Length': '0' });
      await arrived;
      socket.write(`GET ${next} HTTP/1.1\r\nHost: h\r\n\r\n`);
    }
    assert.equal((await server.nextRequest()).request.url, '/3');
    assert.equal(server.openConnections, 1);
  });

  it('resets a connection in the middle of a body', async () => {
    const socket = await send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    const connection = await server.nextRequest();
    await connection.head(200);
    await once(socket, 'data');
    const failed = once(socket, 'error');
    connection.reset();
    const [error] = (await failed) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNRESET');
    await connection.closed;
  });

  it('sees that the client has left', async () => {
    const socket = await send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    const connection = await server.nextRequest();
    await connection.head(200);
    socket.destroy();
    await connection.closed;
    await connection.write('to no one');
    assert.equal(server.openConnections, 0);
  });

  it('hands requests to a handler, and resets where it throws', async () => {
    const handled = await startScriptedServer((connection) => {
      throw new Error(`not today: ${connection.request.url}`);
    });
    try {
      const socket = connect(handled.port, '127.0.0.1');
      socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      assert.equal(error.code, 'ECONNRESET');
    } finally {
      await handled.dispose();
    }
  });

  it('rejects those who wait for a request when it is disposed', async () => {
    const waiting = assert.rejects(server.nextRequest(), /disposed/);
    await server.dispose();
    await waiting;
  });
});
