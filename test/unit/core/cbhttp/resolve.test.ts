import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { resolveRequest } from '../../../../src/core/cbhttp/resolve.ts';
import { replaceVariables } from '../../../../src/core/cbhttp/variables.ts';
import { CbError } from '../../../../src/core/errors.ts';

const none = { given: {}, profile: {}, shared: {} };

function resolve(text: string, sources: Partial<typeof none> = {}) {
  const document = parseCbhttp(text);
  const request = document.requests[0];
  assert.ok(request);
  const resolved = resolveRequest(document, request, { ...none, ...sources });
  return { ...resolved, text: resolved.body === null ? null : new TextDecoder().decode(resolved.body) };
}

function refused(code: string) {
  return (error: unknown) => error instanceof CbError && error.code === code && error.span !== undefined;
}

describe('variables', () => {
  it('are looked up as given, in the file, in the profile, in the shared profile', () => {
    const text = '@b = file\nGET http://x/{{a}}/{{b}}/{{c}}/{{d}}';
    const sources = {
      given: { a: 'given' },
      profile: { a: 'p', b: 'p', c: 'profile' },
      shared: { a: 's', b: 's', c: 's', d: 'shared' },
    };
    assert.equal(resolve(text, sources).target, 'http://x/given/file/profile/shared');
  });

  it('take the last definition above, else the first below', () => {
    assert.equal(resolve('@a = 1\n@a = 2\nGET http://x/{{a}}\n###\n@a = 3').target, 'http://x/2');
    assert.equal(resolve('GET http://x/{{a}}\n###\n@a = 3\n@a = 4').target, 'http://x/3');
  });

  it('may be built from others and from their own former value', () => {
    assert.equal(resolve('@a = 1\n@a = {{a}}2\n@b = {{ a }}3\nGET http://x/{{b}}').target, 'http://x/123');
  });

  it('are refused where unknown or circular', () => {
    assert.throws(() => resolve('GET http://x/{{nope}}'), refused('unresolved-variable'));
    assert.throws(() => resolve('@a = {{b}}\n@b = {{a}}\nGET /{{a}}'), refused('unresolved-variable'));
    assert.throws(() => resolve('@a = {{a}}\nGET /{{a}}'), refused('unresolved-variable'));
    assert.throws(() => resolve('GET /{{constructor}}'), refused('unresolved-variable'));
  });

  it('end long chains and growth with an error, and build shared parts once', () => {
    const chain = (links: number, link: (index: number) => string) =>
      Array.from({ length: links }, (_, index) => `@v${index + 1} = ${link(index)}`).join('\n');
    const text = (links: number, link: (index: number) => string) =>
      `@v0 =\n${chain(links, link)}\nGET http://x/{{v${links}}}`;
    assert.equal(resolve(text(60, (index) => `{{v${index}}}{{v${index}}}`)).target, 'http://x/');
    assert.throws(() => resolve(text(2000, (index) => `{{v${index}}}`)), refused('unresolved-variable'));
    assert.throws(
      () => resolve(text(60, (index) => `{{v${index}}}{{v${index}}}x`)),
      refused('unresolved-variable'),
    );
  });

  it('leave escaped braces and JSON alone', () => {
    const valueOf = (name: string): string => `<${name}>`;
    assert.equal(replaceVariables('\\{{a}} \\{\\{ b \\}\\} {{c}}', valueOf), '{{a}} {{ b }} <c>');
    assert.equal(replaceVariables('{"a":{{"b":1}}} {{}} {{', valueOf), '{"a":{{"b":1}}} {{}} {{');
  });
});

describe('resolveRequest', () => {
  it('encodes Basic credentials and leaves encoded ones', () => {
    const authorization = (value: string) => resolve(`GET /\nAuthorization: ${value}`).headers[0]?.[1];
    assert.equal(authorization('Basic user pass'), 'Basic dXNlcjpwYXNz');
    assert.equal(authorization('Basic user:p:a'), 'Basic dXNlcjpwOmE=');
    assert.equal(authorization('Basic 张:三'), 'Basic 5bygOuS4iQ==');
    assert.equal(authorization('Basic dXNlcjpwYXNz'), 'Basic dXNlcjpwYXNz');
    assert.equal(authorization('Basic :p'), 'Basic OnA=');
    assert.equal(authorization('Bearer a b'), 'Bearer a b');
  });

  it('leaves out headers that HTTP computes and refuses line breaks', () => {
    assert.deepEqual(resolve('POST /\nContent-Length: 3\nConnection: close\nA: b\n\nx').headers, [
      ['A', 'b'],
    ]);
    assert.throws(() => resolve('GET /\nA: {{v}}', { given: { v: 'x\r\nB: y' } }), refused('invalid-header'));
  });

  it('joins and encodes a form, sends multipart with CRLF, unescapes \\###', () => {
    const form = 'POST /\nContent-Type: application/x-www-form-urlencoded\n\nname=张三\n  &x=a b+c%20d%';
    assert.equal(resolve(form).text, 'name=%E5%BC%A0%E4%B8%89&x=a%20b+c%20d%25');
    assert.equal(
      resolve('POST /\nContent-Type: multipart/form-data; boundary=b\n\n--b\n--b--').text,
      '--b\r\n--b--',
    );
    assert.equal(resolve('POST /\n\n\\### a\nb').text, '### a\nb');
  });

  it('makes GraphQL JSON', () => {
    const { method, headers, text } = resolve(
      'GRAPHQL http://x\n\nquery Q($a: Int) { f(a: $a) }\n\n{ "a": 1 }',
    );
    assert.equal(method, 'POST');
    assert.deepEqual(headers, [['Content-Type', 'application/json']]);
    const expected = { query: 'query Q($a: Int) { f(a: $a) }', operationName: 'Q', variables: { a: 1 } };
    assert.deepEqual(JSON.parse(text ?? ''), expected);
  });

  it('reads GraphQL as it is written: comments, no variables, names only outside braces', () => {
    const sent = (body: string) => JSON.parse(resolve(`GRAPHQL http://x\n\n${body}`).text ?? '') as object;
    assert.deepEqual(sent('{ a }\n\\### note\n\n{ b }'), { query: '{ a }\n### note\n\n{ b }' });
    assert.deepEqual(sent('{\n  query name\n}'), { query: '{\n  query name\n}' });
    assert.throws(() => sent('query Q { a }\n\n{ "a": }'), refused('parse'));
    assert.throws(() => sent('< ./query.graphql'), refused('unsupported'));
  });

  it('takes SSE for a GET that accepts an event stream', () => {
    const { method, headers } = resolve('SSE http://x');
    assert.deepEqual([method, headers], ['GET', [['Accept', 'text/event-stream']]]);
  });

  it('reads time limits and refuses wrong ones', () => {
    const { timeoutMs, idleTimeoutMs, connectTimeoutMs } = resolve(
      '# @timeout 2m\n# @idle-timeout 1.5s\nGET /',
    );
    assert.deepEqual([timeoutMs, idleTimeoutMs, connectTimeoutMs], [120_000, 1500, undefined]);
    assert.throws(() => resolve('# @timeout soon\nGET /'), refused('parse'));
  });

  it('refuses a body from a file, for now', () => {
    assert.throws(() => resolve('POST /\n\n< ./a.json'), refused('unsupported'));
  });
});
