import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { startGateway } from '../support/gateway/gateway.ts';
import type { Gateway } from '../support/gateway/gateway.ts';
import { startScriptedServer } from '../support/sseServer.ts';
import type { ScriptedServer } from '../support/sseServer.ts';

const marked = { Authorization: 'Bearer dev-key', 'X-Tcb-Webfn': 'true' };
const chat = '/dev/v1/functions/chat';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('gateway double', () => {
  let fn: ScriptedServer;
  let gateway: Gateway;

  beforeEach(async () => {
    fn = await startScriptedServer();
    gateway = await startGateway({
      environments: {
        dev: { envId: 'my-dev-1a2b', apiKey: 'dev-key' },
        prod: { envId: 'my-prod-3c4d', apiKey: 'prod-key' },
      },
      functions: { chat: fn.port },
    });
  });

  afterEach(async () => {
    await gateway.dispose();
    await fn.dispose();
  });

  function open(method: string, path: string, headers: OutgoingHttpHeaders) {
    return request({ host: '127.0.0.1', port: gateway.port, method, path, headers, agent: false });
  }

  async function send(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    ...body: readonly string[]
  ): Promise<Answer> {
    const outgoing = open(method, path, headers);
    for (const piece of body) {
      outgoing.write(piece);
    }
    outgoing.end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await text(incoming) };
  }

  async function openStream(): Promise<IncomingMessage> {
    const outgoing = open('GET', `${chat}/sse`, marked).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    return incoming;
  }

  function assertError(answer: Answer, status: number, code: string): void {
    const error = JSON.parse(answer.body) as Record<string, unknown>;
    assert.deepEqual([answer.status, error['code']], [status, code]);
    assert.deepEqual(Object.keys(error), ['code', 'message', 'requestId']);
    assert.equal(error['requestId'], answer.headers['x-request-id']);
    assert.match(String(answer.headers['content-type']), /^application\/json\b/);
  }

  describe('refuses', () => {
    const refused: readonly [string, string, OutgoingHttpHeaders, number, string][] = [
      ['no credentials', chat, { 'X-Tcb-Webfn': 'true' }, 401, 'MISSING_CREDENTIALS'],
      ['another key', chat, { ...marked, Authorization: 'Bearer no' }, 401, 'INVALID_CREDENTIALS'],
      ["another environment's key", '/prod/v1/functions/chat', marked, 401, 'INVALID_CREDENTIALS'],
      ['another scheme', chat, { ...marked, Authorization: 'Basic dev-key' }, 401, 'INVALID_CREDENTIALS'],
      ['no marker', chat, { Authorization: 'Bearer dev-key' }, 404, 'FUNCTION_NOT_FOUND'],
      ['another marker', `${chat}?webfn=1`, { ...marked, 'X-Tcb-Webfn': '1' }, 404, 'FUNCTION_NOT_FOUND'],
      ['an unknown function', '/dev/v1/functions/nope', marked, 404, 'FUNCTION_NOT_FOUND'],
      ["a name of JavaScript's own", '/dev/v1/functions/toString', marked, 404, 'FUNCTION_NOT_FOUND'],
      ['an unknown version', chat, { ...marked, 'X-Qualifier': '7' }, 404, 'FUNCTION_QUALIFIER_NOT_FOUND'],
      ['an unknown environment', '/test/v1/functions/chat', marked, 400, 'INVALID_ENV'],
      ['a path outside the API', '/dev/v2/chat', marked, 404, 'INVALID_PATH'],
    ];
    for (const [what, path, headers, status, code] of refused) {
      it(what, async () => {
        assertError(await send('POST', path, headers), status, code);
        assert.equal(fn.openConnections, 0);
      });
    }

    it('text over 100 KB, with a length or without one', async () => {
      const type = { ...marked, 'Content-Type': 'application/json; charset=utf-8' };
      const body = 'x'.repeat(100 * 1024 + 1);
      assertError(
        await send('POST', chat, { ...type, 'Content-Length': body.length }, body),
        413,
        'EXCEED_MAX_PAYLOAD_SIZE',
      );
      assertError(
        await send('POST', chat, type, body.slice(0, 60_000), body.slice(60_000)),
        413,
        'EXCEED_MAX_PAYLOAD_SIZE',
      );
    });

    it('other types over 6 MB, and takes them up to that', async () => {
      const type = { ...marked, 'Content-Type': 'application/octet-stream' };
      const size = 6 * 1024 * 1024;
      assertError(await send('POST', chat, type, 'x'.repeat(size + 1)), 413, 'EXCEED_MAX_PAYLOAD_SIZE');

      const answer = send('POST', chat, { ...type, 'Content-Length': size }, 'x'.repeat(size));
      const connection = await fn.nextRequest();
      assert.equal(connection.request.body.length, size);
      await connection.head(204, { 'Content-Length': '0' });
      assert.equal((await answer).status, 204);
    });
  });

  describe('passes on', () => {
    it('method, sub-path, query, headers and body, but neither token nor marker', async () => {
      const body = '{"msg":"你好"}';
      const path = `${chat}/api/%E4%BD%A0?a=1&webfn=true&a=%20+&b`;
      const answer = send('PUT', path, { ...marked, 'X-Custom': ['one', 'two'] }, body);
      const connection = await fn.nextRequest();
      await connection.head(200, { 'Content-Length': '2' });
      await connection.write('ok');

      const { request: seen } = connection;
      assert.deepEqual([seen.method, seen.url], ['PUT', '/api/%E4%BD%A0?a=1&a=%20+&b']);
      assert.equal(seen.body.toString(), body);
      assert.deepEqual(
        seen.headers.filter(([name]) => name === 'X-Custom').map(([, value]) => value),
        ['one', 'two'],
      );
      assert.equal(seen.header('host'), `127.0.0.1:${fn.port}`);
      assert.equal(seen.header('authorization'), undefined);
      assert.equal(seen.header('x-tcb-webfn'), undefined);
      assert.equal(seen.header('x-cloudbase-request-id'), (await answer).headers['x-request-id']);
    });

    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']) {
      it(`${method}, marked in the query, to / where there is no sub-path`, async () => {
        const answer = send(method, `${chat}?webfn=true`, { Authorization: 'Bearer dev-key' });
        const connection = await fn.nextRequest();
        assert.deepEqual([connection.request.method, connection.request.url], [method, '/']);
        await connection.head(200, { 'Content-Length': '0' });
        assert.equal((await answer).status, 200);
      });
    }

    it("a function's own error, and its headers, unchanged but for the request id", async () => {
      const answer = send('GET', chat, marked);
      const connection = await fn.nextRequest();
      await connection.head(
        418,
        { 'Content-Type': 'text/plain', 'X-Request-Id': 'its own', 'X-Other': 'a', 'Content-Length': '3' },
        'Teapot',
      );
      await connection.write('no!');
      const { status, headers, body } = await answer;
      assert.deepEqual([status, headers['content-type'], body], [418, 'text/plain', 'no!']);
      assert.equal(headers['x-other'], 'a');
      assert.equal(headers['x-request-id'], gateway.requests[0]?.requestId);
    });

    it('a stream as it comes, split characters included', async () => {
      const opened = openStream();
      const connection = await fn.nextRequest();
      await connection.head(200, { 'Content-Type': 'text/event-stream' });
      const incoming = await opened; // the headers are here before there is a body

      const event = new TextEncoder().encode('data: 你好\n\n');
      const received: Buffer[] = [];
      for (const piece of [event.subarray(0, 7), event.subarray(7)]) {
        const arrived = once(incoming, 'data');
        await connection.write(piece);
        const [bytes] = (await arrived) as [Buffer];
        received.push(bytes);
      }
      assert.deepEqual(
        received.map((bytes) => bytes.length),
        [7, event.length - 7],
      );
      await connection.end();
      await once(incoming, 'end');
      assert.equal(await gateway.requests[0]?.closed, 'answered');
    });
  });

  describe('an exchange that is broken off', () => {
    it('by the client: the function sees the connection close', async () => {
      const ended: string[] = [];
      gateway.onDidClose((record, outcome) => ended.push(`${record.method} ${outcome}`));
      const opened = openStream();
      const connection = await fn.nextRequest();
      await connection.head(200, { 'Content-Type': 'text/event-stream' });
      (await opened).destroy();
      await connection.closed;
      assert.equal(await gateway.requests[0]?.closed, 'client left');
      assert.deepEqual(ended, ['GET client left']);
    });

    it('by the client before there is an answer', async () => {
      const outgoing = open('GET', chat, marked).end();
      outgoing.on('error', () => undefined);
      const connection = await fn.nextRequest();
      outgoing.destroy();
      await connection.closed;
      assert.equal(await gateway.requests[0]?.closed, 'client left');
    });

    it('by the function, in the middle of its answer: the client sees it cut', async () => {
      const opened = openStream();
      const connection = await fn.nextRequest();
      await connection.head(200, { 'Content-Type': 'text/event-stream' });
      const incoming = await opened;
      const failed = once(incoming.resume(), 'end');
      connection.reset();
      await assert.rejects(failed, { code: 'ECONNRESET' });
      assert.equal(await gateway.requests[0]?.closed, 'cut');
    });

    it('by the function, before its answer: an error that says so', async () => {
      const answer = send('POST', chat, marked, '{}');
      (await fn.nextRequest()).reset();
      assertError(await answer, 502, 'FUNCTION_INVOCATION_FAILED');
    });
  });

  it('says that a function that does not run failed', async () => {
    await fn.dispose();
    assertError(await send('GET', chat, marked), 502, 'FUNCTION_INVOCATION_FAILED');
  });

  it('records what reached it', async () => {
    await send('DELETE', '/nowhere?x=1', { 'X-Mine': 'yes' });
    const [record] = gateway.requests;
    assert.deepEqual([record?.method, record?.url], ['DELETE', '/nowhere?x=1']);
    assert.equal(record?.headers['x-mine'], 'yes');
  });

  it('rejects on a port that is taken', async () => {
    await assert.rejects(startGateway({ environments: {}, functions: {}, port: fn.port }), {
      code: 'EADDRINUSE',
    });
  });
});
