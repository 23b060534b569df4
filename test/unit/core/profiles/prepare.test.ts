import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { askOnce } from '../../../../src/core/cbhttp/variables/askOnce.ts';
import type { SecretBinding } from '../../../../src/core/cbhttp/variables/sendPorts.ts';
import { isCbError } from '../../../../src/core/errors.ts';
import type { CredentialRequest } from '../../../../src/core/ports.ts';
import { askAhead, prepareRequest, type PrepareOptions } from '../../../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import { redactText } from '../../../../src/core/profiles/redact.ts';
import { portsOf, refused, type Given } from '../cbhttp/variables/resolving.ts';

const profiles = readProfiles(
  { dev: { envId: 'e-1', variables: { host: 'http://h' } }, other: { route: 'local' } },
  'dev',
);

async function prepare(text: string, given: Given = {}, more: Partial<PrepareOptions> = {}) {
  const bindings: SecretBinding[] = [];
  const document = parseCbhttp(text);
  const placed = placedRequests(document).at(-1);
  assert.ok(placed);
  const ports = portsOf(given);
  const prepared = await prepareRequest(document, placed, {
    profiles,
    credentials: { token: () => Promise.resolve(undefined) },
    consent: { allows: () => Promise.resolve(true) },
    ports: {
      ...ports,
      secret: (binding, options) => {
        bindings.push(binding);
        return ports.secret(binding, options);
      },
    },
    signal: new AbortController().signal,
    userAgent: 'test',
    ...more,
  });
  return { ...prepared, bindings };
}

describe('prepareRequest', () => {
  it('binds a secret to the profile, environment and origin it goes to', async () => {
    const { bindings, wire } = await prepare('GET fn://f/a?k={{$secret key}}', { answers: { key: 'K' } });
    const origin = 'https://e-1.api.tcloudbasegateway.com';
    assert.deepEqual(bindings, [{ profile: 'dev', envId: 'e-1', origin, name: 'key' }]);
    assert.ok(wire.url.endsWith('/a?k=K'));
    const local = await prepare('# @profile other\nGET fn://f/\nA: {{$secret key}}', {
      answers: { key: 'K' },
    });
    assert.deepEqual(local.bindings[0], {
      profile: 'other',
      envId: '',
      origin: 'http://127.0.0.1:9000',
      name: 'key',
    });
  });

  it('lets no secret decide where it is sent', async () => {
    const text = '###\nGET https://{{$secret key}}/';
    await assert.rejects(
      prepare(text, { answers: { key: 'evil.example' } }),
      refused('credential-refused', text, 'https://{{$secret key}}/'),
    );
  });

  it('shows no secret, in whatever form', async () => {
    const key = 'p@ss "wörd"/?&%2';
    const text = [
      'POST https://h/{{$secret key}}?q={{$secret key}}&p={{$password pw}}',
      'X-Own: a {{$secret key}}',
      'Content-Type: application/json',
      '',
      '{"a": "{{$secret key}}"}',
    ].join('\n');
    const { shownUrl, shownHeaders, secrets, wire } = await prepare(text, {
      answers: { key, pw: 'hünter 2' },
    });
    const shown = JSON.stringify([
      shownUrl,
      shownHeaders,
      redactText(new TextDecoder().decode(wire.body as Uint8Array), secrets),
    ]);
    for (const part of ['ss%20', 'ss ', 'wörd', 'w%C3%B6rd', 'nter'])
      assert.ok(!shown.includes(part), `${part} in ${shown}`);
    const sent = JSON.stringify([wire.url, wire.headers]);
    assert.ok(sent.includes('w%C3%B6rd') && sent.includes('wörd') && sent.includes('h%C3%BCnter'));
  });

  it('knows a secret also in Basic authorization', async () => {
    for (const text of [
      'GET https://h/\nAuthorization: Basic bob {{$password pw}}',
      'GET https://bob:{{$password pw}}@h/',
    ]) {
      const { wire, secrets } = await prepare(text, { answers: { pw: 'hunter2' } });
      const sent = JSON.stringify(wire.headers);
      assert.ok(sent.includes('Basic Ym9iOmh1bnRlcjI='));
      assert.equal(redactText(sent, secrets).includes('Ym9iOmh1bnRlcjI='), false);
    }
    const { secrets } = await prepare('GET https://h/\nAuthorization: Basic bob written', {});
    assert.deepEqual(secrets, []);
  });

  it('says what is wrong with an address without its secrets', async () => {
    const given = { answers: { key: 'p w' } };
    await assert.rejects(prepare('GET http://h:{{$password key}}/', given), (error) => {
      assert.ok(isCbError(error) && error.code === 'invalid-url');
      return error.message.includes('***') && !error.message.includes('p w') && error.cause === undefined;
    });
  });

  it('asks nothing where the profile is unknown, and shows where', async () => {
    const asked: string[] = [];
    const text = '###\n# @profile nope\nGET http://x/{{$prompt a}}';
    await assert.rejects(prepare(text, { asked }), refused('unknown-profile', text, 'nope'));
    assert.deepEqual(asked, []);
  });

  it('ends where it is aborted while it asks', async () => {
    const document = parseCbhttp('GET http://x/{{$prompt a}}');
    const [placed] = placedRequests(document);
    assert.ok(placed);
    const abort = new AbortController();
    const ports = portsOf({ ports: { ask: () => { abort.abort(new Error('stop')); return Promise.resolve('a'); } } }); // prettier-ignore
    const credentials = { token: () => Promise.resolve(undefined) };
    const consent = { allows: () => Promise.resolve(true) };
    await assert.rejects(
      prepareRequest(document, placed, {
        profiles,
        credentials,
        consent,
        ports,
        signal: abort.signal,
        userAgent: 't',
      }),
      (error) => !isCbError(error) && error instanceof Error && error.message === 'stop',
    );
  });

  it('keeps secrets from plain http to another machine', async () => {
    for (const text of [
      'GET http://h.example/?k={{$secret key}}',
      'GET http://h.example/\nA: {{$secret key}}',
    ]) {
      await assert.rejects(prepare(text, { answers: { key: 'K' } }), refused('credential-refused'));
    }
    for (const origin of ['http://127.0.0.1:9', 'http://localhost:9', 'https://h.example']) {
      await prepare(`GET ${origin}/?k={{$secret key}}`, { answers: { key: 'K' } });
    }
  });

  it('asks before the process’s variables go to another machine, once everything else is known', async () => {
    const asked: string[] = [];
    const consent = {
      allows: ({ binding, what }: { binding: { origin: string }; what: string }) => {
        asked.push(`${what} ${binding.origin}`);
        return Promise.resolve(false);
      },
    };
    const text = '@town = {{$processEnv HOME_TOWN}}\n###\nGET {origin}/{{town}}';
    const send = (origin: string) => prepare(text.replace('{origin}', origin), {}, { consent });
    await assert.rejects(
      send('https://h.example'),
      (error) => isCbError(error) && error.code === 'credential-refused',
    );
    assert.deepEqual(asked, ['$processEnv HOME_TOWN https://h.example']);
    await send('http://127.0.0.1:9');
    await prepare('GET https://h.example/', {}, { consent });
    await assert.rejects(
      prepare('GET https://h.example/{{$processEnv HOME_TOWN}}\nA:\u0001', {}, { consent }),
      isCbError,
    );
    assert.equal(asked.length, 1);
  });

  it('hands over TLS and proxy, files by absolute paths, the passphrase from the secrets', async () => {
    const tls = { ca: 'ca.pem', cert: '/c.pem', key: 'k.pem', passphraseSecret: 'pass' };
    const secure = readProfiles({ dev: { tls, proxy: 'none', connectTimeoutMs: 5 } }, 'dev');
    const absolutePath = (path: string) => (path.startsWith('/') ? path : `/root/${path}`);
    const more = { profiles: secure, absolutePath };
    const { wire, bindings, secrets } = await prepare(
      'GET https://h.example/',
      { answers: { pass: 'open sesame' } },
      more,
    );
    assert.deepEqual(wire.tls, {
      ca: '/root/ca.pem',
      cert: '/c.pem',
      key: '/root/k.pem',
      passphrase: 'open sesame',
      rejectUnauthorized: true,
    });
    assert.deepEqual([wire.proxy, wire.connectTimeoutMs], ['none', 5]);
    assert.deepEqual(bindings, [{ profile: 'dev', envId: '', origin: 'https://h.example', name: 'pass' }]);
    assert.ok(secrets.includes('open sesame'));
    const plain = await prepare('GET http://127.0.0.1/', {}, more);
    assert.equal(plain.wire.tls.passphrase, null);
    await assert.rejects(
      prepare('GET https://h.example/', {}, more),
      (error) => isCbError(error) && error.code === 'missing-secret',
    );
  });

  it('puts the function’s path into the body where the profile says so', async () => {
    const inBody = { profiles: readProfiles({ dev: { envId: 'e', subPath: 'body' } }, 'dev') };
    const sent = async (text: string) => {
      const { wire } = await prepare(text, {}, inBody);
      const types = wire.headers
        .filter(([name]) => name.toLowerCase() === 'content-type')
        .map(([, type]) => type);
      return [wire.method, wire.url, new TextDecoder().decode(wire.body as Uint8Array), types];
    };
    const url = 'https://e.api.tcloudbasegateway.com/v1/functions/f';
    const none = '{"path":"/a","method":"GET"}';
    assert.deepEqual(await sent('GET fn://f/a?q=1'), ['POST', `${url}?q=1`, none, ['application/json']]);
    const json = 'PUT fn://f/a\nContent-Type: application/json; charset=utf-8\n\n{"b":1}';
    const type = 'application/json; charset=utf-8';
    assert.deepEqual(await sent(json), ['POST', url, '{"b":1,"path":"/a","method":"PUT"}', [type]]);
    const untyped = 'PUT fn://f/a\ncontent-type: text/plain\n\n{}';
    assert.deepEqual(await sent(untyped), [
      'POST',
      url,
      '{"path":"/a","method":"PUT"}',
      ['application/json'],
    ]);
    const own = 'POST fn://f\nContent-Type: text/plain\n\nhello';
    assert.deepEqual(await sent(own), ['POST', url, 'hello', ['text/plain']]);
    await assert.rejects(
      sent('POST fn://f/a\n\nhello'),
      (error) => isCbError(error) && error.code === 'sub-path-body',
    );
  });

  it('gets no token for a request that brings its own Authorization, or goes elsewhere', async () => {
    const asked: string[] = [];
    const credentials = {
      token: ({ kind }: { kind: string }) => {
        asked.push(kind);
        return Promise.resolve('Bearer tok-1'); // as it is copied from a header
      },
    };
    const more = { credentials, profiles: readProfiles({ dev: { envId: 'e', auth: 'apiKey' } }, 'dev') };
    const own = await prepare('GET fn://f/\nAuthorization: Bearer mine', {}, more);
    assert.equal(own.credential, null);
    await prepare('GET https://elsewhere.example/', {}, more);
    assert.deepEqual(asked, []);
    const { wire, shownHeaders, secrets, reauthorize } = await prepare('GET fn://f/', {}, more);
    assert.ok(wire.headers.some(([, value]) => value === 'Bearer tok-1'));
    assert.ok(shownHeaders.some(([, value]) => value === 'Bearer ***'));
    assert.ok(secrets.includes('tok-1'));
    const refusal = JSON.stringify({ code: 'INVALID_CREDENTIALS', message: '', requestId: '' });
    assert.equal(await reauthorize?.({ status: 401 }, refusal, new AbortController()), null);
    assert.deepEqual(asked, ['apiKey']);
  });
});

describe('askAhead', () => {
  /** Asks for the last request of a text as sent after all others. */
  async function ask(text: string, given: Given, credential?: string) {
    const document = parseCbhttp(text);
    const all = placedRequests(document);
    const placed = all.at(-1);
    assert.ok(placed);
    const asked: string[] = [];
    const credentials = {
      token: ({ binding }: CredentialRequest) => {
        asked.push(`credential ${binding.profile}`);
        return Promise.resolve(credential);
      },
    };
    const { signal } = new AbortController();
    const ports = portsOf({ ...given, asked });
    const consent = { allows: () => Promise.resolve(true) };
    const options = { profiles: byKey, credentials, consent, ports, signal, userAgent: 't' };
    await askAhead(document, placed, all.slice(0, -1), options);
    return asked;
  }
  const byKey = readProfiles({ dev: { envId: 'e-1', auth: 'apiKey' } }, 'dev');
  const login = '# @name login\nGET http://x/\n###\n';

  it('asks for everything that needs no answer yet, once', async () => {
    const text = `${login}# @prompt b\nPOST https://x/?{{$prompt a}}&{{b}}\nT: {{login.response.body.$.t}}\nS: {{$secret s}}\n\n< ./f`;
    const asked = await ask(text, { answers: { a: '1', b: '2', s: '3' }, files: { './f': 'x' } });
    assert.deepEqual(asked, ['file ./f', 'a', 'b', 'secret s']);
  });

  it('asks for no secret while an answer decides where it goes', async () => {
    const text = `${login}GET {{login.response.body.$.url}}/{{$prompt a}}\nS: {{$secret s}}`;
    assert.deepEqual(await ask(text, { answers: { a: '1', s: '3' } }), ['a']);
  });

  it('asks for the API key, unless the request has its own authorization', async () => {
    const body = '\n\n{{login.response.status}}';
    assert.deepEqual(await ask(`${login}POST fn://f/${body}`, {}, 'key'), ['credential dev']);
    assert.deepEqual(await ask(`${login}POST fn://f/\nauthorization: x${body}`, {}), []);
    await assert.rejects(
      ask(`${login}POST fn://f/${body}`, {}),
      (error) => isCbError(error) && error.code === 'missing-credential',
    );
  });

  it('finds mistakes without an answer, and none in what an answer will be', async () => {
    const text = `${login}GET http://x/{{login.text}}/{{nope}}`;
    await assert.rejects(ask(text, {}), refused('unresolved-variable', text, '{{nope}}'));
    assert.deepEqual(await ask(`@t = {{login.events[0].data}}\n${login}GET http://x/{{t}}`, {}), []);
  });
});

describe('askOnce', () => {
  it('gives an answer again, to the same question only', async () => {
    const asked: string[] = [];
    const ports = askOnce(portsOf({ asked, answers: { a: '', b: '2' } }));
    const { signal } = new AbortController();
    const ask = (name: string, isHidden: boolean) =>
      ports.ask({ name, label: name, isHidden, initial: '' }, { signal });
    assert.deepEqual([await ask('a', false), await ask('a', false), await ask('a', true)], ['', '', '']);
    assert.equal(await ask('b', false), '2');
    assert.deepEqual(asked, ['a', 'a', 'b']);
    await assert.rejects(ask('c', false), refusedWithoutPlace);
    await assert.rejects(ask('c', false), refusedWithoutPlace);
    assert.equal(asked.length, 5);
  });
  const refusedWithoutPlace = (error: unknown) => isCbError(error) && error.code === 'cancelled';
});
