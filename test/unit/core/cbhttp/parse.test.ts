import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { requestAtLine, requestKeys } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';

/** The first request of a text. */
function first(text: string) {
  const [request] = parseCbhttp(text).requests;
  assert.ok(request, 'the text has a request');
  return request;
}

/** Severities and message templates of a text's problems. */
function problems(text: string): string[] {
  return parseCbhttp(text).problems.map((problem) => `${problem.severity}: ${problem.message.text}`);
}

describe('parseCbhttp', () => {
  it('reads the example of the language specification', () => {
    const document = parseCbhttp(
      [
        '@user = alice',
        '',
        '### Say hello',
        '# @name hello',
        'POST fn://my-http-function/api/hello?lang=zh',
        'Content-Type: application/json',
        'X-Custom-Header: value',
        '',
        '{ "user": "{{user}}" }',
        '',
        '### Watch the clock',
        '# @name clock',
        '# @profile local',
        'GET fn://express-sse/sse',
        'Accept: text/event-stream',
      ].join('\n'),
    );
    assert.deepEqual(document.problems, []);
    assert.deepEqual(
      document.variables.map(({ name, value }) => [name, value]),
      [['user', 'alice']],
    );
    const [hello, clock] = document.requests;
    assert.equal(hello?.title, 'Say hello');
    assert.equal(hello?.name, 'hello');
    assert.equal(hello?.line, 4);
    assert.equal(hello?.method, 'POST');
    assert.equal(hello?.target, 'fn://my-http-function/api/hello?lang=zh');
    assert.deepEqual(
      hello?.headers.map(({ name, value }) => [name, value]),
      [
        ['Content-Type', 'application/json'],
        ['X-Custom-Header', 'value'],
      ],
    );
    assert.equal(hello?.body, '{ "user": "{{user}}" }');
    assert.deepEqual(
      clock?.directives.map(({ word, value }) => [word, value]),
      [
        ['name', 'clock'],
        ['profile', 'local'],
      ],
    );
    assert.equal(clock?.body, null);
  });

  for (const target of [
    'https://a.example/x',
    'http://a.example',
    'fn://f/p',
    '/p',
    '{{base}}/p',
    'localhost:9000/p',
  ]) {
    it(`takes ${target} alone for a GET`, () => {
      assert.equal(first(target).method, 'GET');
      assert.equal(first(target).target, target);
    });
  }

  it('takes a method in any case and drops the HTTP version', () => {
    const request = first('post\thttp://a.example/x  HTTP/1.1');
    assert.equal(request.method, 'POST');
    assert.equal(request.target, 'http://a.example/x');
  });

  it('keeps blanks inside a target', () => {
    assert.equal(
      first('GET http://a/{{$randomInt 1 5}}/b c HTTP/2').target,
      'http://a/{{$randomInt 1 5}}/b c',
    );
  });

  it('joins continuation lines, skipping comments between them', () => {
    const text = 'GET http://a.example\n    /deep\n  # why\n?x=1\n  &y=2 HTTP/1.1\nA: b';
    assert.equal(first(text).target, 'http://a.example/deep?x=1&y=2');
    assert.equal(first(text).headers.length, 1);
  });

  it('trims header names and values and lets names repeat', () => {
    const { headers } = first('GET /\n  A :  b c  \nA:\n');
    assert.deepEqual(
      headers.map(({ name, value }) => [name, value]),
      [
        ['A', 'b c'],
        ['A', ''],
      ],
    );
  });

  it('keeps comments in a body as text and ends it only at ### in column 1', () => {
    const text = 'POST /\n\n\n# one\n// two\n ### three\n\\### four\n\n\n### next\nGET /';
    assert.equal(first(text).body, '# one\n// two\n ### three\n\\### four');
    assert.equal(parseCbhttp(text).requests.length, 2);
  });

  it('joins body lines by LF whatever ends them in the file', () => {
    assert.equal(first('POST /\r\n\r\na\r\nb\rc\n').body, 'a\nb\nc');
  });

  it('starts the body at a line that is no header, with a warning', () => {
    assert.equal(first('POST /\nA: b\nnot a header\n\nmore').body, 'not a header\n\nmore');
    assert.match(problems('POST /\nnot a header')[0] ?? '', /^warning/);
  });

  it('starts the next request at a request line among headers, with a warning', () => {
    const document = parseCbhttp('GET http://a\nA: b\nPOST http://c\nD: e');
    assert.deepEqual(
      document.requests.map(({ target, headers }) => [target, headers.length]),
      [
        ['http://a', 1],
        ['http://c', 1],
      ],
    );
    assert.deepEqual(
      document.problems.map(({ severity }) => severity),
      ['warning'],
    );
  });

  it('takes a request line in a body for text, with a hint', () => {
    assert.equal(first('POST /\n\nGET http://a').body, 'GET http://a');
    assert.match(problems('POST /\n\nGET http://a')[0] ?? '', /^hint/);
  });

  it('keeps scripts and other tools’ lines out of the request and says so', () => {
    const text = [
      '# @import ./other.http',
      '< {%',
      '  prepare();',
      '%}',
      'POST http://a',
      '...defaults',
      '',
      '{"a": 1}',
      '> {% client.test() %}',
      '> ./handler.js',
      '<> 200.json',
      '?? status == 200',
      '>> out.json',
      '>>! out.json',
      '{{',
      '  code',
      '}}',
    ].join('\n');
    assert.equal(first(text).body, '{"a": 1}');
    assert.deepEqual(first(text).headers, []);
    assert.deepEqual(
      parseCbhttp(text).problems.map(({ severity }) => severity),
      Array.from({ length: 10 }, () => 'information'),
    );
  });

  it('refuses protocols it does not speak without spoiling the rest', () => {
    const document = parseCbhttp('WS ws://a\nA: b\n\nbody\n### ok\nGET /');
    assert.deepEqual(
      document.problems.map(({ severity, span }) => [severity, span.start]),
      [['error', 0]],
    );
    assert.equal(document.requests.length, 1);
  });

  it('finds a request below text that is none', () => {
    const document = parseCbhttp('hello world\nGET\nGET http://a');
    assert.equal(document.requests.length, 1);
    assert.deepEqual(
      document.problems.map(({ severity, span }) => [severity, span.start, span.end]),
      [
        ['error', 0, 11],
        ['error', 12, 15],
      ],
    );
  });

  it('checks directives: unknown is information, a wrong value a warning', () => {
    assert.match(problems('# @loop 3\nGET /')[0] ?? '', /^information/);
    assert.match(problems('# @timeout soon\nGET /')[0] ?? '', /^warning/);
    assert.deepEqual(problems('# @timeout 1.5s\n// @route local\n#@no-redirect\nGET /'), []);
  });

  it('says what is read without effect: directives to come, headers that HTTP computes', () => {
    assert.match(problems('# @ref login\nGET /')[0] ?? '', /^information/);
    assert.match(problems('POST /\nContent-Length: 3')[0] ?? '', /^information/);
  });

  it('takes directives up to the headers’ end', () => {
    assert.deepEqual(
      first('GET /\n# @name late\nA: b\n// @timeout 2m\n').directives.map(({ word }) => word),
      ['name', 'timeout'],
    );
  });

  it('lets @function before the first request hold for the file', () => {
    const document = parseCbhttp('# @function chat\n\n###\nGET /a\n');
    assert.equal(document.fileFunction?.value, 'chat');
    assert.deepEqual(document.problems, []);
  });

  it('hints where ### cuts a Markdown body', () => {
    assert.match(problems('POST /\nContent-Type: text/markdown\n\n# a\n### b\nGET /')[0] ?? '', /^hint/);
  });

  it('gives each request a key that survives edits elsewhere', () => {
    const document = parseCbhttp('### a\n# @name n\nGET /\n### t\nGET /\n### t\nGET /\n###\nGET /\n');
    const keys = requestKeys(document);
    assert.deepEqual(keys.slice(0, 3), ['name:n', 'title:t', 'title:t#2']);
    assert.match(keys[3] ?? '', /^line:GET [0-9a-f]+$/);
  });

  it('puts nothing of a target into a key, which is kept in files', () => {
    const keys = ['u:secret@', 'u:other@'].map(
      (user) => requestKeys(parseCbhttp(`GET http://${user}h/?token=hidden\n`))[0],
    );
    assert.doesNotMatch(keys.join(), /secret|other|hidden/);
    assert.notEqual(keys[0], keys[1]);
  });

  it('finds no request in a section that has none', () => {
    const document = parseCbhttp('### Delete\nDELETE /all\n### Broken\nGETT /x\n');
    assert.equal(requestAtLine(document, 1)?.target, '/all');
    assert.equal(requestAtLine(document, 3), undefined);
  });

  it('finds the request of a line', () => {
    const document = parseCbhttp('# c\nGET /1\n\n### two\nGET /2\n');
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((line) => requestAtLine(document, line)?.target),
      ['/1', '/1', '/1', '/2', '/2', '/2'],
    );
  });

  it('parses any text without throwing, with all spans inside it', () => {
    const line = fc.constantFrom(
      '###', '### t', '# @name x', '@a = {{b}}', 'GET /', 'GET http://a', 'A: b', '', '  ', '{{', '}}', '< {%', '%}',
      '> {%', '?q=1', ' /x', '{"a":1}', '\uFEFF', '\uD800', 'WS x', '\\###', '...x', '<@ f', '\0',
    ); // prettier-ignore
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n', '\r')).map(([lines, end]) => lines.join(end)),
    );
    fc.assert(
      fc.property(text, (input) => {
        const document = parseCbhttp(input);
        for (const { span } of [...document.problems, ...document.requests]) {
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= input.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
