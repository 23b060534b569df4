import assert from 'node:assert/strict';
import { sign } from '@cloudbase/signature-nodejs';
import { request } from 'undici';
import type { GatewayOptions } from '../support/gateway/cloud.ts';
import { gatewayErrorCodes, statusOf } from '../support/gateway/errorCodes.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';

const secret = { secretId: 'AKIDadmin', secretKey: 'admin-key' };
const temporary = { secretId: 'AKIDtemporary', secretKey: 'temporary-key', token: 'session' };
const marked = { 'X-Tcb-Webfn': 'true' };

type Fields = Record<string, string>;

describe('gateway double, its other parts', () => {
  let fn: ScriptedServer;
  let gateway: Gateway;
  let nowMs: number;

  async function start(options: Partial<GatewayOptions> = {}): Promise<void> {
    nowMs = Date.now();
    gateway = await startGateway({
      environments: {
        dev: {
          envId: 'my-dev-1a2b',
          apiKey: 'dev-key',
          publishableKey: 'public-key',
          secrets: [secret, temporary],
          service: {
            routes: [
              { Path: '/', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'chat' },
              {
                Path: '/api',
                UpstreamResourceType: 'WEB_SCF',
                UpstreamResourceName: 'chat',
                EnableAuth: true,
              },
              { Path: '/api/off', UpstreamResourceType: 'SCF', UpstreamResourceName: 'chat', Enable: false },
              { Path: '/api/event', UpstreamResourceType: 'SCF', UpstreamResourceName: 'chat' },
              {
                Path: '/whole',
                UpstreamResourceType: 'WEB_SCF',
                UpstreamResourceName: 'chat',
                EnablePathTransmission: true,
              },
            ],
          },
        },
        prod: { envId: 'my-prod-3c4d', apiKey: 'prod-key' },
      },
      functions: { chat: fn.port },
      now: () => nowMs,
      ...options,
    });
  }

  before(async () => {
    fn = await startScriptedServer(async (connection) => {
      const { method, url, body } = connection.request;
      const text = JSON.stringify([method, url, body.toString(), connection.request.header('authorization')]);
      await connection.head(200, { 'Content-Length': String(Buffer.byteLength(text)) });
      await connection.write(method === 'HEAD' ? '' : text);
    });
  });
  after(() => fn.dispose());
  beforeEach(() => start());
  afterEach(() => gateway.dispose());

  async function ask(path: string, headers: Fields = {}, body?: string, origin = gateway.origin) {
    const method = body === undefined ? 'GET' : 'POST';
    const response = await request(`${origin}${path}`, { method, headers, body: body ?? null });
    const text = await response.body.text();
    const isJson = String(response.headers['content-type']).includes('json');
    return { status: response.statusCode, text, fields: isJson ? (JSON.parse(text) as Fields) : {} };
  }

  const json = { 'Content-Type': 'application/json' };
  const bearer = (token: string | undefined): Fields => ({
    ...marked,
    Authorization: `Bearer ${token ?? ''}`,
  });
  const call = (token: string | undefined) => ask('/dev/v1/functions/chat', bearer(token));
  const signIn = (deviceId: string, environment = 'dev') =>
    ask(`/${environment}/auth/v1/signin/anonymously`, { ...json, 'x-device-id': deviceId }, '{}');

  /** As the vendor's own client has it. */
  function signed(key: { secretId: string; secretKey: string; token?: string }, timestamp: number): Fields {
    const url = `${gateway.origin}/dev/auth/v1/token/clientCredential`;
    const { authorization } = sign({
      ...{ secretId: key.secretId, secretKey: key.secretKey },
      method: 'POST',
      url,
      headers: { ...json, Host: new URL(url).host },
      params: { grant_type: 'client_credentials' },
      timestamp,
      withSignedParams: false,
      isCloudApi: true,
    });
    const token = key.token === undefined ? '' : `, Token=${key.token}`;
    return {
      ...json,
      Authorization: `${authorization}, Timestamp=${timestamp}${token}`,
      'X-Signature-Expires': '600',
      'X-Timestamp': String(timestamp),
    };
  }
  const exchangeSecret = (headers: Fields, body = '{"grant_type":"client_credentials"}') =>
    ask('/dev/auth/v1/token/clientCredential', headers, body);

  describe('auth', () => {
    it('signs a device in, always as the same user', async () => {
      const first = await signIn('device-1');
      const again = await signIn('device-1');
      const other = await signIn('device-2');
      assert.deepEqual(Object.keys(first.fields), [
        'token_type',
        'access_token',
        'refresh_token',
        'expires_in',
        'scope',
        'sub',
      ]);
      assert.equal(again.fields['sub'], first.fields['sub']);
      assert.notEqual(other.fields['sub'], first.fields['sub']);
      assert.equal((await call(first.fields['access_token'])).status, 200);
      const noDevice = await ask('/dev/auth/v1/signin/anonymously', json, '{}');
      assert.deepEqual([noDevice.status, noDevice.fields['error']], [400, 'invalid_request']);
    });

    it('lets tokens expire, be revoked, and be refreshed once', async () => {
      const { fields } = await signIn('device-1');
      nowMs += 7200_000;
      assert.equal((await call(fields['access_token'])).fields['code'], 'ACCESS_TOKEN_EXPIRED');
      const refresh = (token: string | undefined) =>
        ask(
          '/dev/auth/v1/token',
          json,
          JSON.stringify({ grant_type: 'refresh_token', refresh_token: token }),
        );
      const renewed = await refresh(fields['refresh_token']);
      assert.equal((await call(renewed.fields['access_token'])).status, 200);
      assert.equal((await refresh(fields['refresh_token'])).fields['error'], 'invalid_grant');
      gateway.tokens.revokeAll();
      assert.equal((await call(renewed.fields['access_token'])).fields['code'], 'INVALID_ACCESS_TOKEN');
      gateway.tokens.revokeRefreshTokens();
      assert.equal((await refresh(renewed.fields['refresh_token'])).fields['error'], 'invalid_grant');
    });

    it("refuses another environment's token", async () => {
      const { fields } = await signIn('device-1', 'prod');
      assert.equal((await call(fields['access_token'])).fields['code'], 'INVALID_CREDENTIALS');
    });

    it("takes the signature of the vendor's own signer, also with a session token", async () => {
      const timestamp = Math.floor(nowMs / 1000) - 1;
      for (const key of [secret, temporary]) {
        const { status, fields } = await exchangeSecret(signed(key, timestamp));
        assert.deepEqual([status, fields['scope']], [200, 'admin']);
        assert.equal((await call(fields['access_token'])).status, 200);
      }
    });

    it('refuses a signature that is wrong, old, or lacks a part', async () => {
      const timestamp = Math.floor(nowMs / 1000) - 1;
      const good = signed(secret, timestamp);
      const without = (name: string) =>
        Object.fromEntries(Object.entries(good).filter(([one]) => one !== name));
      const wrong: readonly (readonly [Fields, string])[] = [
        [signed({ ...secret, secretKey: 'guess' }, timestamp), 'signature'],
        [signed({ ...secret, secretId: 'AKIDnobody' }, timestamp), 'unknown-id'],
        [signed({ ...secret, token: 'session' }, timestamp), 'token'],
        [signed({ ...temporary, token: 'other' }, timestamp), 'token'],
        [signed(secret, timestamp - 700), 'expired'],
        [signed(secret, timestamp + 700), 'expired'],
        [{ ...good, Authorization: good['Authorization']?.replace(/, Timestamp=.*/, '') ?? '' }, 'malformed'],
        [{ ...good, Authorization: good['Authorization']?.replace(/\d{4}-/, '2019-') ?? '' }, 'scope'],
        [
          { ...good, Authorization: good['Authorization']?.replace(';host', ';user') ?? '' },
          'signed-headers',
        ],
      ];
      for (const [headers, problem] of wrong) {
        const { status, fields } = await exchangeSecret(headers);
        assert.deepEqual([status, fields['code']], [401, 'INVALID_CREDENTIALS']);
        assert.ok(fields['message']?.includes(problem), `${problem}: ${fields['message']}`);
      }
      assert.equal((await exchangeSecret(good, '{"grant_type":"password"}')).status, 401);
      assert.equal((await exchangeSecret({ ...good, 'X-Timestamp': '1' })).status, 401);
      assert.equal((await exchangeSecret(without('X-Signature-Expires'))).status, 400);
      assert.equal((await exchangeSecret(without('Authorization'))).fields['code'], 'MISSING_CREDENTIALS');
    });
  });

  it('lets only administrators call what is for them', async () => {
    await gateway.dispose();
    await start({ adminOnly: ['chat'] });
    assert.equal((await call('dev-key')).status, 200);
    const refused = await call('public-key');
    assert.deepEqual([refused.status, refused.fields['code']], [403, 'EXCEED_AUTHORITY']);
  });

  describe('access service', () => {
    const visit = (path: string, headers: Fields = {}) =>
      ask(path, headers, undefined, gateway.accessOrigins['dev']);
    const seenPath = async (path: string, headers?: Fields) =>
      (JSON.parse((await visit(path, headers)).text) as string[])[1];

    it('takes the longest route, and passes on what follows it or the whole path', async () => {
      assert.equal(await seenPath('/'), '/');
      assert.equal(await seenPath('/apix?q=1'), '/apix?q=1');
      assert.equal(await seenPath('/whole/a?b'), '/whole/a?b');
      assert.equal(await seenPath('/api/off/x', bearer('dev-key')), '/off/x');
      assert.equal((await visit('/api/event')).status, 404);
    });

    it('asks for a token only where the route says so, and keeps that one from the function', async () => {
      assert.equal((await visit('/api')).fields['code'], 'MISSING_CREDENTIALS');
      assert.equal((await visit('/api', bearer('nope'))).fields['code'], 'INVALID_CREDENTIALS');
      const authorized = JSON.parse((await visit('/api/', bearer('dev-key'))).text) as unknown[];
      assert.deepEqual(authorized.slice(0, 2).concat(authorized[3]), ['GET', '/', null]);
      const open = JSON.parse((await visit('/x', { Authorization: 'Basic x' })).text) as unknown[];
      assert.equal(open[3], 'Basic x');
    });
  });

  describe('with the path in the body', () => {
    const post = (body: string, path = '', headers: Fields = json) =>
      ask(`/dev/v1/functions/chat${path}`, { ...bearer('dev-key'), ...headers }, body);

    beforeEach(async () => {
      await gateway.dispose();
      await start({ subPath: 'body' });
    });

    it('calls the function with it, and gives it the rest', async () => {
      const { text } = await post('{"path":"/api/hello","method":"PUT","msg":"你好"}', '?x=1');
      assert.deepEqual(JSON.parse(text), ['PUT', '/api/hello?x=1', '{"msg":"你好"}', null]);
      assert.deepEqual(JSON.parse((await post('{"msg":1}')).text), ['POST', '/', '{"msg":1}', null]);
    });

    it('refuses half of it, another type, and a path in the URL', async () => {
      assert.equal((await post('{"path":"/a"}')).fields['code'], 'FUNCTION_PARAM_INVALID');
      assert.equal((await post('{"path":"a","method":"GET"}')).fields['code'], 'FUNCTION_PARAM_INVALID');
      const text = { 'Content-Type': 'text/plain' };
      assert.equal(
        (await post('{"path":"/a","method":"GET"}', '', text)).fields['code'],
        'FUNCTION_PARAM_INVALID',
      );
      assert.equal((await post('{}', '/api/hello')).fields['code'], 'FUNCTION_NOT_FOUND');
    });
  });

  describe('on demand', () => {
    it('answers every code of the gateway, once', async () => {
      for (const code of gatewayErrorCodes) gateway.faults.next({ kind: 'code', code });
      for (const code of gatewayErrorCodes) {
        const { status, fields } = await call('dev-key');
        assert.deepEqual([status, fields['code']], [statusOf[code], code]);
      }
      assert.equal((await call('dev-key')).status, 200);
      assert.equal(gateway.faults.pending, 0);
    });

    it("answers SCF's statuses, and a web page", async () => {
      gateway.faults.next({ kind: 'scf', status: 433 });
      gateway.faults.next({ kind: 'html', status: 503 });
      assert.equal((await call('dev-key')).status, 433);
      const page = await call('dev-key');
      assert.equal(page.status, 503);
      assert.match(page.text, /^<!DOCTYPE html>/);
    });

    it('fails a part of its own only', async () => {
      gateway.faults.next({ kind: 'oauth', error: 'invalid_grant' });
      gateway.faults.next({ kind: 'code', code: 'SYS_ERR' }, 'auth');
      assert.equal((await call('dev-key')).status, 200);
      assert.equal((await signIn('d')).fields['error'], 'invalid_grant');
      assert.equal((await signIn('d')).fields['code'], 'SYS_ERR');
      assert.equal((await signIn('d')).status, 200);
    });

    it('cuts an answer, and resets a connection', async () => {
      gateway.faults.next({ kind: 'cut', afterBytes: 5 });
      gateway.faults.next({ kind: 'cut', afterBytes: 0 });
      await assert.rejects(call('dev-key'));
      await assert.rejects(call('dev-key'));
      gateway.faults.next({ kind: 'reset' });
      await assert.rejects(call('dev-key'));
      assert.deepEqual(await Promise.all(gateway.requests.map(({ closed }) => closed)), [
        'cut',
        'cut',
        'client left',
      ]);
      assert.equal((await call('dev-key')).status, 200);
    });

    it("cuts a stream at the function's timeout, and says so where nothing came", async () => {
      await gateway.dispose();
      const slow = await startScriptedServer(async (connection) => {
        if (connection.request.url === '/silent') return;
        await connection.head(200, { 'Content-Type': 'text/event-stream' });
        await connection.write('data: 1\n\n');
      });
      try {
        await start({ functions: { chat: slow.port }, timeoutsMs: { chat: 50 } });
        await assert.rejects(call('dev-key'));
        const { status, fields } = await ask('/dev/v1/functions/chat/silent', bearer('dev-key'));
        assert.deepEqual([status, fields['code']], [504, 'FUNCTION_TIME_LIMIT_EXCEEDED']);
        assert.equal(await gateway.requests[0]?.closed, 'cut');
      } finally {
        await slow.dispose();
      }
    });
  });
});
