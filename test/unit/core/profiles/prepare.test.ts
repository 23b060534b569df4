import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { askOnce } from '../../../../src/core/cbhttp/variables/askOnce.ts';
import type { SecretBinding } from '../../../../src/core/cbhttp/variables/sendPorts.ts';
import { isCbError } from '../../../../src/core/errors.ts';
import { askAhead, prepareRequest } from '../../../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import { redactText } from '../../../../src/core/profiles/redact.ts';
import { portsOf, refused, type Given } from '../cbhttp/variables/resolving.ts';

const profiles = readProfiles(
  { dev: { envId: 'e-1', variables: { host: 'http://h' } }, other: { route: 'local' } },
  'dev',
);

async function prepare(text: string, given: Given = {}) {
  const bindings: SecretBinding[] = [];
  const document = parseCbhttp(text);
  const placed = placedRequests(document).at(-1);
  assert.ok(placed);
  const ports = portsOf(given);
  const prepared = await prepareRequest(document, placed, {
    profiles,
    secrets: { credential: () => Promise.resolve(undefined) },
    ports: {
      ...ports,
      secret: (binding, options) => {
        bindings.push(binding);
        return ports.secret(binding, options);
      },
    },
    signal: new AbortController().signal,
    userAgent: 'test',
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
    const text = '###\nGET http://{{$secret key}}/';
    await assert.rejects(
      prepare(text, { answers: { key: 'evil.example' } }),
      refused('credential-refused', text, 'http://{{$secret key}}/'),
    );
  });

  it('shows no secret, in whatever form', async () => {
    const key = 'p@ss "wörd"/?&%2';
    const text = [
      'POST http://h/{{$secret key}}?q={{$secret key}}&p={{$password pw}}',
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
      redactText(new TextDecoder().decode(wire.body ?? undefined), secrets),
    ]);
    for (const part of ['ss%20', 'ss ', 'wörd', 'w%C3%B6rd', 'nter'])
      assert.ok(!shown.includes(part), `${part} in ${shown}`);
    const sent = JSON.stringify([wire.url, wire.headers]);
    assert.ok(sent.includes('w%C3%B6rd') && sent.includes('wörd') && sent.includes('h%C3%BCnter'));
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
    const secrets = { credential: () => Promise.resolve(undefined) };
    await assert.rejects(
      prepareRequest(document, placed, { profiles, secrets, ports, signal: abort.signal, userAgent: 't' }),
      (error) => !isCbError(error) && error instanceof Error && error.message === 'stop',
    );
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
    const secrets = {
      credential: ({ profile }: { profile: string }) => {
        asked.push(`credential ${profile}`);
        return Promise.resolve(credential);
      },
    };
    const { signal } = new AbortController();
    const ports = portsOf({ ...given, asked });
    const options = { profiles: byKey, secrets, ports, signal, userAgent: 't' };
    await askAhead(document, placed, all.slice(0, -1), options);
    return asked;
  }
  const byKey = readProfiles({ dev: { envId: 'e-1', auth: 'apiKey' } }, 'dev');
  const login = '# @name login\nGET http://x/\n###\n';

  it('asks for everything that needs no answer yet, once', async () => {
    const text = `${login}# @prompt b\nPOST http://x/?{{$prompt a}}&{{b}}\nT: {{login.response.body.$.t}}\nS: {{$secret s}}\n\n< ./f`;
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
