import assert from 'node:assert/strict';
import { isCbError, type CbError } from '../../src/core/errors.ts';
import { logQuery } from '../../src/core/functions/deployedLogs.ts';
import { createManagementApi, type ManagementApi } from '../../src/net/managementApi.ts';
import type { GatewayOptions } from '../support/gateway/cloud.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { makeTransport } from '../support/sendText.ts';
import { startScriptedServer } from '../support/sseServer.ts';

const secret = { secretId: 'AKIDmanager', secretKey: 'manager-key' };
const temporary = { secretId: 'AKIDtemporary', secretKey: 'temporary-key', token: 'session-token' };
const envId = 'my-dev-1a2b';
const signal = new AbortController().signal;

describe('management API', () => {
  const transport = makeTransport();
  const started: Gateway[] = [];

  after(() => transport.dispose());
  afterEach(async () => {
    await Promise.all(started.splice(0).map((gateway) => gateway.dispose()));
  });

  async function start(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
    const gateway = await startGateway({
      environments: {
        dev: {
          envId,
          apiKey: 'key',
          secrets: [secret, temporary],
          service: {
            routes: [
              { Path: '/chat', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'chat' },
              { Path: '/job', UpstreamResourceType: 'SCF', UpstreamResourceName: 'job', Enable: false },
            ],
            customDomain: 'api.example.com',
          },
        },
        other: { envId: 'other-9z8y', apiKey: 'other' },
      },
      functions: { chat: 1 },
      ...options,
    });
    started.push(gateway);
    return gateway;
  }

  function client(
    gateway: { readonly origin: string },
    more: Partial<Parameters<typeof createManagementApi>[0]> = {},
  ): ManagementApi {
    return createManagementApi({
      transport,
      credentials: secret,
      region: 'ap-shanghai',
      managementUrl: gateway.origin,
      connection: {
        connectTimeoutMs: 5000,
        tls: { ca: null, cert: null, key: null, passphrase: null, rejectUnauthorized: true },
        proxy: 'none',
      },
      ...more,
    });
  }

  async function failure(promise: Promise<unknown>): Promise<CbError> {
    try {
      await promise;
    } catch (error) {
      assert.ok(isCbError(error), String(error));
      return error;
    }
    assert.fail('it did not fail');
  }

  it('lists the environments of the account', async () => {
    const gateway = await start();
    const environments = await client(gateway).listEnvironments({ signal });
    assert.deepEqual(
      environments.map((one) => [one.envId, one.alias, one.status, one.region]),
      [[envId, 'dev', 'NORMAL', 'ap-shanghai']],
    );
    assert.equal((await client(gateway).getEnvironment(envId, { signal }))?.alias, 'dev');
    const [request] = gateway.requests;
    assert.deepEqual([request?.part, request?.method, request?.url], ['management', 'POST', '/']);
    assert.equal(request?.headers['x-tc-region'], 'ap-shanghai');
  });

  it('signs with a temporary key and its token', async () => {
    const gateway = await start();
    const { token, ...key } = temporary;
    const api = client(gateway, { credentials: { ...key, sessionToken: token } });
    assert.equal((await api.listEnvironments({ signal })).length, 1);
    const without = await failure(client(gateway, { credentials: key }).listEnvironments({ signal }));
    assert.match(without.message, /session token is wrong/);
  });

  it('lists all functions, page by page', async () => {
    const managed = Array.from({ length: 250 }, (_, index) => ({
      FunctionName: `f${index}`,
      Type: index % 2 === 0 ? ('HTTP' as const) : ('Event' as const),
    }));
    const gateway = await start({ managed });
    const functions = await client(gateway).listFunctions(envId, { signal });
    assert.deepEqual(
      functions.map(({ name, type }) => [name, type]),
      managed.map(({ FunctionName, Type }) => [FunctionName, Type]),
    );
    assert.equal(gateway.requests.length, 3);
  });

  it('asks for the types that the list leaves out, and says unknown where it is not told', async () => {
    const gateway = await start({
      listsType: false,
      managed: [
        { FunctionName: 'chat', Type: 'HTTP' },
        { FunctionName: 'job', Type: 'Event' },
      ],
    });
    const types = async () =>
      (await client(gateway).listFunctions(envId, { signal })).map(({ name, type }) => [name, type]);
    assert.deepEqual(await types(), [
      ['chat', 'HTTP'],
      ['job', 'Event'],
    ]);
    assert.deepEqual(
      gateway.requests.map(({ headers }) => [headers['x-tc-action'], headers['x-tc-version']]),
      [
        ['ListFunctions', '2018-06-08'],
        ['GetFunction', '2018-04-16'],
        ['GetFunction', '2018-04-16'],
      ],
    );
    const closed = gateway.onDidClose((request) => {
      if (request.headers['x-tc-action'] !== 'ListFunctions') return;
      gateway.faults.next({ kind: 'management', code: 'UnauthorizedOperation' });
      gateway.faults.next({ kind: 'management', code: 'InternalError' });
    });
    assert.deepEqual(await types(), [
      ['chat', 'unknown'],
      ['job', 'unknown'],
    ]);
    closed();
  });

  it('asks for no type that is known, and tells of the list before it asks for others', async () => {
    const managed = ['chat', 'job', 'new'].map((FunctionName) => ({ FunctionName, Type: 'HTTP' as const }));
    const gateway = await start({ listsType: false, managed });
    const listed: string[][] = [];
    const functions = await client(gateway).listFunctions(envId, {
      signal,
      knownType: ({ functionId }) =>
        functionId === 'lam-chat' ? 'HTTP' : functionId === 'lam-job' ? 'Event' : 'unknown',
      onListed: (all) => listed.push(all.map(({ type }) => type)),
    });
    assert.deepEqual(listed, [['HTTP', 'Event', 'unknown']]);
    assert.deepEqual(
      functions.map(({ type }) => type),
      ['HTTP', 'Event', 'HTTP'],
    );
    assert.equal(gateway.requests.length, 2);
  });

  it('does not ask for each of thousands where none may be read', async () => {
    const managed = Array.from({ length: 300 }, (_, index) => ({
      FunctionName: `f${index}`,
      Type: 'HTTP' as const,
    }));
    const gateway = await start({ listsType: false, managed });
    const functions = await client(gateway).listFunctions(envId, {
      signal,
      onListed: (all) => {
        for (let count = 0; count < all.length; count++)
          gateway.faults.next({ kind: 'management', code: 'UnauthorizedOperation' });
      },
    });
    assert.equal(functions.length, 300);
    assert.ok(functions.every(({ type }) => type === 'unknown'));
    assert.ok(gateway.requests.length < 30, `${gateway.requests.length} requests`);
  });

  it('gets one function', async () => {
    const gateway = await start({
      managed: [
        { FunctionName: 'chat', Type: 'HTTP', Timeout: 60, Status: 'CreateFailed', StatusDesc: 'why' },
      ],
    });
    const found = await client(gateway).getFunction(envId, 'chat', { signal });
    assert.deepEqual(
      [found?.type, found?.timeoutSeconds, found?.status, found?.statusDescription],
      ['HTTP', 60, 'CreateFailed', 'why'],
    );
    const missing = await failure(client(gateway).getFunction(envId, 'nope', { signal }));
    assert.match(missing.message, /no function of this name\. .*\(ResourceNotFound\.Function:/);
  });

  it('lists routes of all domains', async () => {
    const gateway = await start();
    const routes = await client(gateway).listRoutes(envId, { signal });
    const own = new URL(gateway.accessOrigins['dev'] ?? '').host;
    assert.deepEqual(
      routes.map(({ domain, isDefaultDomain, path, functionName, isEnabled }) => [
        domain,
        isDefaultDomain,
        path,
        functionName,
        isEnabled,
      ]),
      [
        [own, true, '/chat', 'chat', true],
        [own, true, '/job', null, false],
        ['api.example.com', false, '/chat', 'chat', true],
        ['api.example.com', false, '/job', null, false],
      ],
    );
  });

  it('searches logs, page by page', async () => {
    const logs = Array.from({ length: 130 }, (_, index) => ({
      functionName: index === 7 ? 'job' : 'chat',
      requestId: `r${index}`,
      text: `line ${index}`,
      time: '2025-06-01 10:00:00',
    }));
    const api = client(await start({ logs }));
    const search = { envId, query: logQuery({ functionName: 'chat' }), fromMs: 0, toMs: 1 };
    const first = await api.searchLogs(search, { signal });
    assert.deepEqual([first.logs.length, first.logs[0]?.text], [100, 'line 129']);
    assert.ok(first.next !== null);
    const second = await api.searchLogs({ ...search, context: first.next }, { signal });
    assert.deepEqual([second.logs.length, second.logs.at(-1)?.text, second.next], [29, 'line 0', null]);
    const one = await api.searchLogs({ ...search, query: logQuery({ requestId: 'r7' }) }, { signal });
    assert.deepEqual(
      one.logs.map(({ requestId, text }) => [requestId, text]),
      [['r7', 'line 7']],
    );
  });

  describe('says in words', () => {
    it('a wrong key, an unknown id, a clock that is off: never with the key in it', async () => {
      const gateway = await start();
      const wrong = client(gateway, { credentials: { ...secret, secretKey: 'guessed-key' } });
      const error = await failure(wrong.listEnvironments({ signal }));
      assert.equal(error.code, 'management-api');
      assert.match(error.message, /Check SecretId and SecretKey\. \(AuthFailure\.SignatureFailure/);
      assert.ok(!error.message.includes('guessed-key'));

      const unknown = client(gateway, { credentials: { ...secret, secretId: 'AKIDnobody' } });
      assert.match((await failure(unknown.listEnvironments({ signal }))).message, /no such SecretId/);

      const late = client(gateway, { now: () => Date.now() - 400_000 });
      assert.match(
        (await failure(late.listEnvironments({ signal }))).message,
        /clock is more than 5 minutes off/,
      );
    });

    it("another account's environment", async () => {
      const error = await failure(client(await start()).listFunctions('other-9z8y', { signal }));
      assert.match(error.message, /not its own.*UnauthorizedOperation/);
      assert.deepEqual((error.cause as { code: string }).code, 'UnauthorizedOperation');
    });

    it('too many requests, and what repeats a secret', async () => {
      const gateway = await start();
      gateway.faults.next({
        kind: 'management',
        code: 'RequestLimitExceeded',
        message: `slow down, ${secret.secretId}`,
      });
      const error = await failure(client(gateway).listEnvironments({ signal }));
      assert.match(error.message, /Too many requests.*slow down, \*\*\*/);
      assert.ok(!JSON.stringify(error.cause).includes(secret.secretId));
    });

    it('a web page, and a plain HTTP error', async () => {
      const gateway = await start();
      gateway.faults.next({ kind: 'html' }, 'management');
      gateway.faults.next({ kind: 'answer', status: 502, type: 'text/plain', body: 'Bad' }, 'management');
      const api = client(gateway);
      assert.match(
        (await failure(api.listEnvironments({ signal }))).message,
        /HTTP status 200 and something/,
      );
      assert.match(
        (await failure(api.listEnvironments({ signal }))).message,
        /HTTP status 502 and something/,
      );
      assert.equal((await api.listEnvironments({ signal })).length, 1);
    });

    it('that a signature is not sent over plain http to another machine', async () => {
      const api = client({ origin: 'http://management.example' });
      assert.equal((await failure(api.listEnvironments({ signal }))).code, 'credential-refused');
    });

    it('that nothing listens there', async () => {
      const gateway = await start();
      await gateway.dispose();
      assert.equal((await failure(client(gateway).listEnvironments({ signal }))).code, 'connection-refused');
    });
  });

  it('is cancelled at any moment', async () => {
    const server = await startScriptedServer();
    try {
      const cancel = new AbortController();
      const asked = client(server).listEnvironments({ signal: cancel.signal });
      const connection = await server.nextRequest();
      cancel.abort(new Error('enough'));
      await assert.rejects(asked, { message: 'enough' });
      await connection.closed;
    } finally {
      await server.dispose();
    }
  });
});
