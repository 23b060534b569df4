import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { formatMessage } from '../../src/core/message.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import { checkConnection, type CheckStep } from '../../src/net/connectionCheck.ts';
import { createHttpTransport } from '../../src/net/httpTransport.ts';
import { createManagementApi } from '../../src/net/managementApi.ts';
import type { Tc3Key } from '../../src/net/tc3.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';

const key: Tc3Key = { secretId: 'AKIDlong', secretKey: 'long-key' };
const tls = { ca: null, cert: null, key: null, passphrase: null, rejectUnauthorized: true };

describe('checking a connection, against the gateway double', () => {
  const transport = createHttpTransport({ editor: () => null, environment: {} });
  let fn: ScriptedServer;
  let gateway: Gateway;

  before(async () => {
    fn = await startScriptedServer(async (connection) => {
      await connection.head(204);
      await connection.end();
    });
    const route = { Path: '/chat', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'chat' } as const;
    gateway = await startGateway({
      environments: {
        dev: { envId: 'my-dev-1a2b', apiKey: 'dev-key', secrets: [key], service: { routes: [route] } },
      },
      functions: { chat: fn.port, clock: fn.port },
    });
  });
  afterEach(() => assert.deepEqual(leaked(), []));
  after(async () => {
    transport.dispose();
    await gateway.dispose();
    await fn.dispose();
  });

  let shown: string[] = [];
  /** What was shown that must not be. */
  const leaked = (): string[] => shown.filter((text) => /dev-key|long-key|wrong/.test(text));

  async function check(
    setting: Record<string, unknown>,
    {
      token,
      account,
      signal = new AbortController().signal,
    }: { token?: string; account?: Tc3Key; signal?: AbortSignal } = {},
  ): Promise<string[]> {
    const profile = readProfiles({ dev: setting }, 'dev').active;
    const connection = { connectTimeoutMs: 5000, tls, proxy: null };
    const reported: CheckStep[] = [];
    const { region, managementUrl } = profile;
    const steps = await checkConnection(
      profile,
      {
        transport,
        credentials: { token: () => Promise.resolve(token) },
        connection,
        managementApi: () =>
          Promise.resolve(
            account &&
              createManagementApi({ transport, credentials: account, region, managementUrl, connection }),
          ),
        routes: [],
        userAgent: 'cbhttp/test',
        now: () => performance.now(),
      },
      (step) => reported.push(step),
      { signal },
    );
    assert.deepEqual(reported, steps);
    shown = steps.map(({ message }) => formatMessage(message));
    return steps.map(({ step, outcome }) => `${step} ${outcome}`);
  }

  it('says that all works, calls no function, and lists what the account has', async () => {
    const requests = gateway.requests.length;
    const setting = {
      envId: 'my-dev-1a2b',
      baseUrl: `${gateway.origin}/dev`,
      managementUrl: gateway.origin,
      auth: 'secretKey',
    };
    const token = gateway.tokens.issue({ envId: 'my-dev-1a2b' }, 'admin').access_token;
    const steps = await check(setting, { token, account: key });
    assert.deepEqual(steps, ['address ok', 'reach ok', 'credential ok', 'access ok', 'functions ok']);
    assert.match(shown.join('\n'), /my-dev-1a2b has 2 functions, 2 of them HTTP/);
    const paths = gateway.requests.slice(requests).map(({ method, url }) => `${method} ${url}`);
    assert.deepEqual(paths.slice(0, 2), ['HEAD /dev/', 'POST /dev/v1/functions/cbhttp-connection-check']);
    assert.equal(fn.openConnections, 0);
  });

  it('says that a key is taken, and that functions are not listed with one', async () => {
    const setting = { envId: 'my-dev-1a2b', baseUrl: `${gateway.origin}/dev`, auth: 'apiKey' };
    const steps = await check(setting, { token: 'dev-key' });
    assert.deepEqual(steps, ['address ok', 'reach ok', 'credential ok', 'access ok', 'functions skipped']);
  });

  it('says that a key is refused, with the code and what to do', async () => {
    const setting = { envId: 'my-dev-1a2b', baseUrl: `${gateway.origin}/dev`, auth: 'apiKey' };
    const steps = await check(setting, { token: 'wrong-key' });
    assert.deepEqual(steps.slice(0, 4), ['address ok', 'reach ok', 'credential ok', 'access failed']);
    assert.match(shown.join('\n'), /INVALID_CREDENTIALS/);
  });

  it('says that a credential is wanted, and that there is none', async () => {
    const setting = { envId: 'my-dev-1a2b', baseUrl: `${gateway.origin}/dev` };
    assert.deepEqual((await check(setting)).slice(0, 4), [
      'address ok',
      'reach ok',
      'credential skipped',
      'access failed',
    ]);
    assert.match(shown.join('\n'), /MISSING_CREDENTIALS/);
    assert.deepEqual(await check({ ...setting, auth: 'apiKey' }), [
      'address ok',
      'reach ok',
      'credential failed',
    ]);
  });

  it('says in the API’s words that the account may not list', async () => {
    const setting = {
      envId: 'my-dev-1a2b',
      baseUrl: `${gateway.origin}/dev`,
      managementUrl: gateway.origin,
      auth: 'secretKey',
    };
    const token = gateway.tokens.issue({ envId: 'my-dev-1a2b' }, 'admin').access_token;
    const steps = await check(setting, { token, account: { secretId: 'AKIDother', secretKey: 'x' } });
    assert.deepEqual(steps.slice(-1), ['functions failed']);
    assert.match(shown.join('\n'), /AuthFailure/);
  });

  it('lists routes for the access service', async () => {
    const setting = {
      envId: 'my-dev-1a2b',
      route: 'service',
      baseUrl: gateway.accessOrigins['dev'],
      authUrl: `${gateway.origin}/dev`,
      managementUrl: gateway.origin,
      auth: 'secretKey',
    };
    const steps = await check(setting, { token: 'any', account: key });
    assert.deepEqual(steps, ['address ok', 'reach ok', 'credential ok', 'functions ok', 'routes ok']);
  });

  it('names the key to set where there is no address, and says who does not answer', async () => {
    assert.deepEqual(await check({ auth: 'apiKey' }), ['address failed']);
    assert.match(shown[0] ?? '', /cbhttp\.profiles\.dev\.envId/);
    const local = { route: 'local', baseUrl: fn.origin };
    assert.deepEqual(await check(local), ['address ok', 'reach ok', 'credential skipped']);
    const gone = await startScriptedServer();
    await gone.dispose();
    assert.deepEqual(await check({ route: 'local', baseUrl: gone.origin }), ['address ok', 'reach failed']);
    assert.match(shown[1] ?? '', new RegExp(new URL(gone.origin).port));
  });

  it('asks each local function that has a port of its own', async () => {
    const gone = await startScriptedServer();
    await gone.dispose();
    const functions = { chat: fn.port, clock: gone.port };
    const steps = await check({ route: 'local', functions });
    assert.deepEqual(steps, ['address ok', 'address ok', 'reach ok', 'reach failed', 'credential skipped']);
  });

  it('sends no credential over plain http to another machine', async () => {
    const steps = await check({ baseUrl: 'http://0.0.0.0:1', auth: 'apiKey' }, { token: 'dev-key' });
    assert.ok(steps.every((step) => !step.startsWith('access')));
  });

  it('stops where it is cancelled', async () => {
    const silent = await startScriptedServer();
    const abort = new AbortController();
    const checked = check({ route: 'local', baseUrl: silent.origin }, { signal: abort.signal });
    const connection = await silent.nextRequest();
    abort.abort();
    await assert.rejects(checked);
    await connection.closed;
    await silent.dispose();
  });
});
