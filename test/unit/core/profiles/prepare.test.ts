import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import type { SecretBinding } from '../../../../src/core/cbhttp/variables/sendPorts.ts';
import { isCbError } from '../../../../src/core/errors.ts';
import { prepareRequest } from '../../../../src/core/profiles/prepare.ts';
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
});
