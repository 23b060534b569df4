import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import type { SecretBinding } from '../../../../src/core/cbhttp/variables/sendPorts.ts';
import { codeHeader, type CodeRequest } from '../../../../src/core/code/codeRequest.ts';
import type { CodeOptions } from '../../../../src/core/code/describePrepared.ts';
import { prepareForCode } from '../../../../src/core/code/prepareForCode.ts';
import { withPlaceholders, type Template } from '../../../../src/core/code/template.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import { portsOf, type Given } from '../cbhttp/variables/resolving.ts';

/** What a request asked for while it was prepared. */
interface Asked {
  readonly bindings: SecretBinding[];
  tokens: number;
  consents: number;
  readonly asked: string[];
}

async function prepare(
  text: string,
  profile: Record<string, unknown> = { envId: 'e-1' },
  { view = 'address', withSecrets = false }: Partial<CodeOptions> = {},
  given: Given = {},
): Promise<CodeRequest & Asked> {
  const document = parseCbhttp(text);
  const placed = placedRequests(document).at(-1);
  assert.ok(placed);
  const asked: Asked = { bindings: [], tokens: 0, consents: 0, asked: [] };
  const ports = portsOf({ ...given, asked: asked.asked });
  const request = await prepareForCode(
    document,
    placed,
    {
      profiles: readProfiles({ dev: profile }, 'dev'),
      credentials: { token: () => Promise.resolve(asked.tokens++ === -1 ? undefined : 'T0KEN') },
      consent: { allows: () => Promise.resolve(asked.consents++ === -1) },
      ports: {
        ...ports,
        secret: (binding, options) => {
          asked.bindings.push(binding);
          return ports.secret(binding, options);
        },
      },
      signal: new AbortController().signal,
      userAgent: 'test',
    },
    { view, withSecrets },
  );
  return { ...request, ...asked };
}

const shown = (template: Template | undefined): string => withPlaceholders(template ?? []);

describe('prepareForCode', () => {
  it('reads no secret and asks for none, but for the real values', async () => {
    const text =
      'GET fn://f/{{$secret key}}?p={{$password pw}}\nX: {{$processEnv HOME_TOWN}} {{$dotenv KEY}}';
    const profile = { envId: 'e-1', auth: 'apiKey' };
    const without = await prepare(text, profile);
    assert.deepEqual([without.bindings, without.tokens, without.consents, without.asked], [[], 0, 0, []]);
    assert.equal(
      shown(without.url),
      'https://e-1.api.tcloudbasegateway.com/v1/functions/f/<CBHTTP_SECRET_DEV_KEY>?p=<CBHTTP_PW>',
    );
    assert.equal(shown(codeHeader(without, 'x')), '<HOME_TOWN> <KEY>');
    assert.equal(shown(codeHeader(without, 'authorization')), 'Bearer <CBHTTP_SECRET_DEV_CREDENTIAL>');
    assert.deepEqual(without.secrets.map(({ variable }) => variable).sort(), [
      'CBHTTP_PW',
      'CBHTTP_SECRET_DEV_CREDENTIAL',
      'CBHTTP_SECRET_DEV_KEY',
      'HOME_TOWN',
      'KEY',
    ]);
    const given = { answers: { key: 'K', pw: 'P' } };
    const all = await prepare(text, profile, { withSecrets: true }, given);
    assert.ok(shown(all.url).endsWith('/K?p=P'));
    assert.equal(shown(codeHeader(all, 'authorization')), 'Bearer T0KEN');
    assert.equal(all.consents, 0, 'nothing leaves the machine');
    assert.deepEqual(all.secrets, []);
  });

  it('encodes each secret for its place', async () => {
    const encodings = ({ url, headers, body }: CodeRequest): unknown[] =>
      [
        url,
        ...headers.map(({ value }) => value),
        ...(body?.pieces ?? []).map((piece) => (piece.kind === 'text' ? piece.text : [])),
      ]
        .flat()
        .flatMap((part) =>
          part.kind === 'secret' ? [part.encoding] : part.kind === 'base64' ? ['base64'] : [],
        );
    const json =
      'POST fn://f/{{$secret a}}\nX-A: {{$secret a}}\nContent-Type: application/json\n\n{"a":"{{$secret a}}"}';
    assert.deepEqual(encodings(await prepare(json)), ['url', 'raw', 'json']);
    const form = 'POST fn://f\nContent-Type: application/x-www-form-urlencoded\n\na={{$secret a}}';
    assert.deepEqual(encodings(await prepare(form)), ['url']);
    const basic = await prepare('GET fn://f\nAuthorization: Basic bob {{$secret a}}');
    assert.deepEqual(codeHeader(basic, 'authorization'), [
      { kind: 'text', text: 'Basic ' },
      {
        kind: 'base64',
        parts: [
          { kind: 'text', text: 'bob:' },
          { kind: 'secret', variable: 'CBHTTP_SECRET_DEV_A', encoding: 'raw' },
        ],
      },
    ]);
    const text = 'POST fn://f\nContent-Type: text/plain\n\n{{$secret a}}';
    assert.deepEqual(encodings(await prepare(text)), ['raw']);
  });

  it('leaves out credentials that stand in the request', async () => {
    const { headers } = await prepare(
      'GET fn://f\nAuthorization: Bearer abc\nCookie: sid=1\nX-Api-Key: 123\nX-Access-Token: t\nX-Max-Tokens: 5',
    );
    assert.deepEqual(
      headers.filter(({ name }) => !name.startsWith('X-Tcb')).map(({ name, value }) => [name, shown(value)]),
      [
        ['Authorization', 'Bearer <CBHTTP_AUTHORIZATION>'],
        ['Cookie', '<CBHTTP_COOKIE>'],
        ['X-Api-Key', '<CBHTTP_X_API_KEY>'],
        ['X-Access-Token', '<CBHTTP_X_ACCESS_TOKEN>'],
        ['X-Max-Tokens', '5'],
      ],
    );
  });

  it('takes the value of a variable that says where the request goes', async () => {
    const given = { ports: { environment: { BASE: 'http://127.0.0.1:8080', KEY: 'k' } } };
    const text = 'GET {{$processEnv BASE}}/a?k={{$processEnv KEY}}';
    const { url } = await prepare(text, {}, {}, given);
    assert.equal(shown(url), 'http://127.0.0.1:8080/a?k=k');
  });

  it('names files it does not read, and reads those it has to', async () => {
    const text = 'POST fn://f/a\nContent-Type: application/json\n\n< ./a.json';
    const named = await prepare(text);
    assert.deepEqual(named.body?.pieces, [{ kind: 'file', path: './a.json' }]);
    assert.deepEqual(named.asked, []);
    const profile = { envId: 'e-1', subPath: 'body' };
    const read = await prepare(text, profile, {}, { files: { './a.json': '{"x":1}' } });
    const [piece] = read.body?.pieces ?? [];
    assert.ok(piece?.kind === 'text');
    assert.equal(shown(piece.text), '{"x":1,"path":"/a","method":"POST"}');
  });

  it('shows the function what is its own, whatever the route', async () => {
    for (const [name, profile] of Object.entries({
      gateway: { envId: 'e-1', auth: 'apiKey', qualifier: '3', subPath: 'body' },
      service: { route: 'service', baseUrl: 'https://api.example.com/x', functions: { f: '/prefix' } },
      local: { route: 'local', functions: { f: '3000' } },
    })) {
      for (const directive of ['', '# @route gateway\n', '# @route local\n']) {
        const text = `${directive}GET fn://f/你好?x=1\nX-Own: 1`;
        const { url, headers, functionName } = await prepare(text, profile, { view: 'function' });
        assert.equal(shown(url), 'https://function/%E4%BD%A0%E5%A5%BD?x=1', name + directive);
        assert.deepEqual(
          headers.map((header) => header.name),
          ['X-Own'],
          name + directive,
        );
        assert.equal(functionName, 'f');
      }
    }
    const { url } = await prepare('# @route gateway\nGET fn://f', undefined, { view: 'function' });
    assert.equal(shown(url), 'https://function/');
  });

  it('looks for a real secret at the address it belongs to, also for the function’s view', async () => {
    const { bindings, url } = await prepare(
      'GET fn://f/{{$secret key}}',
      { envId: 'e-1' },
      { view: 'function', withSecrets: true },
      { answers: { key: 'K' } },
    );
    assert.deepEqual(bindings, [
      { profile: 'dev', envId: 'e-1', origin: 'https://e-1.api.tcloudbasegateway.com', name: 'key' },
    ]);
    assert.equal(shown(url), 'https://function/K');
  });

  it('keeps the marker and the version of the HTTP API, not what our client adds', async () => {
    const { headers } = await prepare('GET fn://f', { envId: 'e-1', qualifier: '3' });
    assert.deepEqual(
      headers.map(({ name, value }) => [name, shown(value)]),
      [
        ['X-Tcb-Webfn', 'true'],
        ['X-Qualifier', '3'],
      ],
    );
  });

  it('takes user and password out of a proxy', async () => {
    const { proxy, proxyUser } = await prepare('GET fn://f', {
      envId: 'e',
      proxy: 'http://me:pw@127.0.0.1:8080',
    });
    assert.equal(proxy, 'http://127.0.0.1:8080/');
    assert.equal(shown(proxyUser), '<CBHTTP_PROXY_USER>');
  });

  it('knows where a stream is likely', async () => {
    const streams = async (text: string) => (await prepare(text)).streams;
    const json = (body: string) => `POST fn://f\nContent-Type: application/json\n\n${body}`;
    assert.equal(await streams('GET fn://f'), false);
    assert.equal(await streams('GET fn://f\nAccept: text/event-stream'), true);
    assert.equal(await streams('# @stream off\nGET fn://f\nAccept: text/event-stream'), false);
    assert.equal(await streams('# @stream on\nGET fn://f'), true);
    assert.equal(await streams(json('{"stream": true}')), true);
    assert.equal(await streams(json('{"stream": false}')), false);
    assert.equal(await streams(json('{"a": {"stream": true}}')), false);
  });

  it('throws what sending would', async () => {
    await assert.rejects(prepare('GET fn://f/{{nope}}'), { code: 'unresolved-variable' });
    await assert.rejects(prepare('GET /path'), { code: 'no-url' });
    await assert.rejects(prepare('GET https://{{$secret host}}/'), { code: 'credential-refused' });
    await assert.rejects(prepare('GET https://{{$password host}}/'), /must not decide/);
  });
});
