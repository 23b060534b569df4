import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { documentText, placedRequests } from '../../../../../src/core/cbhttp/document.ts';
import { applyEdits, formatEdits, type FormatOptions } from '../../../../../src/core/cbhttp/format/format.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { documentProblems } from '../../../../../src/core/cbhttp/problems.ts';
import { cbhttpTexts } from './cbhttpTexts.ts';

const options: FormatOptions = { tabSize: 2, insertSpaces: true, jsonBodies: true };

function format(text: string, given: Partial<FormatOptions> = {}): string {
  const document = parseCbhttp(text);
  assert.equal(documentText(document), text);
  return applyEdits(text, formatEdits(document, { ...options, ...given }));
}

/** Everything a document says, without where. */
function meaning(text: string, bodyOf: (body: string) => unknown = (body) => body): unknown {
  const document = parseCbhttp(text);
  return {
    requests: placedRequests(document).map(({ request }) => {
      const { name, title, method, target, headers, body, directives } = request;
      return {
        name,
        title,
        method,
        target,
        headers: headers.map((header) => [header.name, header.value]),
        body: body === null ? null : bodyOf(body),
        directives: directives.map(({ word, value }) => [word, value]),
      };
    }),
    variables: document.sections.flatMap(({ variables }) =>
      variables.map(({ name, value }) => [name, value]),
    ),
    loose: document.sections.flatMap(({ looseDirectives }) =>
      looseDirectives.map(({ word, value }) => [word, value]),
    ),
    foreign: document.sections.flatMap(({ foreign, text: own }) =>
      foreign.map(({ kind, span }) => [kind, own.slice(span.start, span.end)]),
    ),
    problems: documentProblems(document).map(({ severity, message }) => [severity, message]),
  };
}

function asJson(body: string): unknown {
  try {
    return { json: JSON.parse(body) as unknown };
  } catch {
    return body;
  }
}

describe('formatEdits', () => {
  it('lays out every kind of line', () => {
    const untidy = [
      '',
      ' @user=alice ',
      '@base   =   fn://my-function',
      '###Say hello   ',
      '',
      '',
      ' #@name   hello',
      '//   @timeout 30s  ',
      '   // a  comment ',
      'POST    fn://my-function/api/hello   HTTP/1.1',
      '?lang=zh',
      '      &more=1',
      'content-type :application/json ',
      'X-Empty:   ',
      '  ',
      '',
      '{"user":"{{user}}","ids":[1,20000000000000000001],"none":{}}',
      '### next',
      'GET   /x',
      '',
      '',
      '',
    ].join('\n');
    assert.equal(
      format(untidy),
      [
        '@user = alice',
        '@base = fn://my-function',
        '',
        '### Say hello',
        '',
        '# @name hello',
        '// @timeout 30s',
        '// a  comment',
        'POST fn://my-function/api/hello HTTP/1.1',
        '  ?lang=zh',
        '  &more=1',
        'content-type: application/json',
        'X-Empty:',
        '',
        '{',
        '  "user": "{{user}}",',
        '  "ids": [',
        '    1,',
        '    20000000000000000001',
        '  ],',
        '  "none": {}',
        '}',
        '',
        '### next',
        'GET /x',
        '',
      ].join('\n'),
    );
  });

  it('leaves bodies alone that are not JSON by their type and text', () => {
    const bodies = [
      ['Content-Type: text/plain', '{"a":1}'],
      ['Content-Type: application/json', '{"a":{{number}}}'],
      ['Content-Type: application/json', '{"a":1}\n> {% script %}\n{"b":2}'],
      ['Content-Type: application/json', '{"a":1} // comment'],
      ['Content-Type: application/json\nX-REQUEST-TYPE: GraphQL', '{"a":1}'],
      ['Content-Type: application/x-ndjson', '{"a":1}'],
      ['Content-Type: application/x-www-form-urlencoded', 'a=1\n  &b=2  '],
      ['X: y', '  - a\n\n\n  - b  '],
    ];
    for (const [headers, body] of bodies) {
      const text = `POST http://localhost/\n${headers ?? ''}\n\n${body ?? ''}\n`;
      assert.equal(format(text), text);
    }
  });

  it('leaves JSON bodies alone where it is told to', () => {
    const text = 'POST /\nContent-Type: application/json\n\n{"a":1}\n';
    assert.equal(format(text, { jsonBodies: false }), text);
    assert.match(format(text, { insertSpaces: false }), /\{\n\t"a": 1\n\}/);
  });

  it('keeps the kind of line end', () => {
    assert.equal(
      format('POST /x\r\nContent-Type:application/json\r\n\r\n\r\n{"a":1}\r\n###\r\nGET  /y'),
      'POST /x\r\nContent-Type: application/json\r\n\r\n{\r\n  "a": 1\r\n}\r\n\r\n###\r\nGET /y',
    );
  });

  it('never makes a separator of an indented ###, nor touches scripts and lines it does not know', () => {
    const text = [
      ' ### no separator',
      ' ### @name no',
      'what is   this',
      '',
      '',
      '   # below it',
      '< {%',
      '   x',
      '',
      '',
      '%}',
      'GET /x',
      '',
      '> {% never closed',
      '',
      '',
    ].join('\n');
    assert.equal(format(text), text);
  });

  it('does not lay out JSON that is nested too deeply, or slowly what is long', () => {
    const deep = `POST /\nContent-Type: application/json\n\n${'['.repeat(10_000)}${']'.repeat(10_000)}\n`;
    assert.equal(format(deep), deep);
    const long = `POST /\nContent-Type: application/json\n\n"${'\\"'.repeat(2_000_000)}"\n`;
    assert.equal(format(`${long}\n\n`), long);
  });

  it('formats a range only', () => {
    const text = 'GET   /a\nX:1\nY:2\n\n### b\nGET   /b\n';
    const document = parseCbhttp(text);
    const line = { start: text.indexOf('X:1'), end: text.indexOf('X:1') + 1 };
    assert.equal(
      applyEdits(text, formatEdits(document, options, line)),
      'GET   /a\nX: 1\nY:2\n\n### b\nGET   /b\n',
    );
  });

  it('changes no meaning: what is parsed afterwards equals what was parsed before', () => {
    fc.assert(
      fc.property(cbhttpTexts, (text) => {
        assert.deepEqual(meaning(format(text, { jsonBodies: false })), meaning(text));
        assert.deepEqual(meaning(format(text), asJson), meaning(text, asJson));
      }),
      { numRuns: 2000 },
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(cbhttpTexts, fc.boolean(), (text, jsonBodies) => {
        const once = format(text, { jsonBodies });
        assert.equal(format(once, { jsonBodies }), once);
      }),
      { numRuns: 2000 },
    );
  });

  it('changes no meaning where a range is formatted', () => {
    fc.assert(
      fc.property(cbhttpTexts, fc.nat(200), fc.nat(100), (text, start, length) => {
        const edits = formatEdits(
          parseCbhttp(text),
          { ...options, jsonBodies: false },
          { start, end: start + length },
        );
        assert.deepEqual(meaning(applyEdits(text, edits)), meaning(text));
      }),
    );
  });
});
