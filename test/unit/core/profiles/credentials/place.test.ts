import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isCbError } from '../../../../../src/core/errors.ts';
import {
  givenFields,
  isOfSameProfile,
  isSameEntry,
  readEntries,
  readGiven,
} from '../../../../../src/core/profiles/credentials/given.ts';
import { originsOf, profileCredential } from '../../../../../src/core/profiles/credentials/place.ts';
import { isTokenRefused } from '../../../../../src/core/profiles/credentials/retryUnauthorized.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';
import { addressTarget } from '../../../../../src/core/profiles/target.ts';

function credentialOf(setting: object, target = 'fn://f/x') {
  const { active } = readProfiles({ p: setting }, 'p');
  const { credential } = addressTarget(target, { profile: active });
  return credential && { ...credential, origins: originsOf(credential) };
}

const refused = (code: string) => (error: unknown) => isCbError(error) && error.code === code;

describe('the place of a credential', () => {
  const api = 'https://e.api.tcloudbasegateway.com';

  it('is the origin a request goes to, and the one where tokens are got', () => {
    assert.deepEqual(credentialOf({ envId: 'e', auth: 'anonymous' })?.origins, [api]);
    const service = { envId: 'e', route: 'service', baseUrl: 'https://a.example', auth: 'secretKey' };
    assert.deepEqual(credentialOf(service)?.origins, ['https://a.example', api]);
    assert.deepEqual(credentialOf({ ...service, auth: 'apiKey' })?.origins, ['https://a.example']);
    const own = credentialOf({ ...service, authUrl: 'https://login.example/e/' });
    assert.deepEqual(own?.origins, ['https://a.example', 'https://login.example']);
    assert.equal(own.authBase, 'https://login.example/e');
    const mapped = { envId: 'e', auth: 'accessToken', functions: { f: 'https://elsewhere.example' } };
    assert.deepEqual(credentialOf(mapped)?.origins, ['https://elsewhere.example', api]);
  });

  it('is refused over plain http, also where tokens are got', () => {
    const open = { envId: 'e', auth: 'anonymous', baseUrl: 'http://a.example' };
    assert.throws(() => credentialOf(open), refused('credential-refused'));
    const openLogin = { envId: 'e', auth: 'anonymous', authUrl: 'http://a.example' };
    assert.throws(() => credentialOf(openLogin), refused('credential-refused'));
    assert.ok(credentialOf({ ...openLogin, auth: 'apiKey' }));
    for (const host of ['localhost:9', '127.8.0.1', '[::1]']) {
      assert.ok(credentialOf({ ...open, baseUrl: `http://${host}` }));
    }
    assert.throws(
      () => credentialOf({ ...open, baseUrl: 'http://localhost.evil' }),
      refused('credential-refused'),
    );
  });

  it('needs an address for tokens', () => {
    const service = { route: 'service', baseUrl: 'https://a.example' };
    assert.throws(() => credentialOf({ ...service, auth: 'anonymous' }), refused('no-url'));
    assert.throws(() => credentialOf({ ...service, auth: 'anonymous', authUrl: 'x' }), refused('settings'));
    assert.deepEqual(credentialOf({ ...service, auth: 'accessToken' })?.origins, ['https://a.example']);
  });

  it('of a profile is known without a request, where it has one', () => {
    const of = (setting: object) => profileCredential(readProfiles({ p: setting }, 'p').active);
    assert.equal(of({ envId: 'e', auth: 'apiKey' })?.binding.origin, api);
    assert.equal(of({ envId: 'e' }), null);
    assert.equal(of({ route: 'local', auth: 'apiKey' }), null);
    assert.equal(of({ auth: 'apiKey' }), undefined);
    assert.equal(of({ auth: 'apiKey', baseUrl: 'http://a.example' }), undefined);
  });
});

describe('a token that is refused', () => {
  const body = (code: string) => JSON.stringify({ code, message: 'm', requestId: 'r' });

  it('is told by status, shape and code, and only where another can be got', () => {
    assert.ok(isTokenRefused('anonymous', { status: 401 }, body('ACCESS_TOKEN_EXPIRED')));
    assert.ok(isTokenRefused('secretKey', { status: 401 }, body('INVALID_CREDENTIALS')));
    assert.ok(!isTokenRefused('apiKey', { status: 401 }, body('INVALID_CREDENTIALS')));
    assert.ok(!isTokenRefused('anonymous', { status: 403 }, body('ACCESS_TOKEN_EXPIRED')));
    assert.ok(!isTokenRefused('anonymous', { status: 401 }, body('EXCEED_AUTHORITY')));
    assert.ok(!isTokenRefused('anonymous', { status: 401 }, '{"error":"the function’s own"}'));
  });
});

describe('what is entered', () => {
  it('is read back by kind, whole or not at all', () => {
    assert.deepEqual(readGiven('apiKey', '{"value":"k","other":1}'), { value: 'k' });
    assert.equal(readGiven('secretKey', '{"secretId":"i"}'), null);
    assert.deepEqual(readGiven('secretKey', '{"secretId":"i","secretKey":"k"}'), {
      secretId: 'i',
      secretKey: 'k',
    });
    for (const text of ['', 'a-bare-key', '[]', 'null']) assert.equal(readGiven('apiKey', text), null);
    assert.deepEqual(givenFields('cliLogin'), []);
  });

  it('belongs to one place each', () => {
    const one = { kind: 'apiKey', profile: 'p', envId: 'e', origins: ['https://a'] } as const;
    assert.ok(isSameEntry(one, { ...one }));
    for (const other of [
      { ...one, kind: 'publishableKey' },
      { ...one, profile: 'q' },
      { ...one, envId: '' },
    ] as const) {
      assert.ok(!isSameEntry(one, other) && !isOfSameProfile(one, other));
    }
    const elsewhere = { ...one, origins: ['https://b'] };
    assert.ok(!isSameEntry(one, elsewhere) && isOfSameProfile(one, elsewhere));
    assert.deepEqual(readEntries(JSON.stringify([one, { profile: 'p' }, null, 3])), [one]);
    for (const text of [undefined, 'no', '{}']) assert.deepEqual(readEntries(text), []);
  });
});
