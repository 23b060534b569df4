import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CbError } from '../../../../src/core/errors.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import { redactHeaders, redactText, withoutUserInfo } from '../../../../src/core/profiles/redact.ts';
import { addressTarget, type AddressOptions } from '../../../../src/core/profiles/target.ts';

function address(target: string, setting: object, options: Partial<AddressOptions> = {}) {
  const { active } = readProfiles({ p: setting }, 'p');
  return addressTarget(target, { profile: active, ...options });
}

function refused(code: string) {
  return (error: unknown) => error instanceof CbError && error.code === code;
}

describe('addressTarget', () => {
  it('builds the HTTP API’s URL for the gateway, with the marker header', () => {
    const { url, headers, route } = address('fn://chat/api/hello?x=1#part', { envId: 'e-1' });
    assert.equal(url, 'https://e-1.api.tcloudbasegateway.com/v1/functions/chat/api/hello?x=1');
    assert.deepEqual(headers, [['X-Tcb-Webfn', 'true']]);
    assert.equal(route, 'gateway');
  });

  it('knows the international site, versions and another base URL', () => {
    assert.match(
      address('fn://chat', { envId: 'e', site: 'intl' }).url,
      /^https:\/\/e\.api\.intl\.tcloudbasegateway/,
    );
    assert.deepEqual(address('fn://chat', { envId: 'e', qualifier: '3' }).headers[1], ['X-Qualifier', '3']);
    const { url } = address('fn://chat/a', { baseUrl: 'http://127.0.0.1:1/e/' });
    assert.equal(url, 'http://127.0.0.1:1/e/v1/functions/chat/a');
  });

  it('makes no host name of an envId that is none', () => {
    for (const envId of ['a.evil.test/#', 'a@evil.test', 'evil.test/', 'a b', '{{env.A}}'])
      assert.throws(() => address('fn://chat', { envId }), refused('no-url'), envId);
  });

  it('finds a local function by port, by URL, else at 9000', () => {
    const local = { route: 'local', functions: { a: 9701, b: 'http://127.0.0.1:9702/x' } };
    assert.equal(address('fn://a/sse', local).url, 'http://127.0.0.1:9701/sse');
    assert.equal(address('fn://b/sse', local).url, 'http://127.0.0.1:9702/x/sse');
    assert.equal(address('fn://c?q=1', local).url, 'http://127.0.0.1:9000/?q=1');
  });

  it('puts the path prefix of a function behind the access service’s base URL', () => {
    const service = { route: 'service', baseUrl: 'https://api.example.com', functions: { a: '/chat' } };
    assert.equal(address('fn://a/x', service).url, 'https://api.example.com/chat/x');
    assert.equal(address('fn://b/x', service).url, 'https://api.example.com/x');
    assert.throws(() => address('fn://a', { route: 'service' }), refused('no-url'));
  });

  it('finds a local function where the extension runs it, unless the settings say otherwise', () => {
    const runningPort = (name: string) => (name === 'a' ? 9711 : undefined);
    const of = (target: string, more: object = {}) =>
      address(target, { route: 'local', baseUrl: 'http://127.0.0.1:9800', ...more }, { runningPort }).url;
    assert.equal(of('fn://a/x'), 'http://127.0.0.1:9711/x');
    assert.equal(of('fn://b/x'), 'http://127.0.0.1:9800/x');
    assert.equal(of('fn://a/x', { functions: { a: 9701 } }), 'http://127.0.0.1:9701/x');
  });

  it('finds a function behind the access service by its route, else at the base URL', () => {
    const routes = [
      {
        domain: 'api.example.com',
        isDefaultDomain: false,
        path: '/chat',
        functionName: 'a',
        isEnabled: true,
      },
      { domain: null, isDefaultDomain: true, path: '/other', functionName: 'b', isEnabled: true },
    ];
    const of = (target: string, more: object = {}) =>
      address(target, { route: 'service', ...more }, { routes }).url;
    const based = { baseUrl: 'https://own.example/v1' };
    assert.equal(of('fn://a/x?q=1'), 'https://api.example.com/chat/x?q=1');
    assert.equal(of('fn://a?q=1'), 'https://api.example.com/chat?q=1');
    assert.equal(of('fn://a/x', based), 'https://own.example/v1/chat/x');
    assert.equal(of('fn://b', based), 'https://own.example/v1/other');
    assert.equal(of('fn://c/x', based), 'https://own.example/v1/x');
    assert.equal(
      of('fn://a/x', { ...based, functions: { a: 'mapped/' } }),
      'https://own.example/v1/mapped/x',
    );
    assert.throws(() => of('fn://b'), refused('no-url'));
    assert.throws(() => of('fn://c'), refused('no-url'));
  });

  it('leaves the path for the body where the profile says so, and its query in the URL', () => {
    const { url, pathInBody } = address('fn://chat/a b/中?x=1&y', { envId: 'e', subPath: 'body' });
    assert.equal(url, 'https://e.api.tcloudbasegateway.com/v1/functions/chat?x=1&y');
    assert.equal(pathInBody, '/a%20b/%E4%B8%AD');
    assert.equal(address('fn://chat', { envId: 'e', subPath: 'body' }).pathInBody, '/');
    assert.equal(address('fn://chat/a', { route: 'local', subPath: 'body' }).pathInBody, null);
  });

  it('takes paths with a function or a Host, and refuses bare ones', () => {
    assert.match(address('/x', { route: 'local' }, { functionName: 'f' }).url, /9000\/x$/);
    const hosted = address('/x', {}, { host: 'a.example:8443' });
    assert.deepEqual([hosted.url, hosted.usesHostHeader], ['https://a.example:8443/x', true]);
    assert.throws(() => address('/x', {}), refused('no-url'));
  });

  it('takes host:port without a scheme for http, for https at 443 and 8443', () => {
    assert.equal(address('a.example:80/x', {}).url, 'http://a.example/x');
    assert.equal(address('a.example:443/x', {}).url, 'https://a.example/x');
    assert.equal(address('[::1]:9000/x', {}).url, 'http://[::1]:9000/x');
  });

  it('encodes as WHATWG URL does', () => {
    const { url } = address('http://x/你 好?a=中&b=%20+c', {});
    assert.equal(url, 'http://x/%E4%BD%A0%20%E5%A5%BD?a=%E4%B8%AD&b=%20+c');
    assert.equal(address('http:/a.example/x', {}).url, 'http://a.example/x');
    assert.equal(address('http:a.example/x', {}).url, 'http://a.example/x');
    assert.equal(address('http:81/x', {}).url, 'http://http:81/x');
  });

  it('moves user and password of a URL into the Authorization header', () => {
    const { url, headers } = address('https://user:p%40ss@a.example/x', {});
    assert.equal(url, 'https://a.example/x');
    assert.deepEqual(headers, [['Authorization', 'Basic dXNlcjpwQHNz']]);
    const based = address('fn://f/x', { route: 'local', baseUrl: 'http://user:p%40ss@127.0.0.1:1' });
    assert.deepEqual([based.url, based.headers], ['http://127.0.0.1:1/x', headers]);
  });

  it('refuses what is no http URL and a gateway without an environment', () => {
    assert.throws(() => address('ftp://x/y', {}), refused('invalid-url'));
    assert.throws(() => address('http://[x', {}), refused('invalid-url'));
    assert.throws(() => address('file:/a.example/x', {}), refused('invalid-url'));
    assert.throws(() => address('"http://a.example/x"', {}), refused('invalid-url'));
    assert.throws(() => address('*', {}), refused('invalid-url'));
    assert.throws(() => address('/x', {}, { host: 'http://a.example' }), refused('invalid-url'));
    assert.throws(() => address('fn://', {}), refused('invalid-url'));
    assert.throws(() => address('fn://f', {}), refused('no-url'));
    assert.throws(() => address('fn://f', { envId: '{{env.ENV_ID}}' }), refused('no-url'));
    assert.throws(() => address('fn://f', {}, { route: 'elsewhere' }), refused('settings'));
  });

  it('binds a credential to profile, environment and origin, over https or loopback only', () => {
    const dev = { envId: 'e', auth: 'apiKey' };
    const origin = 'https://e.api.tcloudbasegateway.com';
    assert.deepEqual(address('fn://f', dev).credential, {
      kind: 'apiKey',
      binding: { profile: 'p', envId: 'e', origin },
      authBase: origin,
    });
    assert.equal(address('fn://f', { ...dev, route: 'local' }).credential, null);
    assert.equal(address('https://elsewhere.example/', dev).credential, null);
    assert.equal(address(`${origin}/v1/functions/f`, dev).credential?.binding.origin, origin);
    assert.ok(address('fn://f', { ...dev, baseUrl: 'http://127.0.0.1:9' }).credential);
    assert.throws(
      () => address('fn://f', { ...dev, baseUrl: 'http://a.example' }),
      refused('credential-refused'),
    );
  });
});

describe('readProfiles', () => {
  it('has one built-in profile where there is no setting', () => {
    const { profiles, active } = readProfiles(undefined, undefined);
    assert.deepEqual(
      profiles.map(({ name, route }) => [name, route]),
      [['local', 'local']],
    );
    assert.equal(active.name, 'local');
  });

  it('names what is wrong and keeps the rest', () => {
    const { active, problems } = readProfiles(
      { a: { route: 'moon', envId: 3, timeoutMs: -1, auth: 'apiKey' } },
      'b',
    );
    assert.equal(active.name, 'a');
    assert.equal(active.auth, 'apiKey');
    assert.equal(problems.length, 4);
    assert.equal(readProfiles({ a: null }, 'a').problems.length, 1);
    assert.equal(readProfiles({ a: { proxy: 'no proxy' } }, 'a').problems.length, 1);
    assert.equal(readProfiles({ a: { tls: { ca: 1, rejectUnauthorized: 'no' } } }, 'a').problems.length, 2);
    assert.equal(readProfiles({ a: { tls: 'x' } }, 'a').problems.length, 1);
    const guarded = readProfiles({ a: { protected: 'yes' } }, 'a');
    assert.deepEqual([guarded.active.protected, guarded.problems.length], [true, 1]);
  });
});

describe('the settings of a profile', () => {
  it('have their defaults', () => {
    const { active } = readProfiles({ a: {} }, 'a');
    assert.equal(active.region, 'ap-shanghai');
    assert.equal(active.proxy, null);
    assert.deepEqual(active.tls, {
      ca: '',
      cert: '',
      key: '',
      passphraseSecret: '',
      rejectUnauthorized: true,
    });
  });

  it('take the envId of cloudbaserc.json where they have none', () => {
    const { profiles } = readProfiles({ a: {}, b: { envId: 'own' } }, 'a', 'of-the-workspace');
    assert.deepEqual(profiles.map(({ envId }) => envId), ['of-the-workspace', 'own']); // prettier-ignore
    assert.equal(readProfiles(undefined, undefined, 'of-the-workspace').active.envId, 'of-the-workspace');
  });

  it('turn the check of certificates off by that word only', () => {
    for (const [given, rejects] of [
      [false, false],
      ['false', true],
      [0, true],
      [null, true],
    ] as const) {
      const { active } = readProfiles({ a: { tls: { rejectUnauthorized: given } } }, 'a');
      assert.equal(active.tls.rejectUnauthorized, rejects);
    }
  });
});

describe('redaction', () => {
  it('masks credentials and keeps their scheme', () => {
    const headers = redactHeaders(
      [
        ['authorization', 'Bearer abc'],
        ['Cookie', 'a=b'],
        ['X', 'has abc'],
      ],
      ['abc'],
    );
    assert.deepEqual(headers, [['authorization', 'Bearer ***'], ['Cookie', '***'], ['X', 'has ***']]); // prettier-ignore
    assert.equal(redactText('a-b', ['', 'b']), 'a-***');
    assert.equal(withoutUserInfo('http://u:p@ss@h/a@b'), 'http://h/a@b');
    assert.equal(withoutUserInfo('fn://f/a@b'), 'fn://f/a@b');
  });
});
