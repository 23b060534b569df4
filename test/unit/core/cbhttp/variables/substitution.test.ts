import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { anyText } from '../anyText.ts';
import { placedRequests } from '../../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { isCbError } from '../../../../../src/core/errors.ts';
import { exchange, refused, resolve, type Given } from './resolving.ts';

const target = async (...args: Parameters<typeof resolve>): Promise<string> =>
  (await resolve(...args)).target;

describe('variables', () => {
  it('are looked up as given, in the file, in the profile, in the shared profile', async () => {
    const text = '@b = file\nGET http://x/{{a}}/{{b}}/{{c}}/{{d}}';
    const given = {
      given: { a: 'given' },
      profile: { a: 'p', b: 'p', c: 'profile' },
      shared: { a: 's', b: 's', c: 's', d: 'shared' },
    };
    assert.equal(await target(text, given), 'http://x/given/file/profile/shared');
  });

  it('keep that order whichever of the sources has them', async () => {
    const sources = ['given', 'file', 'profile', 'shared'] as const;
    await fc.assert(
      fc.asyncProperty(fc.subarray([...sources], { minLength: 1 }), async (having) => {
        const of = (source: (typeof sources)[number]) => (having.includes(source) ? { v: source } : {});
        const text = `${having.includes('file') ? '@v = file\n' : ''}GET http://x/{{v}}`;
        const found = await target(text, {
          given: of('given'),
          profile: of('profile'),
          shared: of('shared'),
        });
        assert.equal(found, `http://x/${having[0]}`);
      }),
      { numRuns: 30 },
    );
  });

  it('take the last definition above, else the first below', async () => {
    const text = '@a = 1\n@a = 2\nGET http://x/{{a}}\n###\n@a = 3\nGET http://x/{{a}}\n###\n@b = 4\n@b = 5';
    assert.equal(await target(text, { request: 0 }), 'http://x/2');
    assert.equal(await target(text, { request: 1 }), 'http://x/3');
    assert.equal(await target('GET http://x/{{b}}\n###\n@b = 4\n@b = 5'), 'http://x/4');
  });

  it('may be built from others, from their own former value and in the settings', async () => {
    assert.equal(await target('@a = 1\n@a = {{a}}2\n@b = {{ a }}3\nGET http://x/{{b}}'), 'http://x/123');
    const profile = { base: 'http://{{host}}', host: 'p' };
    assert.equal(await target('@host = f\nGET {{base}}/', { profile }), 'http://f/');
    assert.equal(await target('@host = {{host}}.test\nGET http://{{host}}/', { profile }), 'http://p.test/');
    await assert.rejects(
      resolve('GET {{a}}', { profile: { a: '{{a}}' } }),
      refused('unresolved-variable', 'GET {{a}}', '{{a}}'),
    );
  });

  it('are refused where unknown or circular, at their place', async () => {
    const unresolved = (text: string, part: string, given = {}) =>
      assert.rejects(resolve(text, given), refused('unresolved-variable', text, part));
    await unresolved('###\n\n###\nGET http://x/{{nope}}', '{{nope}}');
    await unresolved('POST http://x\nA: b {{ nope }}\n\n{{x}}', '{{ nope }}', { given: { x: '' } });
    await unresolved('###\nPOST http://x\n\n{\n"a": {{nope}}\n}', '{{nope}}');
    await unresolved('@a = {{b}}\n@b = {{a}}\nGET /{{a}}', '@a = {{b}}');
    await unresolved('@a = {{a}}\nGET /{{a}}', '@a = {{a}}');
    await unresolved('@a = {{nope}}\nGET /{{a}}', '@a = {{nope}}');
    await unresolved('GET /{{constructor}}', '{{constructor}}');
    await unresolved('GET /{{$nope}}', '{{$nope}}');
    await unresolved('GET /{{$datetime x}}', '{{$datetime x}}');
    await unresolved('GET /{{$processEnv NOPE}}', '{{$processEnv NOPE}}');
    await unresolved('GET /{{$dotenv NOPE}}', '{{$dotenv NOPE}}');
    await unresolved('GET /{{$envId}}', '{{$envId}}');
    await unresolved('GET http://x/{{$function}}', '{{$function}}');
  });

  it('end long chains and growth with an error, and build shared parts once', async () => {
    const chain = (links: number, link: (index: number) => string) =>
      Array.from({ length: links }, (_, index) => `@v${index + 1} = ${link(index)}`).join('\n');
    const text = (links: number, link: (index: number) => string, first = '') =>
      `@v0 = ${first}\n${chain(links, link)}\nGET http://x/{{v${links}}}`;
    const twice = (index: number): string => `{{v${index}}}{{v${index}}}`;
    assert.equal(await target(text(60, twice)), 'http://x/');
    assert.equal(await target(text(60, twice, '{{$prompt q}}'), { answers: { q: '' } }), 'http://x/');
    await assert.rejects(resolve(text(2000, (index) => `{{v${index}}}`)), refused('unresolved-variable'));
    await assert.rejects(resolve(text(60, (index) => `${twice(index)}x`)), refused('unresolved-variable'));
  });

  it('never fail in another way, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        for (const [request] of placedRequests(parseCbhttp(text)).entries()) {
          try {
            await resolve(text, { request, given: { u: 'http://u' } });
          } catch (error) {
            assert.ok(isCbError(error), String(error));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('system variables', () => {
  it('are new at each place, and one in a file variable is one for a send', async () => {
    const { text } = await resolve('@id = {{$guid}}\nPOST http://x\n\n{{id}}\n{{id}}\n{{$uuid}}\n{{$uuid}}');
    const [first, second, third, fourth] = (text ?? '').split('\n');
    assert.match(first ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(first, second);
    assert.notEqual(third, fourth);
  });

  it('in a file variable are the same for requests that are sent together', async () => {
    const text = '@id = {{$guid}}\nPOST http://x\n\n{{id}} {{$guid}}';
    const ports = { madeValues: new Map<string, string>() };
    const words = async (given: Given) => ((await resolve(text, given)).text ?? '').split(' ');
    const [first, second] = [await words({ ports }), await words({ ports })];
    assert.equal(first[0], second[0]);
    assert.notEqual(first[1], second[1]);
    assert.notEqual((await words({}))[0], first[0]);
  });

  it('say what the request is sent with', async () => {
    const text = 'GET fn://chat/{{$function}}/{{$profile}}/{{$envId}}';
    assert.equal(await target(text, { envId: 'e-1' }), 'fn://chat/chat/p/e-1');
    assert.equal(await target('# @function f\nGET /{{$function}}'), '/f');
    assert.equal(await target('@t = fn://g\nGET {{t}}/\n', {}), 'fn://g/');
    assert.equal((await resolve('@t = fn://g\nPOST {{t}}/\n\n{{$function}}')).text, 'g');
    await assert.rejects(resolve('GET fn://{{$function}}/'), refused('unresolved-variable'));
  });

  it('read the environment and .env, in trusted workspaces only', async () => {
    const text = 'POST http://x\n\n{{$processEnv HOME_TOWN}} {{$dotenv KEY}}';
    assert.equal((await resolve(text)).text, '深圳 from dotenv');
    await assert.rejects(
      resolve(text, { ports: { environment: null } }),
      refused('untrusted-workspace', text, '{{$processEnv HOME_TOWN}}'),
    );
    await assert.rejects(resolve(text, { ports: { dotenv: null } }), refused('untrusted-workspace'));
  });

  it('are hidden like secrets where they are called like secrets', async () => {
    const environment = { API_KEY: 'sk-0123456789', TOKEN: 'short', HOME_TOWN: 'Shenzhen 深圳' };
    const ports = { environment, dotenv: () => Promise.resolve({ DB_PASSWORD: 'dotenv-password' }) };
    const names = ['API_KEY', 'TOKEN', 'HOME_TOWN'].map((name) => `{{$processEnv ${name}}}`).join(' ');
    const { secrets } = await resolve(`POST http://x\n\n${names} {{$dotenv DB_PASSWORD}}`, { ports });
    assert.deepEqual([...secrets].sort(), ['dotenv-password', 'sk-0123456789']);
  });

  it('make numbers within their bounds', async () => {
    const { text } = await resolve('POST http://x\n\n{{$randomInt 3 5}} {{$randomInt 7 7}}');
    assert.match(text ?? '', /^[34] 7$/);
  });
});

describe('questions', () => {
  const text =
    '# @prompt user Who are you?\n# @prompt password\nPOST http://x/{{user}}\nA: {{user}} {{$password key}}\n\n{{password}} {{$prompt city}} {{$prompt city}}';

  it('are asked once each, and hidden answers are secrets', async () => {
    const asked: string[] = [];
    const answers = { user: 'ada', password: 'pw', key: 'k', city: '深圳' };
    const resolved = await resolve(text, { answers, asked });
    assert.deepEqual(
      [resolved.target, resolved.headers, resolved.text],
      ['http://x/ada', [['A', 'ada k']], 'pw 深圳 深圳'],
    );
    assert.deepEqual([...asked].sort(), ['city', 'key', 'password', 'user']);
    assert.deepEqual([...resolved.secrets].sort(), ['k', 'pw']);
  });

  it('are not asked where the answer is given', async () => {
    const asked: string[] = [];
    const given = { user: 'ada', password: 'pw', key: 'k', city: 'sz' };
    assert.equal((await resolve(text, { given, asked })).text, 'pw sz sz');
    assert.deepEqual(asked, []);
  });

  it('are not asked where something is wrong', async () => {
    const asked: string[] = [];
    const wrong = 'POST http://x/{{$prompt a}}\nA: {{$secret b}}\n\n< ./c.json\n{{nope}}';
    await assert.rejects(
      resolve(wrong, { asked, answers: { a: '1', b: '2' } }),
      refused('unresolved-variable'),
    );
    assert.deepEqual(asked, []);
    const noFile = 'POST http://x/{{$prompt a}}\n\n< ./c.json';
    await assert.rejects(
      resolve(noFile, { asked, answers: { a: '1' } }),
      refused('body-file', noFile, '< ./c.json'),
    );
    assert.deepEqual(asked, ['file ./c.json']);
  });

  it('end the send where one is cancelled', async () => {
    await assert.rejects(
      resolve('GET http://x/{{$prompt a}}'),
      (error) => isCbError(error) && error.code === 'cancelled',
    );
  });

  it('ask for secrets last, and say which one is missing', async () => {
    const asked: string[] = [];
    const { headers, secrets } = await resolve('GET http://x\nA: {{$secret key}}\nB: {{$prompt b}}', {
      asked,
      answers: { key: 'sk-1', b: 'b' },
    });
    assert.deepEqual(headers, [
      ['A', 'sk-1'],
      ['B', 'b'],
    ]);
    assert.deepEqual(asked, ['b', 'secret key']);
    assert.deepEqual(secrets, ['sk-1']);
    const text = 'GET http://x\nA: {{$secret key}}';
    await assert.rejects(resolve(text), refused('missing-secret', text, '{{$secret key}}'));
    const within = 'POST http://x\n\n{\n"a": "{{$secret key}}"}';
    await assert.rejects(resolve(within), refused('missing-secret', within, '{{$secret key}}'));
  });
});

describe('earlier responses', () => {
  const hello = exchange({
    status: 201,
    headers: [
      ['X-Id', '7'],
      ['Set-Cookie', 'a'],
      ['set-cookie', 'b'],
    ],
    body: '{"id":12345678901234567890,"user":{"na me":"张三","tags":["x","y"]},"n":1.50,"ok":true,"none":null}',
    sent: {
      method: 'POST',
      url: 'http://x/?k=v',
      headers: [['Authorization', 'Bearer t']],
      body: '{"q":"hi"}',
    },
    secrets: ['s'],
  });
  const stream = exchange({ events: ['{"id":1}', '{"id":2}', 'plain'], text: '你好', body: null });
  const value = async (expression: string): Promise<string | null> =>
    (await resolve(`POST http://x\n\n{{${expression}}}`, { exchanges: { hello, stream } })).text;

  it('give their parts', async () => {
    const expected: Readonly<Record<string, string>> = {
      'hello.response.status': '201',
      'hello.response.headers.x-id': '7',
      'hello.response.headers.Set-Cookie': 'a, b',
      'hello.response.body.$.id': '12345678901234567890',
      "hello.response.body.$.user['na me']": '张三',
      'hello.response.body.$.user.tags': '["x","y"]',
      'hello.response.body.$.user.tags[-1]': 'y',
      'hello.response.body.$..tags[?@ == "x"]': 'x',
      'hello.response.body.$.ok': 'true',
      'hello.response.body.$.none': 'null',
      'hello.response.body.*': hello.response.body ?? '',
      'hello.request.method': 'POST',
      'hello.request.url': 'http://x/?k=v',
      'hello.request.body.$.q': 'hi',
      'hello.request.headers.authorization': 'Bearer t',
      'hello.user.tags[0]': 'x',
      'hello["user"].tags[0]': 'x',
      "hello['user']['na me']": '张三',
      hello: hello.response.body ?? '',
      'stream.events.length': '3',
      'stream.events[0].data.$.id': '1',
      'stream.events[-1].data': 'plain',
      'stream.text': '你好',
    };
    for (const [expression, text] of Object.entries(expected))
      assert.equal(await value(expression), text, expression);
  });

  it('go by a title, too, where it stands for the name', async () => {
    const text = '### Log in. v2\nGET http://x\n###\nPOST http://x\n\n';
    const given = { exchanges: { 'Log in. v2': hello } };
    assert.equal((await resolve(`${text}{{Log in. v2.response.status}}`, given)).text, '201');
    assert.equal(
      (await resolve(`${text}{{Log in. v2.response.body.$.id}}`, given)).text,
      '12345678901234567890',
    );
    assert.equal((await resolve(`${text}{{Log in. v2.response.body.*}}`, given)).text, hello.response.body);
  });

  it('go by the word that httpYac makes of a name', async () => {
    const text = '# @name get-the token\nGET http://x\n###\nPOST http://x\n\n';
    const given = { exchanges: { 'get-the token': hello } };
    assert.equal((await resolve(`${text}{{getTheToken.user.tags[0]}}`, given)).text, 'x');
    await assert.rejects(resolve(`${text}{{getThetoken.ok}}`, given), refused('unresolved-variable'));
    const notSent = `${text}{{getTheToken.ok}}`;
    await assert.rejects(resolve(notSent), refused('unresolved-variable', notSent, '{{getTheToken.ok}}'));
  });

  it('keep the digits of long numbers inside objects', async () => {
    assert.equal(await value('hello.response.body.$'), (hello.response.body ?? '').replace('1.50', '1.5'));
  });

  it('are refused where there is no such part', async () => {
    for (const wrong of [
      'hello.response.body.$.nope', 'hello.response.headers.nope', 'hello.events[0].data', 'stream.events[9].data',
      'stream.events[-1].data.$.id', 'hello.response.nope', 'hello.response.body.$[', 'hello.response.body.id',
      'nobody.response.status', 'hello.nope',
    ]) await assert.rejects(value(wrong), refused('unresolved-variable'), wrong); // prettier-ignore
  });

  it('are refused before the request was sent', async () => {
    const text = '# @name hello\nGET http://x\n###\nGET http://y/{{hello.response.status}}';
    await assert.rejects(resolve(text), (error: unknown) => {
      assert.ok(refused('unresolved-variable', text, '{{hello.response.status}}')(error));
      return isCbError(error) && error.message.includes('@ref hello');
    });
  });

  it('hand on the secrets of what was sent', async () => {
    const text = 'POST http://x\nA: {{hello.request.headers.Authorization}}\n\n{{hello.request.url}}';
    const { secrets } = await resolve(text, { exchanges: { hello } });
    assert.deepEqual([...secrets].sort(), ['Bearer t', 's']);
  });
});
