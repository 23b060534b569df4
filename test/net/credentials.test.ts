import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { placedRequests } from '../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../src/core/cbhttp/parse.ts';
import { isCbError } from '../../src/core/errors.ts';
import type { CredentialKind, CredentialStore } from '../../src/core/ports.ts';
import { prepareRequest } from '../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import type { GivenCredential } from '../../src/core/profiles/credentials/given.ts';
import { runExchange } from '../../src/core/stream/exchange.ts';
import { transcribe, type TranscriptLine } from '../../src/core/stream/transcript.ts';
import { monotonicClock } from '../../src/net/clock.ts';
import { environmentAccountKey, environmentCredentials } from '../../src/net/environmentSecrets.ts';
import { createHttpTransport } from '../../src/net/httpTransport.ts';
import { KeptCredentials } from '../../src/net/keptCredentials.ts';
import { createListedRoutes } from '../../src/net/listedRoutes.ts';
import { terminalPorts } from '../../src/net/terminalPorts.ts';
import { createTokenSource, type TokenSource } from '../../src/net/tokens.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { MemoryStorage } from '../support/memoryStorage.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';

const HOUR_MS = 3_600_000;
const secrets = [
  { secretId: 'AKIDlong', secretKey: 'long-key' },
  { secretId: 'AKIDtemporary', secretKey: 'temporary-key', token: 'session-token' },
];

describe('credentials against the gateway double', () => {
  const transport = createHttpTransport({ editor: () => null, environment: {} });
  const folder = mkdtempSync(path.join(tmpdir(), 'cbhttp-credentials-'));
  let fn: ScriptedServer;
  let gateway: Gateway;
  let nowMs: number;
  let served: number;

  before(async () => {
    fn = await startScriptedServer(async (connection) => {
      served++;
      await connection.head(200, { 'Content-Type': 'application/json', 'Content-Length': '2' });
      await connection.write('{}');
    });
  });
  beforeEach(async () => {
    nowMs = Date.now();
    served = 0;
    gateway = await startGateway({
      environments: {
        dev: {
          envId: 'my-dev-1a2b',
          apiKey: 'dev-key',
          publishableKey: 'dev-public',
          secrets,
          service: {
            routes: [
              {
                Path: '/chat',
                UpstreamResourceType: 'WEB_SCF',
                UpstreamResourceName: 'chat',
                EnableAuth: true,
              },
            ],
          },
        },
      },
      functions: { chat: fn.port },
      now: () => nowMs,
    });
  });
  afterEach(() => gateway.dispose());
  after(async () => {
    transport.dispose();
    await fn.dispose();
    rmSync(folder, { recursive: true });
  });

  const newTokens = (storage: MemoryStorage | null = null): TokenSource =>
    createTokenSource({
      transport,
      storage,
      deviceId: () => Promise.resolve('0b0e1a52-0000-4000-8000-000000000001'),
      userAgent: 'test/1',
      now: () => nowMs,
    });

  const profile = (auth: CredentialKind, more: object = {}) => ({
    envId: 'my-dev-1a2b',
    baseUrl: `${gateway.origin}/dev`,
    auth,
    ...more,
  });

  function cliLogin(name: string, credential: object): string {
    const file = path.join(folder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify({ credential }));
    return file;
  }

  /** Sends one request; what the panel or the command line would be told. */
  async function send(setting: object, credentials: CredentialStore, signal = new AbortController().signal) {
    const document = parseCbhttp('POST fn://chat/hello\nContent-Type: application/json\n\n{}');
    const [placed] = placedRequests(document);
    assert.ok(placed);
    const prepared = await prepareRequest(document, placed, {
      profiles: readProfiles({ dev: setting }, 'dev'),
      credentials,
      consent: { allows: () => Promise.resolve(true) },
      functions: { routes: [{ domain: null, isDefaultDomain: true, path: '/chat', functionName: 'chat', isEnabled: true }] }, // prettier-ignore
      ports: terminalPorts({ file: 'x.cbhttp', root: undefined, environment: {}, memory: { last: () => undefined } }), // prettier-ignore
      signal,
      userAgent: 'test/1',
    });
    const lines: TranscriptLine[] = [];
    const listener = transcribe((line) => lines.push(line), {
      encodeBase64: (bytes) => Buffer.from(bytes).toString('base64'),
    });
    await runExchange(prepared, { transport, clock: monotonicClock }, listener, { signal });
    const response = lines.find((line) => line.kind === 'response');
    const body = lines.find((line) => line.kind === 'body');
    return { status: response?.status, body: body?.content ?? '', prepared };
  }

  const authRequests = () => gateway.requests.filter(({ part }) => part === 'auth').map(({ url }) => url);

  const ways: readonly [string, CredentialKind, NodeJS.ProcessEnv, number][] = [
    ['an API key', 'apiKey', { CBHTTP_SECRET_DEV_CREDENTIAL: 'dev-key' }, 0],
    ['a publishable key', 'publishableKey', { CBHTTP_SECRET_DEV_CREDENTIAL: 'dev-public' }, 0],
    ['an anonymous sign-in', 'anonymous', {}, 1],
    ['a secret key', 'secretKey', { CBHTTP_SECRET_DEV_SECRETID: 'AKIDlong', CBHTTP_SECRET_DEV_SECRETKEY: 'long-key' }, 1], // prettier-ignore
    [
      'a temporary secret key of the environment',
      'secretKey',
      {
        TENCENTCLOUD_SECRETID: 'AKIDtemporary',
        TENCENTCLOUD_SECRETKEY: 'temporary-key',
        TENCENTCLOUD_SESSIONTOKEN: 'session-token',
      },
      1,
    ],
    ['the login of the tcb command', 'cliLogin', { CBHTTP_SECRET_DEV_CREDENTIAL: 'cli' }, 1],
  ];
  for (const [what, kind, environment, tokenRequests] of ways) {
    it(`reaches a function with ${what}, through the HTTP API and the access service`, async () => {
      const file = cliLogin('login.json', {
        tmpSecretId: 'AKIDtemporary',
        tmpSecretKey: 'temporary-key',
        tmpToken: 'session-token',
        tmpExpired: Date.now() + HOUR_MS,
      });
      const store = environmentCredentials(environment, newTokens(), file);
      const { status, prepared } = await send(profile(kind), store);
      assert.equal(status, 200);
      assert.equal(authRequests().length, tokenRequests);
      const [, token = ''] = /^Bearer (.+)$/.exec(prepared.wire.headers.find(([name]) => name === 'Authorization')?.[1] ?? '') ?? []; // prettier-ignore
      assert.ok(token.length > 3);
      assert.ok(!JSON.stringify([prepared.shownHeaders, prepared.shownUrl]).includes(token));
      assert.ok(prepared.secrets.includes(token));

      const service = {
        route: 'service',
        baseUrl: gateway.accessOrigins['dev'],
        authUrl: `${gateway.origin}/dev`,
      };
      assert.equal((await send(profile(kind, service), store)).status, 200);
      assert.equal(served, 2);
    });
  }

  it('takes an access token as it is, and renews it where its refresh token is there', async () => {
    const { access_token, refresh_token } = gateway.tokens.issue({ envId: 'my-dev-1a2b' }, 'admin');
    const alone = environmentCredentials({ CBHTTP_SECRET_DEV_CREDENTIAL: access_token }, newTokens());
    assert.equal((await send(profile('accessToken'), alone)).status, 200);
    gateway.tokens.expireAll();
    const refused = await send(profile('accessToken'), alone);
    assert.equal(refused.status, 401);
    assert.match(refused.body, /ACCESS_TOKEN_EXPIRED/);
    assert.deepEqual(authRequests(), []);

    const both = environmentCredentials(
      { CBHTTP_SECRET_DEV_CREDENTIAL: access_token, CBHTTP_SECRET_DEV_REFRESHTOKEN: refresh_token },
      newTokens(),
    );
    assert.equal((await send(profile('accessToken'), both)).status, 200);
    assert.deepEqual(authRequests(), ['/dev/auth/v1/token']);
  });

  it('signs in once, also for several at once, and keeps the token', async () => {
    const storage = new MemoryStorage();
    const store = environmentCredentials({}, newTokens(storage));
    const all = await Promise.all([1, 2, 3].map(() => send(profile('anonymous'), store)));
    assert.deepEqual(all.map(({ status }) => status), [200, 200, 200]); // prettier-ignore
    const nextWindow = environmentCredentials({}, newTokens(storage));
    assert.equal((await send(profile('anonymous'), nextWindow)).status, 200);
    assert.deepEqual(authRequests(), ['/dev/auth/v1/signin/anonymously']);
    const [signIn] = gateway.requests.filter(({ part }) => part === 'auth');
    assert.equal(signIn?.headers['x-device-id'], '0b0e1a52-0000-4000-8000-000000000001');
  });

  it('uses a token all the same that cannot be stored', async () => {
    const storage = new MemoryStorage();
    storage.store = () => Promise.reject(new Error('the keyring is locked'));
    const store = environmentCredentials({}, newTokens(storage));
    for (let time = 0; time < 2; time++) {
      assert.equal((await send(profile('anonymous'), store)).status, 200);
    }
    assert.equal(authRequests().length, 1);
  });

  it('renews a token before it ends, with the newest refresh token', async () => {
    const store = environmentCredentials({}, newTokens());
    await send(profile('anonymous'), store);
    for (let renewals = 1; renewals <= 3; renewals++) {
      nowMs += 2 * HOUR_MS - 59_000; // the double gives two hours
      assert.equal((await send(profile('anonymous'), store)).status, 200);
      assert.equal(authRequests().length, 1 + renewals);
    }
    assert.deepEqual(new Set(authRequests().slice(1)), new Set(['/dev/auth/v1/token']));
  });

  it('renews a token that is refused, once for all who hear of it, and sends again', async () => {
    const store = environmentCredentials({}, newTokens());
    await send(profile('anonymous'), store);
    gateway.tokens.revokeAll();
    const all = await Promise.all([1, 2, 3].map(() => send(profile('anonymous'), store)));
    assert.deepEqual(all.map(({ status }) => status), [200, 200, 200]); // prettier-ignore
    assert.deepEqual(authRequests().slice(1), ['/dev/auth/v1/token']);
    assert.equal(served, 4);
    const secret = all[0]?.prepared.secrets.filter((one) => one.startsWith('at-'));
    assert.equal(secret?.length, 2, 'the second token is hidden with the first one’s list');
  });

  it('signs in again where the refresh token is void, too', async () => {
    const store = environmentCredentials({}, newTokens());
    await send(profile('anonymous'), store);
    gateway.tokens.expireAll();
    gateway.tokens.revokeRefreshTokens();
    assert.equal((await send(profile('anonymous'), store)).status, 200);
    assert.deepEqual(authRequests().slice(1), ['/dev/auth/v1/token', '/dev/auth/v1/signin/anonymously']);
  });

  it('takes over what another window has renewed', async () => {
    const storage = new MemoryStorage();
    const [one, other] = [newTokens(storage), newTokens(storage)].map((tokens) =>
      environmentCredentials({}, tokens),
    );
    assert.ok(one && other);
    await send(profile('anonymous'), one);
    await send(profile('anonymous'), other);
    nowMs += 2 * HOUR_MS;
    await send(profile('anonymous'), one);
    await send(profile('anonymous'), other);
    assert.deepEqual(authRequests().slice(1), ['/dev/auth/v1/token']);
    nowMs += 2 * HOUR_MS;
    const both = await Promise.all([one, other].map((store) => send(profile('anonymous'), store)));
    assert.deepEqual(both.map(({ status }) => status), [200, 200]); // prettier-ignore
  });

  it('keeps a refresh token where renewing failed for another reason', async () => {
    const { access_token, refresh_token } = gateway.tokens.issue({ envId: 'my-dev-1a2b' }, 'admin', {
      seconds: 90,
    });
    const store = environmentCredentials(
      { CBHTTP_SECRET_DEV_CREDENTIAL: access_token, CBHTTP_SECRET_DEV_REFRESHTOKEN: refresh_token },
      newTokens(),
    );
    await send(profile('accessToken'), store);
    gateway.tokens.expireAll();
    assert.equal((await send(profile('accessToken'), store)).status, 200); // renewed: the first refresh token is void
    for (const fault of [
      { kind: 'code', code: 'EXCEED_RATELIMIT', status: 429 },
      { kind: 'code', code: 'SYS_ERR' },
      { kind: 'html' },
      { kind: 'reset' },
    ] as const) {
      nowMs += 2 * HOUR_MS;
      gateway.faults.next(fault, 'auth');
      await assert.rejects(send(profile('accessToken'), store), isCbError);
      assert.equal((await send(profile('accessToken'), store)).status, 200, fault.kind);
    }
  });

  it('finds the route of a function by the management API where nothing else names it', async () => {
    const env = { CBHTTP_SECRET_DEV_SECRETID: 'AKIDlong', CBHTTP_SECRET_DEV_SECRETKEY: 'long-key' };
    const listRoutes = createListedRoutes({
      transport,
      accountKey: (one) => environmentAccountKey(one, env),
      now: () => nowMs,
    });
    const service = {
      envId: 'my-dev-1a2b',
      route: 'service',
      auth: 'secretKey',
      authUrl: `${gateway.origin}/dev`,
      managementUrl: gateway.origin,
    };
    const document = parseCbhttp('GET fn://chat/hello?x=1');
    const [placed] = placedRequests(document);
    assert.ok(placed);
    for (let times = 0; times < 2; times++) {
      const { wire } = await prepareRequest(document, placed, {
        profiles: readProfiles({ dev: service }, 'dev'),
        credentials: environmentCredentials(env, newTokens()),
        consent: { allows: () => Promise.resolve(true) },
        listRoutes,
        ports: terminalPorts({ file: 'x.cbhttp', root: undefined, environment: {}, memory: { last: () => undefined } }), // prettier-ignore
        signal: new AbortController().signal,
        userAgent: 'test/1',
      });
      const { host } = new URL(gateway.accessOrigins['dev'] ?? '');
      assert.equal(wire.url, `https://${host}/chat/hello?x=1`);
    }
    assert.equal(gateway.requests.filter(({ part }) => part === 'management').length, 1);
  });

  it('does not send again for a wrong key, a right that is missing, or a second refusal', async () => {
    const wrong = environmentCredentials({ CBHTTP_SECRET_DEV_CREDENTIAL: 'no' }, newTokens());
    assert.equal((await send(profile('apiKey'), wrong)).status, 401);
    assert.equal(gateway.requests.length, 1);

    const store = environmentCredentials({}, newTokens());
    await send(profile('anonymous'), store);
    gateway.faults.next({ kind: 'code', code: 'EXCEED_AUTHORITY' });
    const before = gateway.requests.length;
    assert.equal((await send(profile('anonymous'), store)).status, 403);
    assert.equal(gateway.requests.length, before + 1);

    for (let times = 0; times < 2; times++)
      gateway.faults.next({ kind: 'code', code: 'ACCESS_TOKEN_EXPIRED' });
    assert.equal((await send(profile('anonymous'), store)).status, 401);
    assert.equal(gateway.requests.length, before + 4); // refused, renewed, refused
  });

  for (const [what, fault, words] of [
    ['a way that is not allowed', { kind: 'oauth', error: 'unauthorized_client' }, /does not allow this way/],
    ['a code of its own', { kind: 'oauth', error: 'brand_new' }, /gave no token: brand_new: Refused/],
    ['a page', { kind: 'html' }, /gave no token, but HTTP status 200/],
    ['a failure', { kind: 'code', code: 'SYS_ERR' }, /SYS_ERR/],
  ] as const) {
    it(`says in words that the sign-in endpoint answered ${what}`, async () => {
      const store = environmentCredentials({}, newTokens());
      gateway.faults.next(fault, 'auth');
      await assert.rejects(send(profile('anonymous'), store), (error) => {
        assert.ok(isCbError(error) && error.code === 'token-refused', String(error));
        assert.match(error.message, words);
        return true;
      });
      assert.equal(served, 0);
      assert.equal((await send(profile('anonymous'), store)).status, 200); // nothing of it is kept
    });
  }

  it('says that a key is wrong, and that a connection broke, and shows no key', async () => {
    const store = environmentCredentials(
      { CBHTTP_SECRET_DEV_SECRETID: 'AKIDlong', CBHTTP_SECRET_DEV_SECRETKEY: 'not-the-key' },
      newTokens(),
    );
    await assert.rejects(send(profile('secretKey'), store), (error) => {
      assert.ok(isCbError(error) && error.code === 'token-refused');
      assert.match(error.message, /did not accept the key/);
      return !`${error.message} ${String(error.cause)}`.includes('not-the-key');
    });
    gateway.faults.next({ kind: 'reset' }, 'auth');
    await assert.rejects(
      send(profile('secretKey'), store),
      (error) => isCbError(error) && error.code === 'reset',
    );
  });

  it('says that the login of the tcb command has expired, is missing, or was not meant', async () => {
    const leave = { CBHTTP_SECRET_DEV_CREDENTIAL: 'cli' };
    const expired = cliLogin('old.json', {
      tmpSecretId: 'a',
      tmpSecretKey: 'b',
      tmpToken: 'c',
      tmpExpired: 1,
    });
    for (const [environment, file, code, words] of [
      [leave, expired, 'cli-login', /has expired\. Run "tcb login"/],
      [leave, path.join(folder, 'none.json'), 'cli-login', /not logged in/],
      [{}, expired, 'missing-credential', /CBHTTP_SECRET_DEV_CREDENTIAL=cli/],
    ] as const) {
      await assert.rejects(
        send(profile('cliLogin'), environmentCredentials(environment, newTokens(), file)),
        (error) => isCbError(error) && error.code === code && words.test(error.message),
      );
    }
    assert.deepEqual(gateway.requests, []);
  });

  it('lets the others wait on where one stops waiting, and calls the sign-in off with the last', async () => {
    const slow = await startScriptedServer();
    try {
      const store = environmentCredentials({}, newTokens());
      const setting = profile('anonymous', { authUrl: slow.origin });
      const [one, other] = [new AbortController(), new AbortController()];
      const first = send(setting, store, one.signal);
      const second = send(setting, store, other.signal);
      const connection = await slow.nextRequest();
      one.abort(new Error('one left'));
      await assert.rejects(first, /one left/);
      const reply = JSON.stringify({ access_token: 'dev-key', expires_in: 7200 });
      await connection.head(200, {
        'Content-Type': 'application/json',
        'Content-Length': String(reply.length),
      });
      await connection.write(reply);
      assert.equal((await second).status, 200);

      const last = new AbortController();
      const alone = send(setting, environmentCredentials({}, newTokens()), last.signal);
      const silent = await slow.nextRequest();
      last.abort(new Error('last left'));
      await Promise.all([assert.rejects(alone, /last left/), silent.closed]);
    } finally {
      await slow.dispose();
    }
  });

  describe('that were entered', () => {
    /** A window's credentials; `asked` says what the user was asked. */
    function window(
      storage: MemoryStorage,
      answers: { other?: 'same' | 'another'; cli?: boolean; entered?: GivenCredential } = {},
    ) {
      const asked: string[] = [];
      let leaves: string | undefined;
      const credentials = new KeptCredentials({
        storage,
        tokens: newTokens(storage),
        cliLeaves: { read: () => leaves, write: (text) => { leaves = text; return Promise.resolve(); } }, // prettier-ignore
        questions: {
          enter: ({ origins }) => {
            asked.push(`enter for ${origins.join(' ')}`);
            return Promise.resolve(answers.entered);
          },
          otherOrigin: ({ origins }, entered) => {
            asked.push(`${entered.join(' ')} → ${origins.join(' ')}`);
            return Promise.resolve(answers.other);
          },
          useCliLogin: () => {
            asked.push('cli');
            return Promise.resolve(answers.cli === true);
          },
          describe: (kind) => kind,
        },
        onDidChange: () => {},
        cliLoginFile: cliLogin('window.json', secrets[0] ?? {}),
      });
      return { credentials, asked };
    }

    it('stay with their place: a workspace with the same profile and another address gets nothing', async () => {
      const storage = new MemoryStorage();
      const own = window(storage, { entered: { value: 'dev-key' } });
      assert.equal((await send(profile('apiKey'), own.credentials)).status, 200);
      assert.equal((await send(profile('apiKey'), own.credentials)).status, 200);
      assert.deepEqual(own.asked, [`enter for ${gateway.origin}`]);

      const thief = await startScriptedServer();
      try {
        const cloned = window(storage);
        const elsewhere = profile('apiKey', { baseUrl: `${thief.origin}/dev` });
        await assert.rejects(
          send(elsewhere, cloned.credentials),
          (error) => isCbError(error) && error.code === 'credential-refused',
        );
        assert.deepEqual(cloned.asked, [`${gateway.origin} → ${thief.origin}`]);
        const otherEnvironment = profile('apiKey', { baseUrl: `${thief.origin}/dev`, envId: 'another' });
        await assert.rejects(
          send(otherEnvironment, cloned.credentials),
          (error) => isCbError(error) && error.code === 'missing-credential',
        );
        assert.equal(thief.openConnections, 0);
      } finally {
        await thief.dispose();
      }
    });

    it('keep secret keys and refresh tokens from another place where tokens are got', async () => {
      const storage = new MemoryStorage();
      const entered = { secretId: 'AKIDlong', secretKey: 'long-key' };
      const own = window(storage, { entered });
      assert.equal((await send(profile('secretKey'), own.credentials)).status, 200);
      const thief = await startScriptedServer();
      try {
        const cloned = window(storage);
        await assert.rejects(
          send(profile('secretKey', { authUrl: thief.origin }), cloned.credentials),
          (error) => isCbError(error) && error.code === 'credential-refused',
        );
        assert.deepEqual(cloned.asked, [`${gateway.origin} → ${gateway.origin} ${thief.origin}`]);
        assert.equal(thief.openConnections, 0);
      } finally {
        await thief.dispose();
      }
    });

    it('go to another address where the user says so, and are not asked for again', async () => {
      const storage = new MemoryStorage();
      await send(profile('apiKey', { baseUrl: 'http://localhost:1' }), window(storage, { entered: { value: 'dev-key' } }).credentials); // prettier-ignore
      const { credentials, asked } = window(storage, { other: 'same' });
      assert.equal((await send(profile('apiKey'), credentials)).status, 200);
      assert.equal((await send(profile('apiKey'), credentials)).status, 200);
      assert.deepEqual(asked, [`http://localhost:1 → ${gateway.origin}`]);
    });

    it('say what a profile has, and forget it', async () => {
      const storage = new MemoryStorage();
      const entered = { secretId: 'AKIDlong', secretKey: 'long-key' };
      const { credentials, asked } = window(storage, { entered });
      const { active } = readProfiles({ dev: profile('secretKey') }, 'dev');
      await credentials.load();
      assert.equal(credentials.state(active), 'missing');
      await send(profile('secretKey'), credentials);
      assert.equal(credentials.state(active), 'signed-in');
      assert.equal(await credentials.signOut(() => true), 1);
      assert.equal(credentials.state(active), 'set');
      await send(profile('secretKey'), credentials);
      assert.equal(authRequests().length, 2);
      await credentials.forget(credentials.entries);
      assert.equal(credentials.state(active), 'missing');
      assert.deepEqual([...storage.values.values()], ['[]', '[]']);
      assert.equal(asked.length, 1);
    });

    it('go to the vendor’s management API with their profile, and to another only by leave', async () => {
      const storage = new MemoryStorage();
      const entered = { secretId: 'AKIDlong', secretKey: 'long-key' };
      const own = window(storage, { entered });
      await send(profile('secretKey'), own.credentials);
      const keyOf = (setting: object, { credentials } = own) =>
        credentials.accountKey(readProfiles({ dev: setting }, 'dev').active, new AbortController());
      assert.equal((await keyOf(profile('secretKey')))?.secretId, 'AKIDlong');
      assert.equal(own.asked.length, 1);
      assert.equal(await keyOf(profile('apiKey')), undefined);
      const cloned = window(storage);
      await assert.rejects(
        keyOf(profile('secretKey', { managementUrl: 'https://evil.example' }), cloned),
        (error) => isCbError(error) && error.code === 'credential-refused',
      );
      assert.deepEqual(cloned.asked, [`${gateway.origin} → https://evil.example`]);
      await assert.rejects(
        keyOf(profile('secretKey', { managementUrl: 'http://open.example' }), cloned),
        (error) => isCbError(error) && error.code === 'credential-refused',
      );
    });

    it('are known without a question where they were entered for that place, and nowhere else', async () => {
      const storage = new MemoryStorage();
      const own = window(storage, { entered: { secretId: 'AKIDlong', secretKey: 'long-key' } });
      const knownOf = async (setting: object, { credentials } = own): Promise<string | undefined> =>
        (await credentials.knownAccountKey(readProfiles({ dev: setting }, 'dev').active))?.secretId;
      assert.equal(await knownOf(profile('secretKey')), undefined);
      await send(profile('secretKey'), own.credentials);
      assert.equal(await knownOf(profile('secretKey')), 'AKIDlong');
      assert.equal(await knownOf(profile('secretKey', { managementUrl: 'https://evil.example' })), undefined);
      assert.equal(await knownOf(profile('apiKey')), undefined);
      assert.equal(own.asked.length, 1);
      const cli = window(storage, { cli: true });
      assert.equal(await knownOf(profile('cliLogin'), cli), undefined);
      await cli.credentials.accountKey(
        readProfiles({ dev: profile('cliLogin') }, 'dev').active,
        new AbortController(),
      );
      assert.equal(await knownOf(profile('cliLogin'), cli), 'AKIDlong');
      assert.deepEqual(cli.asked, ['cli']);
    });

    it('use the login of the tcb command only where the user lets them', async () => {
      const refused = window(new MemoryStorage());
      await assert.rejects(
        send(profile('cliLogin'), refused.credentials),
        (error) => isCbError(error) && error.code === 'credential-refused',
      );
      assert.deepEqual(gateway.requests, []);
      const { credentials, asked } = window(new MemoryStorage(), { cli: true });
      assert.equal((await send(profile('cliLogin'), credentials)).status, 200);
      nowMs += 3 * HOUR_MS;
      gateway.tokens.revokeRefreshTokens();
      assert.equal((await send(profile('cliLogin'), credentials)).status, 200);
      assert.deepEqual(asked, ['cli']);
    });
  });
});
