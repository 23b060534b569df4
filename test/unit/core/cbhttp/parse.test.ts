import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { directiveWord } from '../../../../src/core/cbhttp/directives.ts';
import {
  fileFunction,
  placedRequests,
  type CbDocument,
  type CbRequest,
  type Span,
} from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { isDisabled } from '../../../../src/core/cbhttp/directives.ts';
import { documentProblems } from '../../../../src/core/cbhttp/problems.ts';
import { anyText } from './anyText.ts';

function requestsOf(document: CbDocument): CbRequest[] {
  return placedRequests(document).map(({ request }) => request);
}

/** The first request of a text. */
function first(text: string) {
  const [request] = requestsOf(parseCbhttp(text));
  assert.ok(request, 'the text has a request');
  return request;
}

/** Severities and message templates of a text's problems. */
function problems(text: string): string[] {
  return documentProblems(parseCbhttp(text)).map((problem) => `${problem.severity}: ${problem.message.text}`);
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
    assert.deepEqual(documentProblems(document), []);
    assert.deepEqual(
      document.sections.flatMap(({ variables }) => variables).map(({ name, value }) => [name, value]),
      [['user', 'alice']],
    );
    const [hello, clock] = requestsOf(document);
    assert.equal(hello?.title, 'Say hello');
    assert.equal(hello?.name, 'hello');
    assert.equal(hello?.line, 2, 'counted from the section');
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

  it('takes no open brace for a target', () => {
    assert.deepEqual(requestsOf(parseCbhttp('{{\n{{base\n')), []);
    assert.equal(problems('{{\n{{base\n').length, 2);
  });

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
    assert.equal(requestsOf(parseCbhttp(text)).length, 2);
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
      requestsOf(document).map(({ target, headers }) => [target, headers.length]),
      [
        ['http://a', 1],
        ['http://c', 1],
      ],
    );
    assert.deepEqual(
      documentProblems(document).map(({ severity }) => severity),
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
      documentProblems(parseCbhttp(text)).map(({ severity }) => severity),
      Array.from({ length: 10 }, () => 'information'),
    );
  });

  it('refuses protocols it does not speak without spoiling the rest', () => {
    const document = parseCbhttp('WS ws://a\nA: b\n\nbody\n### ok\nGET /');
    assert.deepEqual(
      documentProblems(document).map(({ severity, span }) => [severity, span.start]),
      [['error', 0]],
    );
    assert.equal(requestsOf(document).length, 1);
  });

  it('finds a request below text that is none', () => {
    const document = parseCbhttp('hello world\nGET\nGET http://a');
    assert.equal(requestsOf(document).length, 1);
    assert.deepEqual(
      documentProblems(document).map(({ severity, span }) => [severity, span.start, span.end]),
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
    assert.deepEqual(problems('# @timeout {{limit}}\nGET /'), [], 'not known before sending');
  });

  it('says what is read without effect: directives to come, headers that HTTP computes', () => {
    assert.match(problems('# @expect status 200\nGET /')[0] ?? '', /^information/);
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
    assert.equal(fileFunction(document)?.directive.value, 'chat');
    assert.deepEqual(documentProblems(document), []);
  });

  it('hints where ### cuts a Markdown body', () => {
    assert.match(problems('POST /\nContent-Type: text/markdown\n\n# a\n### b\nGET /')[0] ?? '', /^hint/);
  });

  it('drops one comma at the end of a header, as httpYac does', () => {
    assert.deepEqual(
      first('GET /\nAccept: text/html,\nB: a,,\nC:,').headers.map(({ value }) => value),
      ['text/html', 'a,', ''],
    );
  });

  it('joins query lines below headers, too', () => {
    const request = first('GET http://a\nA: b\n?x=1\n  # why\n  &y=2 HTTP/1.1\nC: d\n\nbody');
    assert.equal(request.target, 'http://a?x=1&y=2');
    assert.deepEqual(
      request.headers.map(({ name }) => name),
      ['A', 'C'],
    );
  });

  it('takes := for =, as httpYac writes what it replaces late', () => {
    const [section] = parseCbhttp('@a := {{b}}\n@c:=1\n@d:e = 2\n').sections;
    assert.deepEqual(
      section?.variables.map(({ name, value }) => [name, value]),
      [
        ['a', '{{b}}'],
        ['c', '1'],
        ['d:e', '2'],
      ],
    );
  });

  it('skips a block of comment above the body, and only there', () => {
    const text = '/*\nGET http://no\n*/\nPOST http://yes\n/*\nA: b\n*/\nC: d\n\n/*\nbody\n*/';
    const { target, headers, body } = first(text);
    assert.deepEqual([target, headers.length, body], ['http://yes', 1, '/*\nbody\n*/']);
    assert.deepEqual(problems(text), []);
  });

  it('knows the ends of comments', () => {
    for (const comment of [
      '/**\n * Docs\n */', '/* one line */', '/* a\n b */', '/*\n b */', '/*\nAccept: */*\n*/', '/* a */\n/** b */',
      '/*\n/* nested */\nGET http://no\n*/',
    ]) assert.deepEqual([first(`${comment}\nGET http://yes`).target, problems(`${comment}\nGET http://yes`)], ['http://yes', []], comment); // prettier-ignore
    assert.equal(first('/*\nGET http://yes').target, 'http://yes', 'one without an end is none');
    assert.equal(first('GET http://a\n  /*/b\nA: b').target, 'http://a/*/b');
  });

  it('drops the HTTP version as httpYac does: in upper case, with what stands behind it', () => {
    const target = (line: string): string => first(`GET ${line}`).target;
    assert.equal(target('http://a HTTP/2.0'), 'http://a');
    assert.equal(target('http://a HTTP/1.1 remark'), 'http://a');
    assert.equal(target('http://a http/1.1'), 'http://a http/1.1');
    assert.equal(target('http://a?b=HTTP/1.1'), 'http://a?b=HTTP/1.1');
    assert.equal(target('http://a HTTP/'), 'http://a HTTP/');
  });

  it('speaks of a script over several lines on its first', () => {
    const text = 'GET http://a\n\n> {%\n  client.test();\n%}\n';
    const [section] = parseCbhttp(text).sections;
    const said = section?.problems.map(({ span }) => text.slice(span.start, span.end));
    assert.deepEqual(said, ['> {%']);
    const kept = section?.foreign.map(({ span }) => text.slice(span.start, span.end));
    assert.deepEqual(kept, ['> {%\n  client.test();\n%}']);
  });

  it('knows other tools’ lines behind blanks, in a body too', () => {
    const text = 'POST http://a\n\nx\n  ?? status == 200\n  >> my file.json\n  <>old.json\n\t> {%\n  %}\n\ny';
    assert.equal(first(text).body, 'x\n\ny');
    assert.deepEqual(
      parseCbhttp(text).sections[0]?.foreign.map(({ kind }) => kind),
      ['assertion', 'save-to-file', 'saved-response', 'script'],
    );
  });

  it('keeps GraphQL fragments above a request, up to a blank line', () => {
    const text = 'fragment F on X {\r\n  a\r\n}\r\n\r\nGRAPHQL http://a\r\n\r\n{ ...F }';
    const { foreign, problems } = parseCbhttp(text).sections[0] ?? assert.fail();
    assert.deepEqual([foreign.map(({ kind }) => kind), problems], [['fragment'], []]);
    assert.equal(text.slice(foreign[0]?.span.start, foreign[0]?.span.end), 'fragment F on X {\r\n  a\r\n}');
    assert.equal(first(text).body, '{ ...F }');
    assert.equal(first('POST http://a\n\nfragment F on X {\n}').body, 'fragment F on X {\n}');
  });

  it('takes a response pasted below a request for another tool’s', () => {
    const text = 'POST http://a\n\nx\n\nHTTP/1.1 200 OK\nA: b\n\nanswer\n### next\nGET http://b';
    assert.equal(first(text).body, 'x');
    assert.equal(requestsOf(parseCbhttp(text)).length, 2);
    const { headers, body } = first('GET http://a\nA: b\nHTTP/1.1 200 OK\nC: d\n\nanswer');
    assert.deepEqual([headers.length, body], [1, null]);
  });

  it('knows a directive in camel case', () => {
    const { directives } = first('# @noRedirect\n# @forceRef login\nGET /');
    assert.deepEqual(
      directives.map(({ word }) => word),
      ['no-redirect', 'force-ref'],
    );
  });

  it('disables a request unless @disabled says no', () => {
    const isLeftOut = (line: string): boolean => isDisabled(first(`${line}\nGET /`).directives);
    assert.deepEqual(
      [
        '# @disabled',
        '# @disabled true',
        '# @disabled since May',
        '# @disabled false',
        '# @disabled 0',
        '#',
      ].map(isLeftOut),
      [true, true, true, false, false, false],
    );
  });

  it('says what each problem is, for quick fixes', () => {
    assert.deepEqual(
      documentProblems(parseCbhttp('GETT http://a\n### b\n# @nam x\nGET http://a\nGET http://c\nx y')).map(
        ({ code, data }) => [code, data],
      ),
      [
        ['unknown-method', { method: 'GETT' }],
        ['unknown-directive', { word: 'nam' }],
        ['missing-separator', undefined],
        ['missing-blank-line', undefined],
      ],
    );
  });

  it('warns of directives without a request', () => {
    assert.match(
      problems('### a\nGET /\n### b\n# @function f\n# @timeout 3s\n').join(),
      /^warning.*,warning/,
    );
  });

  it('keeps every span inside its section, names and values under their spans, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        const document = parseCbhttp(input);
        for (const section of document.sections) {
          const at = ({ start, end }: Span): string => {
            assert.ok(start >= 0 && start <= end && end <= section.text.length);
            return section.text.slice(start, end);
          };
          const { requests, variables, looseDirectives, foreign, problems } = section;
          for (const { span } of [...foreign, ...problems]) at(span);
          for (const variable of variables) {
            assert.equal(at(variable.nameSpan), variable.name);
            assert.equal(at(variable.valueSpan), variable.value);
          }
          for (const directive of [...looseDirectives, ...requests.flatMap(({ directives }) => directives)]) {
            assert.equal(directiveWord(at(directive.wordSpan)), directive.word);
            assert.equal(at(directive.valueSpan), directive.value);
          }
          for (const request of requests) {
            at(request.span);
            assert.equal(request.targetPieces.map(at).join(''), request.target);
            if (request.methodSpan !== null)
              assert.equal(at(request.methodSpan).toUpperCase(), request.method);
            for (const header of request.headers) {
              assert.equal(at(header.nameSpan), header.name);
              assert.equal(at(header.valueSpan), header.value);
            }
            const hasForeign = foreign.some(
              ({ span }) => request.bodySpan !== null && span.end > request.bodySpan.start,
            );
            if (request.bodySpan !== null && !hasForeign)
              assert.equal(at(request.bodySpan).replace(/\r\n?/g, '\n'), request.body);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
