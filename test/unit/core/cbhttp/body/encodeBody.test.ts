import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { refused, resolve, type Given } from '../variables/resolving.ts';

const sent = async (text: string, given: Given = {}): Promise<string | null> =>
  (await resolve(text, given)).text;
const post = (type: string, ...lines: string[]): string =>
  `POST /\nContent-Type: ${type}\n\n${lines.join('\n')}`;

describe('a body', () => {
  it('is its lines joined by LF, \\### unescaped', async () => {
    assert.equal(await sent('POST /\r\n\r\n\\### a\r\nb\r\n\r\n'), '### a\nb');
    assert.equal(await sent('POST /'), null);
    assert.equal(await sent('POST /\n\n{{empty}}', { given: { empty: '' } }), '');
  });

  it('is a form with its lines joined and encoded as httpYac does', async () => {
    const form = post(
      'application/x-www-form-urlencoded',
      'name = 张三',
      '  &x=a b+c%20d%',
      '&a[]=<1>&b = {{v}}',
    );
    const expected = 'name=%E5%BC%A0%E4%B8%89&x=a%20b+c%20d%25&a[]=%3C1%3E&b=1%202';
    assert.equal(await sent(form, { given: { v: ' 1 2' } }), expected);
    assert.equal(await sent(post('application/x-www-form-urlencoded', 'a=\uD800')), 'a=%EF%BF%BD');
  });

  it('ends with a newline where its type wants one', async () => {
    assert.equal(await sent(post('application/x-ndjson', '{}', '{}')), '{}\n{}\n');
  });

  it('takes time in proportion to a form’s blanks', async () => {
    const start = performance.now();
    await sent(post('application/x-www-form-urlencoded', `a${' '.repeat(300_000)}b`));
    assert.ok(performance.now() - start < 3000);
  });
});

describe('a body from files', () => {
  const files = {
    './a.json': '{"a":{{v}}}\n',
    './张.bin': new Uint8Array([0xff, 0x00, 0x80]),
    './latin': new Uint8Array([0xe4, 0x7b, 0x7b, 0x76, 0x7d, 0x7d]),
    './gbk': new Uint8Array([0xd5, 0xc5]),
    './bom': '\uFEFFx',
  };

  it('has them between its lines', async () => {
    assert.equal(
      await sent('POST /\n\nx\n< ./a.json\n< ./a.json\n{{v}}', { files, given: { v: '1' } }),
      'x\n{"a":{{v}}}\n\n{"a":{{v}}}\n\n1',
    );
    const { body } = await resolve('POST /\n\n< ./{{name}}.bin', { files, given: { name: '张' } });
    assert.deepEqual(body, files['./张.bin']);
  });

  it('replaces variables where that is asked, in the encoding that is named', async () => {
    const given = { v: '1' };
    assert.equal(await sent('POST /\n\n<@ ./a.json', { files, given }), '{"a":1}\n');
    assert.equal(await sent('POST /\n\n<@latin1 ./latin', { files, given }), 'ä1');
    assert.equal(await sent('POST /\n\n<@gbk ./gbk', { files, given }), '张');
    assert.equal(await sent('POST /\n\n<@base64 ./张.bin', { files, given }), '/wCA');
    assert.equal(await sent('POST /\n\n<@ ./bom', { files, given }), '\uFEFFx');
    const text = 'POST /\n\nx\n<@klingon ./bom';
    await assert.rejects(resolve(text, { files }), refused('unsupported', text, '<@klingon ./bom'));
  });

  it('makes values anew at each place of a file', async () => {
    const twice = { './f': '{{$guid}} {{$guid}}' };
    const all = (await sent('POST /\n\n<@ ./f\n{{$guid}}\n<@ ./f', { files: twice }))?.split(/\s/) ?? [];
    assert.equal(new Set(all).size, 5);
  });

  it('is refused where one is missing, or holds an unknown variable', async () => {
    const text = '###\nPOST /\n\nx\n< ./nope.json\n';
    await assert.rejects(resolve(text, { files }), refused('body-file', text, '< ./nope.json'));
    await assert.rejects(resolve('POST /\n\n<@ ./a.json', { files }), refused('unresolved-variable'));
  });

  it('is multipart with CRLF between lines and the bytes as they are', async () => {
    const lines = [
      '--b',
      'Content-Disposition: form-data; name="a"',
      '',
      '{{v}}',
      '--b',
      'Content-Type: x/y',
      '',
      '< ./a.json',
      '--b--',
    ];
    assert.equal(
      await sent(post('multipart/form-data; boundary=b', ...lines), { files, given: { v: '1\n2' } }),
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\n2\r\n--b\r\nContent-Type: x/y\r\n\r\n{"a":{{v}}}\n\r\n--b--',
    );
  });
});

describe('a GraphQL body', () => {
  const json = async (body: string, given: Given = {}) =>
    JSON.parse((await sent(`GRAPHQL http://x\n\n${body}`, given)) ?? '') as object;

  it('becomes JSON', async () => {
    const { method, headers, text } = await resolve(
      'GRAPHQL http://x\n\nquery Q($a: Int) { f(a: $a) }\n\n{ "a": {{v}} }',
      { given: { v: '1' } },
    );
    assert.equal(method, 'POST');
    assert.deepEqual(headers, [['Content-Type', 'application/json']]);
    assert.equal(text, '{"query":"query Q($a: Int) { f(a: $a) }","operationName":"Q","variables":{"a":1}}');
    const other = await resolve('POST http://x\nX-Request-Type: GraphQL\n\n{ a }');
    assert.deepEqual([other.headers, other.text], [[['X-Request-Type', 'GraphQL']], '{"query":"{ a }"}']);
  });

  it('is read as it is written: comments, no variables, names only outside braces', async () => {
    assert.deepEqual(await json('{ a }\n\\### note\n\n{ b }'), { query: '{ a }\n### note\n\n{ b }' });
    assert.deepEqual(await json('{\n  query name\n}'), { query: '{\n  query name\n}' });
    assert.deepEqual(await json('{ a }\n\n{\n\n  "x": [\n\n {"y": 1}\n]}'), {
      query: '{ a }',
      variables: { x: [{ y: 1 }] },
    });
    assert.deepEqual(await json('{ a }\n\n{}'), { query: '{ a }', variables: {} });
    await assert.rejects(json('query Q { a }\n\n{ "a": }'), refused('parse'));
  });

  it('may have its query in a file', async () => {
    const files = { './q.graphql': 'query Q {\n  a\n}\n' };
    const expected = { query: 'query Q {\n  a\n}', operationName: 'Q', variables: { a: 1 } };
    assert.deepEqual(await json('< ./q.graphql\n\n{ "a": 1 }', { files }), expected);
  });

  it('may import its query with a line of gql, variables replaced, only where it is GraphQL', async () => {
    const files = { './q.graphql': 'query Q {\n  {{f}}\n}\n' };
    const given = { files, given: { f: 'a', dir: '.' } };
    const query = 'query Q {\n  a\n}\n';
    assert.deepEqual(await json('gql Other < {{dir}}/q.graphql\n\n{ "a": 1 }', given), {
      query,
      operationName: 'Other',
      variables: { a: 1 },
    });
    assert.deepEqual(await json('  gql < ./q.graphql', given), { query, operationName: 'Q' });
    assert.equal(await sent('POST http://x\n\ngql < ./q.graphql', given), 'gql < ./q.graphql');
    await assert.rejects(json('gql < ./none', given), refused('body-file'));
  });

  it('keeps the indentation of its first line', async () => {
    assert.deepEqual(await json('  { a }  \n \n\n{}'), { query: '  { a }  ', variables: {} });
  });

  it('takes in the fragments that it spreads, from anywhere in the file', async () => {
    const text = [
      'fragment A on X {\n  a {{v}}\n}\n\nGET http://x\n',
      'fragment AB on X { ab }\n',
      'fragment C on X { c ... A }\n\nGRAPHQL http://x\n\nquery Q { x { ...C } }\n\n{ "n": 1 }',
    ].join('\n###\n');
    assert.deepEqual(JSON.parse((await sent(text, { given: { v: '1' } })) ?? ''), {
      query: 'query Q { x { ...C } }\nfragment A on X {\n  a 1\n}\nfragment C on X { c ... A }',
      operationName: 'Q',
      variables: { n: 1 },
    });
    const unknown = 'fragment A on X { {{nope}} }\n\nGRAPHQL http://x\n\n{ ...A }';
    await assert.rejects(sent(unknown), refused('unresolved-variable', unknown, '{{nope}}'));
  });
});
