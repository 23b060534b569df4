import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { headerValue } from '../../src/core/cbhttp/resolve.ts';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import { createCookieJar } from '../../src/net/cookieJar.ts';
import { makeTransport, sendText } from '../support/sendText.ts';
import { startScriptedServer, type ScriptedRequest, type ScriptedServer } from '../support/sseServer.ts';

describe('Redirects and cookies', () => {
  const seen: ScriptedRequest[] = [];
  let server: ScriptedServer;
  let other: ScriptedServer;
  let transport: OwnedTransport;
  const start = () =>
    startScriptedServer(async (connection) => {
      const { request } = connection;
      seen.push(request);
      const url = new URL(request.url, 'http://h');
      const location = url.searchParams.get('to');
      const cookie = url.searchParams.get('set');
      const status = Number(url.searchParams.get('status') ?? '200');
      await connection.head(status, {
        ...(location !== null && { Location: location }),
        ...(cookie !== null && { 'Set-Cookie': cookie }),
        'Content-Type': 'text/plain',
      });
      await connection.write(`answer of ${url.pathname}`);
      await connection.end();
    });
  before(async () => {
    [server, other] = await Promise.all([start(), start()]);
  });
  beforeEach(() => {
    seen.length = 0;
    transport = makeTransport();
  });
  afterEach(() => transport.dispose());
  after(async () => {
    await server.dispose();
    await other.dispose();
  });

  const to = (location: string, status = 302): string =>
    `/from?status=${status}&to=${encodeURIComponent(location)}`;

  it('follows to the last answer, over one connection', async () => {
    const { done, redirects } = await sendText(
      `POST ${server.origin}${to(to('/end', 307), 303)}\nX-A: 1\nContent-Type: text/plain\n\nhello`,
      { transport },
    );
    const { end, response, body } = await done;
    assert.equal(end.reason, 'complete', end.error?.message);
    assert.deepEqual([response?.status, body.toString()], [200, 'answer of /end']);
    assert.deepEqual(
      seen.map(({ method, url, body: sent }) => [method, new URL(url, 'http://h').pathname, sent.toString()]),
      [
        ['POST', '/from', 'hello'],
        ['GET', '/from', ''],
        ['GET', '/end', ''],
      ],
    );
    assert.equal(seen[2]?.header('x-a'), '1');
    assert.equal(seen[2].header('content-type'), undefined);
    assert.deepEqual(
      redirects.map(({ status, nextUrl }) => [status, new URL(nextUrl).pathname]),
      [
        [303, '/from'],
        [307, '/end'],
      ],
    );
    assert.equal(response?.connection.isReused, true);
  });

  it('shows the redirect under @no-redirect, and one that leads nowhere', async () => {
    for (const text of [
      `# @no-redirect\nGET ${server.origin}${to('/end')}`,
      `GET ${server.origin}${to('ftp://127.0.0.1/')}`,
      `GET ${server.origin}/from?status=302`,
    ]) {
      seen.length = 0;
      const { response, body } = await (await sendText(text, { transport })).done;
      assert.deepEqual([response?.status, body.toString(), seen.length], [302, 'answer of /from', 1]);
    }
  });

  it('stops after ten', async () => {
    const { end } = await (
      await sendText(`GET ${server.origin}/loop?status=302&to=/loop%3Fstatus%3D302%26to%3D/loop`, {
        transport,
      })
    ).done;
    assert.equal(end.reason, 'complete');
    seen.length = 0;
    const loop = await startScriptedServer(async (connection) => {
      await connection.head(302, { Location: '/' });
      await connection.end();
    });
    const sent = await (await sendText(`GET ${loop.origin}/`, { transport })).done;
    await loop.dispose();
    assert.equal(sent.end.error?.code, 'too-many-redirects');
    assert.equal(sent.response, undefined);
  });

  it('takes no credential to another origin', async () => {
    const text = `GET ${server.origin}${to(`${other.origin}/end`)}\nAuthorization: Bearer x\nCookie: a=1\nX-Other: 1`;
    const { response } = await (await sendText(text, { transport })).done;
    assert.equal(response?.status, 200);
    const [first, last] = seen;
    assert.deepEqual([first?.header('authorization'), first?.header('cookie')], ['Bearer x', 'a=1']);
    assert.deepEqual([last?.header('authorization'), last?.header('cookie')], [undefined, undefined]);
    assert.equal(last?.header('x-other'), '1');
    assert.equal(last.header('host'), new URL(other.origin).host);

    const profiles = { test: { route: 'local' } };
    const environment = { CBHTTP_SECRET_TEST_KEY: 'very secret' };
    for (const [headers, isSent] of [
      ['X-Key: {{$secret key}}', true],
      ['Content-Type: text/plain\n\n{{$secret key}}', false],
    ] as const) {
      seen.length = 0;
      const method = isSent ? 'GET' : 'PUT';
      const secret = `${method} ${server.origin}${to(`${other.origin}/end`, 307)}\n${headers}`;
      const { end } = await (await sendText(secret, { transport, profiles, environment })).done;
      assert.equal(end.error?.code, isSent ? undefined : 'credential-refused');
      assert.equal(seen.length, isSent ? 2 : 1);
      assert.doesNotMatch(JSON.stringify(seen[1] ?? ''), /very secret/);
    }
  });

  it('keeps cookies and sends them where they belong, also on the way', async () => {
    const cookieJar = createCookieJar();
    const setting = `${server.origin}/set?status=302&to=/end&set=${encodeURIComponent('a=1; Path=/; Secure')}`;
    const { done, sent } = await sendText(`GET ${setting}\nCookie: own=0`, { transport, cookieJar });
    await done;
    assert.deepEqual(
      seen.map((request) => request.header('cookie')),
      ['own=0', 'own=0; a=1'],
    );
    assert.deepEqual(
      sent.map((headers) => headerValue(headers, 'cookie')),
      ['own=0', 'own=0; a=1'],
    );
    await (
      await sendText(`GET ${server.origin}/again`, { transport, cookieJar })
    ).done;
    assert.equal(seen.at(-1)?.header('cookie'), 'a=1');
    await (
      await sendText(`GET ${server.origin}/again\nCookie: own=0;a=mine`, { transport, cookieJar })
    ).done;
    assert.equal(seen.at(-1)?.header('cookie'), 'own=0;a=mine');
    await (
      await sendText(`# @no-cookie-jar\nGET ${server.origin}/?set=b%3D2`, { transport, cookieJar })
    ).done;
    assert.equal(seen.at(-1)?.header('cookie'), undefined);
    assert.deepEqual(
      cookieJar
        .list()
        .map(({ name, value, domain, path, expiresMs }) => [name, value, domain, path, expiresMs]),
      [['a', '1', '127.0.0.1', '/', null]],
    );
    const copy = createCookieJar(JSON.parse(JSON.stringify(cookieJar.toJSON())));
    assert.equal(copy.cookieFor(`${server.origin}/`), 'a=1');
    assert.equal(copy.cookieFor('http://other.example/'), '');
    cookieJar.clear();
    await (
      await sendText(`GET ${server.origin}/`, { transport, cookieJar })
    ).done;
    assert.equal(seen.at(-1)?.header('cookie'), undefined);
  });

  it('takes no cookie for others, and a damaged jar for an empty one', () => {
    const jar = createCookieJar({ cookies: 'what?' });
    jar.store('https://a.example.com/', [
      'x=1; Domain=com',
      'y=1; Domain=other.com',
      'no cookie',
      '=',
      'z=1',
    ]);
    jar.store('http://a.example.com/', ['s=1; Secure']);
    assert.deepEqual(
      jar
        .list()
        .map(({ name }) => name)
        .filter((name) => name !== ''),
      ['z'],
    );
    assert.equal(jar.cookieFor('https://b.example.com/'), '');
  });
});
