import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { refused, resolve } from './variables/resolving.ts';

describe('resolveRequest', () => {
  it('encodes Basic credentials as httpYac does and leaves encoded ones', async () => {
    const authorization = async (value: string) =>
      (await resolve(`GET /\nAuthorization: ${value}`)).headers[0]?.[1];
    assert.equal(await authorization('Basic user pass'), 'Basic dXNlcjpwYXNz');
    assert.equal(await authorization('Basic user:p:a'), 'Basic dXNlcjpwOmE=');
    assert.equal(await authorization('Basic john doe:pa'), 'Basic am9obiBkb2U6cGE=');
    assert.equal(await authorization('basic user  p a'), 'Basic dXNlcjpwIGE=');
    assert.equal(await authorization('Basic 张:三'), 'Basic 5bygOuS4iQ==');
    assert.equal(await authorization('Basic dXNlcjpwYXNz'), 'Basic dXNlcjpwYXNz');
    assert.equal(await authorization('Bearer a b'), 'Bearer a b');
  });

  it('never shows the password of other tools’ Digest to the server, and sends a digest that is one', async () => {
    const headers = async (value: string) => (await resolve(`GET /\nAuthorization: ${value}`)).headers;
    assert.deepEqual(await headers('Digest user pass'), []);
    assert.deepEqual(await headers('Digest user:pass'), []);
    assert.deepEqual(await headers('Digest user my pass phrase'), []);
    const aws = '###\nGET /\nAuthorization: AWS id key region:x';
    await assert.rejects(resolve(aws), refused('unsupported', aws, 'AWS id key region:x'));
    const token = '###\nGET /\nAuthorization: oauth2 client_credentials x';
    await assert.rejects(resolve(token), refused('unsupported', token, 'oauth2 client_credentials x'));
    const digest = 'Digest username="u", realm="r", nonce="n:1"';
    assert.deepEqual(await headers(digest), [['Authorization', digest]]);
  });

  it('leaves out the certificates of httpYac, which would show their passphrase', async () => {
    const { headers } = await resolve(
      'GET /\nClientCert: pfx: ./a.p12 passphrase: p\nX-ClientCert: cert: ./a.crt\nX-ClientCert-Id: 7',
    );
    assert.deepEqual(headers, [['X-ClientCert-Id', '7']]);
  });

  it('leaves out headers that HTTP computes and refuses line breaks', async () => {
    const { headers } = await resolve('POST /\nContent-Length: 3\nConnection: close\nA: b\n\nx');
    assert.deepEqual(headers, [['A', 'b']]);
    const text = '###\nGET /\nA: {{v}}';
    await assert.rejects(
      resolve(text, { given: { v: 'x\r\nB: y' } }),
      refused('invalid-header', text, '{{v}}'),
    );
  });

  it('sends repeated headers as they are and cookies in one', async () => {
    const { headers } = await resolve('GET /\nA: 1\nCookie: a=1\nA: 2\ncookie: b=2');
    assert.deepEqual(headers, [
      ['A', '1'],
      ['Cookie', 'a=1; b=2'],
      ['A', '2'],
    ]);
  });

  it('takes SSE for a GET that accepts an event stream', async () => {
    const { method, headers } = await resolve('SSE http://x');
    assert.deepEqual([method, headers], ['GET', [['Accept', 'text/event-stream']]]);
  });

  it('gives paths without Host or @function the variable host, where there is one', async () => {
    const target = async (text: string) => (await resolve(text)).target;
    assert.equal(await target('@host = http://h:1\nGET /a'), 'http://h:1/a');
    assert.equal(await target('@host = http://h:1\nGET /a\nHost: other'), '/a');
    assert.equal(await target('@host = http://h:1\n# @function f\nGET /a'), '/a');
    assert.equal(await target('GET /a'), '/a');
  });

  it('reads time limits; a wrong one has no effect, as it has its warning', async () => {
    const { timeoutMs, idleTimeoutMs, connectTimeoutMs } = await resolve(
      '@t = 2\n# @timeout {{t}}m\n# @idle-timeout 1.5s\nGET /',
    );
    assert.deepEqual([timeoutMs, idleTimeoutMs, connectTimeoutMs], [120_000, 1500, undefined]);
    const wrong = await resolve(
      '# @timeout soon\n# @idle-timeout\n# @stream maybe\n# @reconnect many\nGET /',
    );
    assert.deepEqual([wrong.timeoutMs, wrong.idleTimeoutMs, wrong.stream], [undefined, undefined, 'auto']);
    assert.equal(wrong.reconnects, 0);
    const text = '###\n# @timeout {{t}}\nGET /';
    await assert.rejects(resolve(text), refused('unresolved-variable', text, '{{t}}'));
    const route = '###\n# @route {{t}}\nGET /';
    await assert.rejects(
      resolve(route, { given: { t: 'sideways' } }),
      refused('parse', route, '# @route {{t}}'),
    );
  });

  it('takes the function of the request, else of the file', async () => {
    const text = '# @function {{f}}\n\n###\nGET /a\n###\n# @function own\nGET /b';
    assert.equal((await resolve(text, { request: 0, given: { f: 'ofFile' } })).functionName, 'ofFile');
    assert.equal((await resolve(text, { request: 1 })).functionName, 'own');
  });
});
