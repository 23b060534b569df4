import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { placedRequests } from '../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../src/core/cbhttp/parse.ts';
import { headerValue } from '../../src/core/cbhttp/resolve.ts';
import { formatMessage } from '../../src/core/message.ts';
import { readGatewayError } from '../../src/core/failures/gateway.ts';
import { prepareRequest, type PreparedRequest } from '../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import type { ServiceRoute } from '../../src/core/profiles/serviceRoutes.ts';
import { consentOfCommandLine, environmentCredentials } from '../../src/net/environmentSecrets.ts';
import { createManagementApi } from '../../src/net/managementApi.ts';
import { terminalPorts } from '../../src/net/terminalPorts.ts';
import { createTokenSource } from '../../src/net/tokens.ts';
import { makeCertificates, readPair } from '../support/certificates.ts';
import type { AccessService, GatewayOptions } from '../support/gateway/cloud.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { judgeExchange } from '../support/judgedExchange.ts';
import { repositoryDir } from '../support/paths.ts';
import { makeTransport } from '../support/sendText.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

/** The document's six and PATCH. */
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'] as const;
const secret = { secretId: 'AKIDlister', secretKey: 'lister-key' };
const environment = { CBHTTP_SECRET_TEST_CREDENTIAL: 'dev-key' };
const service: AccessService = {
  routes: [
    { Path: '/chat', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'chat' },
    { Path: '/locked', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'locked', EnableAuth: true },
    { Path: '/off', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'off', Enable: false },
  ],
};

/** What a function saw, as it answers it. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

describe('routes', () => {
  const transport = makeTransport();
  const seen: Seen[] = [];
  let fn: ScriptedServer;
  let gateway: Gateway;

  before(async () => {
    fn = await startScriptedServer(async (connection) => {
      const { method, url, headers, body } = connection.request;
      seen.push({ method, url, headers, body: body.toString() });
      if (url.startsWith('/sse')) {
        await connection.head(200, { 'Content-Type': 'text/event-stream' });
        await connection.write('data: 你好\n\n');
        await connection.end();
        return;
      }
      await connection.head(200, { 'Content-Type': 'application/json', 'Content-Length': '2' });
      if (method !== 'HEAD') await connection.write('{}');
    });
  });
  after(async () => {
    transport.dispose();
    await fn.dispose();
  });
  beforeEach(() => {
    seen.length = 0;
  });
  afterEach(() => gateway.dispose());

  async function start(
    options: Partial<GatewayOptions> = {},
    access: AccessService = service,
  ): Promise<void> {
    gateway = await startGateway({
      environments: {
        dev: { envId: 'my-dev-1a2b', apiKey: 'dev-key', secrets: [secret], service: access },
      },
      functions: { chat: fn.port, locked: fn.port, off: fn.port },
      ...options,
    });
  }

  async function prepare(
    source: string,
    profile: Readonly<Record<string, unknown>>,
    routes: readonly ServiceRoute[] = [],
  ): Promise<PreparedRequest> {
    const document = parseCbhttp(source);
    const [placed] = placedRequests(document);
    assert.ok(placed);
    const userAgent = 'test/1';
    const deviceId = () => Promise.resolve('device');
    const tokens = createTokenSource({ transport, storage: null, deviceId, userAgent });
    const memory = { last: () => undefined };
    return prepareRequest(document, placed, {
      profiles: readProfiles({ test: profile }, undefined),
      credentials: environmentCredentials(environment, tokens),
      consent: consentOfCommandLine,
      functions: { routes },
      ports: terminalPorts({
        file: path.join(repositoryDir, 'x.cbhttp'),
        root: undefined,
        environment,
        memory,
      }),
      signal: new AbortController().signal,
      userAgent,
    });
  }

  async function send(...given: Parameters<typeof prepare>) {
    const prepared = await prepare(...given);
    return { prepared, ...(await judgeExchange(prepared, transport)) };
  }

  const gatewayProfile = (more: object = {}) => ({
    envId: 'my-dev-1a2b',
    baseUrl: `${gateway.origin}/dev`,
    auth: 'apiKey',
    ...more,
  });
  const serviceProfile = (more: object = {}) => ({
    route: 'service',
    baseUrl: gateway.accessOrigins['dev'],
    functions: { chat: 'chat', locked: '/locked/', off: 'off' },
    ...more,
  });

  describe('gateway', () => {
    beforeEach(() => start());

    for (const method of methods) {
      it(`${method}, marked, with the token, to the sub-path and its query`, async () => {
        const body = ['GET', 'HEAD'].includes(method) ? '' : '\n\n{"msg":"你好"}';
        const { status, end, prepared } = await send(
          `${method} fn://chat/api/%E4%BD%A0?a=1&b=%20\nContent-Type: application/json${body}`,
          gatewayProfile(),
        );
        assert.deepEqual([status, end?.reason], [200, 'complete']);
        const [request] = gateway.requests;
        assert.deepEqual(
          [request?.method, request?.url],
          [method, '/dev/v1/functions/chat/api/%E4%BD%A0?a=1&b=%20'],
        );
        assert.equal(request?.headers['x-tcb-webfn'], 'true');
        assert.equal(request.headers.authorization, 'Bearer dev-key');
        assert.deepEqual(
          seen.map((one) => [one.method, one.url, one.body]),
          [[method, '/api/%E4%BD%A0?a=1&b=%20', body.trim()]],
        );
        assert.deepEqual([prepared.route, prepared.functionName], ['gateway', 'chat']);
        assert.equal(prepared.shownUrl, `${gateway.origin}${request.url ?? ''}`);
        assert.ok(!JSON.stringify(prepared.shownHeaders).includes('dev-key'));
      });
    }

    it('a stream as it comes', async () => {
      const { body, timing, streaming } = await send('GET fn://chat/sse', gatewayProfile());
      assert.deepEqual([body, timing.eventCount], ['data: 你好\n\n', 1]);
      assert.equal(streaming.verdict, 'too-short-to-tell');
    });

    it('to a version, of the profile or of the request', async () => {
      await gateway.dispose();
      await start({ versions: ['3', '7'] });
      await send('GET fn://chat', gatewayProfile({ qualifier: '3' }));
      await send('# @qualifier 7\nGET fn://chat', gatewayProfile({ qualifier: '3' }));
      assert.deepEqual(
        gateway.requests.map(({ headers }) => headers['x-qualifier']),
        ['3', '7'],
      );
      const { status, body } = await send('# @qualifier 8\nGET fn://chat', gatewayProfile());
      assert.equal(status, 404);
      assert.equal(readGatewayError(body)?.code, 'FUNCTION_QUALIFIER_NOT_FOUND');
      assert.equal(seen.length, 2);
    });

    it('of the site that the profile names, where it names no other address', async () => {
      const urls = ['domestic', 'intl'].map(async (site) => {
        const prepared = await prepare('GET fn://chat/a', { envId: 'my-dev-1a2b', site });
        return [prepared.wire.url, headerValue(prepared.wire.headers, 'x-tcb-webfn')];
      });
      assert.deepEqual(await Promise.all(urls), [
        ['https://my-dev-1a2b.api.tcloudbasegateway.com/v1/functions/chat/a', 'true'],
        ['https://my-dev-1a2b.api.intl.tcloudbasegateway.com/v1/functions/chat/a', 'true'],
      ]);
    });

    it("tells the gateway's error where a stream was expected", async () => {
      gateway.faults.next({ kind: 'code', code: 'FUNCTION_STATUS_ABNORMAL' });
      const { body, streaming } = await send(
        'GET fn://chat/sse\nAccept: text/event-stream',
        gatewayProfile(),
      );
      assert.equal(readGatewayError(body)?.code, 'FUNCTION_STATUS_ABNORMAL');
      assert.deepEqual([streaming.verdict, streaming.tone], ['not-a-stream', 'bad']);
    });
  });

  describe('gateway with subPath "body"', () => {
    beforeEach(() => start({ subPath: 'body' }));
    const profile = () => gatewayProfile({ subPath: 'body' });

    for (const method of methods) {
      it(`${method}: path and method in the body of a POST`, async () => {
        const { status } = await send(`${method} fn://chat/api/hello?x=1`, profile());
        assert.equal(status, 200);
        assert.deepEqual(
          gateway.requests.map((request) => [request.method, request.url]),
          [['POST', '/dev/v1/functions/chat?x=1']],
        );
        assert.deepEqual(
          seen.map((one) => [one.method, one.url]),
          [[method, '/api/hello?x=1']],
        );
      });
    }

    it('beside what the body says', async () => {
      const json = '\nContent-Type: application/json\n\n{"msg":"你好"}';
      await send(`PUT fn://chat/api/hello${json}`, profile());
      await send(`POST fn://chat${json}`, profile());
      assert.deepEqual(
        seen.map((one) => [one.method, one.url, one.body]),
        [
          ['PUT', '/api/hello', '{"msg":"你好"}'],
          ['POST', '/', '{"msg":"你好"}'],
        ],
      );
    });

    it('refuses any other body in words, and sends nothing', async () => {
      for (const body of ['plain text', '[1]', '{"path":"/x"}']) {
        await assert.rejects(prepare(`POST fn://chat/api\n\n${body}`, profile()), { code: 'sub-path-body' });
      }
      assert.equal(gateway.requests.length, 0);
    });
  });

  describe('service', () => {
    it("goes by the profile's path prefix, without marker and without a token nobody asked for", async () => {
      await start();
      for (const method of methods) {
        const { status, prepared } = await send(`${method} fn://chat/api/hello?x=1`, serviceProfile());
        assert.deepEqual([status, prepared.route], [200, 'service']);
      }
      assert.deepEqual(
        gateway.requests.map((request) => [request.part, request.method, request.url]),
        methods.map((method) => ['access', method, '/chat/api/hello?x=1']),
      );
      for (const { headers } of gateway.requests) {
        assert.deepEqual([headers['x-tcb-webfn'], headers.authorization], [undefined, undefined]);
      }
      assert.deepEqual(
        seen.map(({ method, url }) => [method, url]),
        methods.map((method) => [method, '/api/hello?x=1']),
      );
    });

    it('brings the token where the route wants one', async () => {
      await start();
      const { status } = await send('GET fn://locked', serviceProfile({ auth: 'apiKey' }));
      assert.equal(status, 200);
      const without = await send('GET fn://locked', serviceProfile());
      assert.equal(without.status, 401);
      assert.equal(readGatewayError(without.body)?.code, 'MISSING_CREDENTIALS');
    });

    it('shows that a route is switched off', async () => {
      await start();
      assert.equal((await send('GET fn://off', serviceProfile())).status, 404);
      assert.equal(seen.length, 0);
    });

    it('recognises the web page of a default domain', async () => {
      await start({}, { ...service, interstitial: true });
      const { status, streaming, body } = await send(
        'GET fn://chat/sse\nAccept: text/event-stream',
        serviceProfile(),
      );
      assert.equal(status, 200);
      assert.match(body, /^<!DOCTYPE html>/);
      assert.deepEqual([streaming.verdict, streaming.tone], ['not-a-stream', 'bad']);
      assert.match(streaming.advice.map((one) => formatMessage(one)).join('\n'), /default domain/);
      assert.equal(readGatewayError(body), null);
    });

    it('finds its URL by the listed routes, over TLS', async function () {
      this.timeout(30_000);
      const folder = await makeTemporaryFolder();
      try {
        const certificates = makeCertificates(folder.dir);
        const { key, cert } = readPair(certificates.server);
        await start({ tls: { key: key.toString(), cert: cert.toString() } });
        const tls = { ca: certificates.ca };
        const { wire } = await prepare('GET http://127.0.0.1', { route: 'local', tls });
        const api = createManagementApi({
          transport,
          credentials: secret,
          region: 'ap-shanghai',
          managementUrl: gateway.origin,
          connection: wire,
        });
        const routes = await api.listRoutes('my-dev-1a2b', { signal: new AbortController().signal });
        const { status, prepared } = await send('GET fn://chat/api', { route: 'service', tls }, routes);
        assert.equal(prepared.wire.url, `${gateway.accessOrigins['dev'] ?? ''}/chat/api`);
        assert.equal(status, 200);
        assert.deepEqual(
          seen.map(({ url }) => url),
          ['/api'],
        );
        await assert.rejects(prepare('GET fn://off', { route: 'service', tls }, routes), { code: 'no-url' });
      } finally {
        await folder.dispose();
      }
    });
  });

  it('local: any method, straight to the port, without marker or token', async () => {
    await start();
    for (const method of methods) {
      const { prepared } = await send(`${method} fn://chat/api?x=1`, {
        route: 'local',
        functions: { chat: fn.port },
        auth: 'apiKey',
      });
      assert.deepEqual([prepared.route, prepared.credential], ['local', null]);
    }
    assert.deepEqual(
      seen.map(({ method, url }) => [method, url]),
      methods.map((method) => [method, '/api?x=1']),
    );
    for (const { headers } of seen) {
      assert.equal(headerValue(headers, 'x-tcb-webfn'), undefined);
      assert.equal(headerValue(headers, 'authorization'), undefined);
    }
    assert.equal(gateway.requests.length, 0);
  });

  it('@route of a request goes before the profile’s', async () => {
    await start();
    const profile = gatewayProfile({ functions: { locked: 'unused' } });
    assert.equal((await send('GET fn://chat', profile)).prepared.route, 'gateway');
    const other = serviceProfile({ route: 'gateway', envId: 'my-dev-1a2b' });
    assert.equal((await send('# @route service\nGET fn://chat', other)).prepared.route, 'service');
    assert.deepEqual(
      gateway.requests.map(({ part }) => part),
      ['httpApi', 'access'],
    );
  });

  describe('by the command line', () => {
    let folder: TemporaryFolder;
    before(async () => {
      folder = await makeTemporaryFolder();
    });
    after(() => folder.dispose());

    /** Sends one request of every method; the lines of `--json`, each with what it says. */
    async function sendAll(profile: object, config?: object): Promise<readonly Record<string, unknown>[]> {
      const settings = { 'cbhttp.profiles': { test: profile } };
      await mkdir(path.join(folder.dir, '.vscode'), { recursive: true });
      await writeFile(path.join(folder.dir, '.vscode', 'settings.json'), JSON.stringify(settings));
      await writeFile(path.join(folder.dir, 'cloudbaserc.json'), JSON.stringify(config ?? {}));
      const file = path.join(folder.dir, 'all.cbhttp');
      await writeFile(
        file,
        methods.map((method) => `### ${method}\n${method} fn://chat/api?x=1\n`).join('\n'),
      );
      const child = spawn(
        process.execPath,
        [path.join(repositoryDir, 'dist', 'cli.cjs'), 'send', file, '--all', '--json'],
        { env: { ...process.env, LC_ALL: 'C', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      const exited = new Promise((resolve) => child.once('close', resolve));
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
      assert.equal(await exited, 0, err);
      assert.ok(!`${out}${err}`.includes('dev-key'));
      return out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    }

    const urlsOf = (lines: readonly Record<string, unknown>[]) =>
      lines.filter(({ kind }) => kind === 'request').map(({ method, url }) => [method, url]);
    const endsOf = (lines: readonly Record<string, unknown>[]) =>
      lines.filter(({ kind }) => kind === 'end').map(({ reason }) => reason);

    const each = <T>(value: T): readonly T[] => methods.map(() => value);

    it('gateway', async () => {
      await start();
      const lines = await sendAll(gatewayProfile());
      const url = `${gateway.origin}/dev/v1/functions/chat/api?x=1`;
      assert.deepEqual(
        urlsOf(lines),
        methods.map((method) => [method, url]),
      );
      assert.deepEqual(endsOf(lines), each('complete'));
      assert.deepEqual(
        seen.map(({ method, url: path }) => [method, path]),
        methods.map((method) => [method, '/api?x=1']),
      );
    });

    it('gateway with the path in the body', async () => {
      await start({ subPath: 'body' });
      const lines = await sendAll(gatewayProfile({ subPath: 'body' }));
      assert.deepEqual(urlsOf(lines), each(['POST', `${gateway.origin}/dev/v1/functions/chat?x=1`]));
      assert.deepEqual(
        seen.map(({ method, url }) => [method, url]),
        methods.map((method) => [method, '/api?x=1']),
      );
    });

    it('service, by the route in cloudbaserc.json', async () => {
      await start();
      const profile = serviceProfile({ auth: 'apiKey', envId: 'my-dev-1a2b', functions: {} });
      const routes = [
        { path: '/chat', target: 'function:chat' },
        { path: '/', target: 'function:off' },
      ];
      const lines = await sendAll(profile, { gateway: { routes } });
      const url = `${gateway.accessOrigins['dev'] ?? ''}/chat/api?x=1`;
      assert.deepEqual(
        urlsOf(lines),
        methods.map((method) => [method, url]),
      );
      assert.deepEqual(endsOf(lines), each('complete'));
    });

    it('local', async () => {
      await start();
      const lines = await sendAll({ route: 'local', functions: { chat: fn.port } });
      assert.deepEqual(
        urlsOf(lines),
        methods.map((method) => [method, `${fn.origin}/api?x=1`]),
      );
      assert.equal(gateway.requests.length, 0);
    });
  });
});
