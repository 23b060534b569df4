import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import type { SecretBinding } from '../../../../src/core/cbhttp/variables/sendPorts.ts';
import type { CredentialRequest } from '../../../../src/core/ports.ts';
import { prepareRequest } from '../../../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import { profilesOnRoute } from '../../../../src/core/profiles/sentRoute.ts';
import { portsOf } from '../cbhttp/variables/resolving.ts';

const set = readProfiles(
  {
    prod: {
      envId: 'e-1',
      auth: 'apiKey',
      baseUrl: 'https://api.example.com',
      functions: { mapped: 'https://fn.example.com', ported: 9701 },
      qualifier: '3',
      subPath: 'body',
      variables: { who: 'me' },
      headers: { 'X-Own': 'yes' },
      protected: true,
      proxy: 'http://proxy.example.com:8080',
    },
    here: { route: 'local', baseUrl: 'http://127.0.0.1:9800', protected: true },
  },
  'prod',
);

/** Sends the last request to this machine, and notes for what credentials and secrets were wanted. */
async function sent(text: string, profileName = 'prod') {
  const document = parseCbhttp(text);
  const placed = placedRequests(document).at(-1);
  assert.ok(placed);
  const wanted: (CredentialRequest | SecretBinding)[] = [];
  const { wire, route, profile } = await prepareRequest(document, placed, {
    profiles: set,
    profileName,
    route: 'local',
    credentials: {
      token: (request) => {
        wanted.push(request);
        return Promise.resolve('the-token');
      },
    },
    consent: { allows: () => Promise.resolve(true) },
    functions: { runningPort: (name) => (name === 'running' ? 9711 : undefined) },
    ports: {
      ...portsOf({ answers: { key: 'K' } }),
      secret: (binding) => {
        wanted.push(binding);
        return Promise.resolve('K');
      },
    },
    signal: new AbortController().signal,
    userAgent: 'test',
  });
  return { wire, route, profile, wanted };
}

describe('a request sent to this machine with a deployed profile', () => {
  it('goes to the function’s port of the settings, else to the port where it runs, else to 9000', async () => {
    const urls = ['running/a?x=1', 'ported/a', 'mapped/a', 'other'].map(
      async (target) => (await sent(`GET fn://${target}`)).wire.url,
    );
    assert.deepEqual(await Promise.all(urls), [
      'http://127.0.0.1:9711/a?x=1',
      'http://127.0.0.1:9701/a',
      'http://127.0.0.1:9000/a',
      'http://127.0.0.1:9000/',
    ]);
  });

  it('takes the profile’s variables and headers, and neither its credential, nor its version, nor its proxy', async () => {
    const { wire, route, profile, wanted } = await sent(
      '# @function running\nPOST /{{who}}\n\n{"path": "stays"}',
    );
    assert.equal(wire.url, 'http://127.0.0.1:9711/me');
    assert.deepEqual([wire.method, wire.proxy, route, profile.name], ['POST', null, 'local', 'prod']);
    assert.equal(Buffer.from(wire.body as Uint8Array).toString(), '{"path": "stays"}');
    const names = wire.headers.map(([name]) => name.toLowerCase());
    assert.ok(names.includes('x-own'));
    assert.ok(!names.some((name) => ['authorization', 'x-tcb-webfn', 'x-qualifier'].includes(name)));
    assert.deepEqual(wanted, []);
  });

  it('asks for a secret as one of this machine, not as that of the deployed function', async () => {
    const { wanted } = await sent('GET fn://running?k={{$secret key}}');
    assert.deepEqual(wanted, [
      { profile: 'prod', envId: 'e-1', origin: 'http://127.0.0.1:9711', name: 'key' },
    ]);
  });

  it('goes where it goes anyway if it says so itself', async () => {
    const routed = await sent('# @route gateway\nGET fn://running');
    assert.equal(routed.wire.url, 'https://api.example.com/v1/functions/running');
    assert.equal(routed.wanted.length, 1);
    for (const text of [
      'GET https://api.example.com/login',
      '@base = https://api.example.com\n\nGET {{base}}/login',
      'GET /login\nHost: api.example.com:443',
    ]) {
      const url = await sent(text);
      assert.equal(url.wire.proxy, 'http://proxy.example.com:8080', text);
      assert.equal(url.wanted.length, 1, text);
    }
  });

  it('goes as usual with a profile that is local', async () => {
    assert.equal((await sent('GET fn://other', 'here')).wire.url, 'http://127.0.0.1:9800/');
  });

  it('needs no question that a protected profile asks, unless that is local itself', () => {
    const asked = (text: string): string[] => {
      const { request } = placedRequests(parseCbhttp(text))[0] ?? assert.fail();
      const { profiles, active } = profilesOnRoute(request, set, 'local');
      assert.equal(profiles.find(({ name }) => name === active.name)?.protected, active.protected);
      return profiles.filter((profile) => profile.protected).map(({ name }) => name);
    };
    assert.deepEqual(asked('GET fn://running'), ['here']);
    assert.deepEqual(asked('# @route gateway\nGET fn://running'), ['prod', 'here']);
    assert.deepEqual(asked('GET https://api.example.com/'), ['prod', 'here']);
    assert.deepEqual(asked('GET {{login}}/token'), ['prod', 'here']);
    assert.deepEqual(asked('GET /token\nHost: api.example.com:443'), ['prod', 'here']);
    assert.deepEqual(asked('# @function running\nGET /a\nHost: x'), ['here']);
  });
});
