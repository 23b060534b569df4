import assert from 'node:assert/strict';
import { createServer as createSecure } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import { makeCertificates, readPair, type Certificates } from '../support/certificates.ts';
import { startForwardProxy, type ForwardProxy, type ForwardProxyOptions } from '../support/forwardProxy.ts';
import { makeTransport, sendText } from '../support/sendText.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { eventually } from '../support/until.ts';

describe('Proxies', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  let certificates: Certificates;
  let plain: ScriptedServer;
  let secure: Server;
  let secureOrigin: string;
  let open: ForwardProxy;
  let guarded: ForwardProxy;
  let transport: OwnedTransport;
  const proxies: ForwardProxy[] = [];

  const start = async (options: ForwardProxyOptions = {}): Promise<ForwardProxy> => {
    const proxy = await startForwardProxy(options);
    proxies.push(proxy);
    return proxy;
  };
  before(async () => {
    folder = await makeTemporaryFolder();
    certificates = makeCertificates(folder.dir);
    plain = await startScriptedServer(async (connection) => {
      await connection.head(200, { 'Content-Type': 'text/plain' });
      const { request } = connection;
      await connection.write(JSON.stringify([request.url, request.headers, request.body.toString()]));
      await connection.end();
    });
    secure = createSecure(readPair(certificates.server), (_incoming, answer) => answer.end('secure'));
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    secureOrigin = `https://localhost:${(secure.address() as AddressInfo).port}`;
    open = await start();
    guarded = await start({ credentials: 'me:p@ss:word' });
  });
  beforeEach(() => {
    transport = makeTransport();
  });
  afterEach(() => transport.dispose());
  after(async () => {
    for (const proxy of proxies) await proxy.process.end();
    await plain.dispose();
    secure.closeAllConnections();
    await new Promise((resolve) => secure.close(resolve));
    await folder.dispose();
  });

  const send = (request: string, proxy: string | undefined, more: Record<string, unknown> = {}) =>
    sendText(request, {
      transport,
      profiles: { test: { route: 'local', tls: { ca: certificates.ca }, ...more, ...(proxy && { proxy }) } },
    });

  it('asks for http by the whole URL, and tunnels to https', async () => {
    const sent = await (await send(`POST ${plain.origin}/a?b=1\n\nhello`, open.origin)).done;
    const [url, headers, body] = JSON.parse(sent.body.toString()) as [string, [string, string][], string];
    assert.deepEqual([url, body], ['/a?b=1', 'hello']);
    assert.ok(headers.some(([name]) => name.toLowerCase() === 'via'));
    assert.equal(open.requests.at(-1), `POST ${plain.origin}/a?b=1`);
    assert.equal(sent.response?.connection.proxy, open.origin);

    const tunnelled = await (await send(`GET ${secureOrigin}/`, open.origin)).done;
    assert.equal(tunnelled.end.error?.message, undefined);
    assert.equal(tunnelled.body.toString(), 'secure');
    assert.equal(open.requests.at(-1), `CONNECT ${new URL(secureOrigin).host}`);
    const { proxy, proxyMs, remoteAddress } = tunnelled.response?.connection ?? assert.fail();
    assert.deepEqual([proxy, remoteAddress], [open.origin, new URL(open.origin).host]);
    assert.ok(proxyMs !== null && proxyMs > 0);

    const count = open.requests.length;
    const again = await (await send(`GET ${secureOrigin}/`, open.origin)).done;
    assert.equal(again.response?.connection.isReused, true);
    assert.equal(open.requests.length, count, 'the tunnel is used again');
  });

  it('gives the proxy its credentials, and shows them nowhere', async () => {
    const port = String(guarded.port);
    const right = `http://me:p%40ss%3Aword@127.0.0.1:${port}`;
    for (const origin of [plain.origin, secureOrigin]) {
      const { end, response } = await (await send(`GET ${origin}/`, right)).done;
      assert.deepEqual([end.error?.message, response?.status], [undefined, 200]);
      assert.equal(response?.connection.proxy, guarded.origin);
    }
    for (const [proxy, words] of [
      [guarded.origin, /wants a user/],
      [`http://me:wrong@127.0.0.1:${port}`, /did not take/],
    ] as const) {
      const tunnelled = await (await send(`GET ${secureOrigin}/`, proxy)).done;
      assert.equal(tunnelled.end.error?.code, 'proxy');
      assert.match(tunnelled.end.error.message, words);
      assert.doesNotMatch(tunnelled.end.error.message, /wrong/);
      const forwarded = await (await send(`GET ${plain.origin}/`, proxy)).done;
      assert.equal(forwarded.response?.status, 407);
    }
  });

  it('speaks TLS to an https proxy, and TLS within it', async () => {
    const proxy = await start(certificates.server);
    for (const origin of [plain.origin, secureOrigin]) {
      const { end, response } = await (await send(`GET ${origin}/`, proxy.origin)).done;
      assert.deepEqual([end.error?.message, response?.status], [undefined, 200]);
      assert.equal(response?.connection.proxy, proxy.origin);
    }
    assert.equal(proxy.requests.length, 2);
    const distrusted = await (await send(`GET ${secureOrigin}/`, proxy.origin, { tls: {} })).done;
    assert.equal(distrusted.end.error?.code, 'proxy');
  });

  it('takes the editor’s proxy, else the environment’s', async () => {
    const target = plain.origin.replace('127.0.0.1', 'service.test'); // only the proxy knows the name
    const { origin } = guarded;
    const named = origin.replace('//', '//me:p%40ss%3Aword@');
    const authorization = `Basic ${Buffer.from('me:p@ss:word').toString('base64')}`;
    for (const sources of [
      { editor: () => ({ proxy: origin, noProxy: [], authorization }) },
      { editor: () => ({ proxy: named, noProxy: [], authorization: '' }) },
      { environment: { http_proxy: named } },
    ]) {
      transport.dispose();
      transport = makeTransport(sources);
      const { end, response } = await (await send(`GET ${target}/`, undefined)).done;
      assert.deepEqual([end.error?.message, response?.status], [undefined, 200]);
      assert.equal(response?.connection.proxy, origin);
    }
  });

  it('reaches this machine without one, unless the profile names one', async () => {
    transport = makeTransport({
      editor: () => ({ proxy: open.origin, noProxy: [], authorization: '' }),
      environment: { HTTP_PROXY: open.origin },
    });
    const count = open.requests.length;
    const { response } = await (await send(`GET ${plain.origin}/`, undefined)).done;
    assert.equal(response?.connection.proxy, null);
    assert.equal(open.requests.length, count);
  });

  it('says in words what a proxy did wrong', async () => {
    const gone = await start();
    await gone.process.end();
    for (const [proxy, words] of [
      [gone.origin, /cannot be reached \(ECONNREFUSED/],
      [(await start({ tunnels: 'refuse' })).origin, /status 502/],
      [(await start({ tunnels: 'garbage' })).origin, /not answer in HTTP/],
      [(await start({ tunnels: 'close' })).origin, /without an answer/],
      ['socks5://127.0.0.1:1080', /socks5/],
      ['http://a b', /no URL/],
    ] as const) {
      const { end } = await (await send(`GET ${secureOrigin}/`, proxy)).done;
      assert.equal(end.error?.code, 'proxy', proxy);
      assert.match(end.error.message, words);
    }
  });

  it('can be cancelled, and runs out of time, while a proxy opens its tunnel', async () => {
    const proxy = await start({ tunnels: 'never' });
    const late = await (await send(`# @connect-timeout 1s\nGET ${secureOrigin}/`, proxy.origin)).done;
    assert.equal(late.end.error?.code, 'connect-timeout');
    assert.match(late.end.error.message, /proxy/);
    const { done, cancel } = await send(`# @connect-timeout 0\nGET ${secureOrigin}/`, proxy.origin);
    await eventually('asked', () => proxy.requests.filter((line) => line !== 'closed').length === 2);
    cancel();
    assert.equal((await done).end.reason, 'cancelled');
    await eventually('closed', () => proxy.requests.filter((line) => line === 'closed').length === 2);
  });
});
