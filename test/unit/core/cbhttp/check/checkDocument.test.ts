import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { checkDocument } from '../../../../../src/core/cbhttp/check/checkDocument.ts';
import type { LanguageContext, LastExchange } from '../../../../../src/core/cbhttp/languageContext.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { updateDocument } from '../../../../../src/core/cbhttp/update.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';
import { documentText } from '../../../../../src/core/cbhttp/document.ts';
import { checkText, contextOf, functionInfo, problemsIn } from './context.ts';

const answer: LastExchange = {
  status: 200,
  headers: [['X-A', 'b']],
  json: { token: 't' },
  eventCount: 0,
  eventData: () => undefined,
  text: '{"token":"t"}',
};

describe('checkDocument', () => {
  it('finds nothing wrong with the example of the language specification', () => {
    const text = [
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
    ].join('\n');
    assert.deepEqual(problemsIn(text), []);
  });

  it('gives the parser’s problems too, in the spans of the document', () => {
    assert.deepEqual(problemsIn('GET http://a\n### b\nFOO http://a'), [
      'error unknown-method "FOO http://a"',
    ]);
  });

  it('follows what a section rests on without an edit of it', () => {
    const { document } = checkText(
      '@a = {{login.response.body.$.token}}\nGET http://x/{{a}}\n###\n# @ref login\nGET fn://f\n\n< ./b.json',
    );
    const codes = (parts: Partial<LanguageContext>): (string | undefined)[] =>
      checkDocument(document, contextOf(parts))
        .map(({ code }) => code)
        .filter((code) => code !== 'without-effect');
    const rest = ['body-with-get', 'missing-content-type'];
    assert.deepEqual(codes({}), ['unknown-variable', ...rest, 'unknown-request']);
    const otherRequestNames = ['login'];
    assert.deepEqual(codes({ otherRequestNames }), ['no-response', ...rest]);
    assert.deepEqual(codes({ otherRequestNames, lastExchange: () => answer }), rest);
    assert.deepEqual(codes({ otherRequestNames, lastExchange: () => ({ ...answer, json: {} }) }), [
      'unknown-variable',
      ...rest,
    ]);
    const known = { otherRequestNames, lastExchange: () => answer };
    assert.deepEqual(codes({ ...known, functions: [functionInfo('f', 'event')] }), [
      'event-function',
      ...rest,
    ]);
    assert.deepEqual(codes({ ...known, fileExists: () => false }), [
      'body-with-get',
      'missing-file',
      'missing-content-type',
    ]);
    assert.deepEqual(codes({ ...known, fileExists: () => true }), rest);
  });

  it('follows a variable through others', () => {
    let document = parseCbhttp(
      '@host = a\n###\n@base = http://{{host}}\n###\nGET {{base}}/\n### c\nGET http://c',
    );
    const context = contextOf();
    const codes = (): (string | undefined)[] => checkDocument(document, context).map(({ code }) => code);
    assert.deepEqual(codes(), []);
    document = updateDocument(document, [{ offset: '@host = '.length, length: 1, text: 'a b' }]);
    assert.deepEqual(codes(), ['invalid-url']);
    document = updateDocument(document, [{ offset: '@host = a'.length, length: 2, text: '' }]);
    assert.deepEqual(codes(), []);
    document = updateDocument(document, [{ offset: 1, length: 4, text: 'h' }]);
    assert.deepEqual(codes(), ['unknown-variable']);
  });

  it('follows a variable through the settings', () => {
    let document = parseCbhttp('### a\n\n### b\nGET http://x/{{base}}\n### c\nGET http://x/{{token}}');
    const seen: { last: LastExchange | undefined } = { last: undefined };
    const context = contextOf({
      profiles: readProfiles(
        { p: { variables: { base: '{{host}}', token: '{{r.response.body.$.token}}' } } },
        'p',
      ),
      lastExchange: () => seen.last,
      otherRequestNames: ['r'],
    });
    const codes = (): (string | undefined)[] => checkDocument(document, context).map(({ code }) => code);
    assert.deepEqual(codes(), ['unknown-variable', 'no-response']);
    document = updateDocument(document, [{ offset: 6, length: 0, text: '@host = h\n' }]);
    assert.deepEqual(codes(), ['no-response']);
    seen.last = answer;
    assert.deepEqual(codes(), []);
  });

  const piece = fc.constantFrom(
    '###',
    '\n',
    '\n\n',
    '\r\n',
    '@a = 1\n',
    '@b = {{a}}\n',
    '@a = {{b}}\n',
    '@c = {{r.response.body.$.token}}\n',
    '@d = {{viaFile}}\n',
    'A: {{viaFile}}{{d}}\n',
    'A: {{viaAnswer}}\n',
    '# @name r\n',
    '# @name s\n',
    '# @ref r\n',
    '# @ref s\n',
    '# @profile dev\n',
    '# @profile nope\n',
    '# @function f\n',
    '# @timeout 2s\n',
    '# @prompt p\n',
    'GET fn://f/{{a}}/{{b}}\n',
    'POST fn://e/{{c}}{{p}}\n',
    'GET http://{{a}}/{{nope}}\n',
    'GET /{{$function}}\n',
    'A: {{b}}\n',
    'Content-Type: application/json\n',
    '{ "a": {{b}} }\n',
    '{ "a": \n',
    '< ./there\n',
    '< ./missing\n',
    'ü: 1\n',
    '{{',
    '}}',
    'x',
  );
  const context = contextOf({
    functions: [functionInfo('f'), functionInfo('e', 'event')],
    lastExchange: (name) => (name === 'r' ? answer : undefined),
    fileExists: (path) => path === './there',
    profiles: readProfiles(
      {
        $shared: { variables: { viaAnswer: '{{r.response.body.$.token}}' } },
        local: { route: 'local', variables: { viaFile: '{{a}}' } },
        dev: { envId: 'my-dev-1a2b', variables: { viaFile: '{{b}}' } },
      },
      'local',
    ),
  });

  it('finds the same after edits as in a text read anew', () => {
    const edit = fc.record({ at: fc.nat(1000), length: fc.nat(40), text: fc.array(piece, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(edit, { maxLength: 8 }), (pieces, edits) => {
        let document = parseCbhttp(pieces.join(''));
        checkDocument(document, context);
        for (const { at, length, text } of edits) {
          const offset = Math.min(at, document.length);
          document = updateDocument(document, [
            { offset, length: Math.min(length, document.length - offset), text: text.join('') },
          ]);
          const anew = parseCbhttp(documentText(document));
          assert.deepEqual(checkDocument(document, context), checkDocument(anew, context));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('takes any text, and reports inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { span } of checkText(text, context).problems)
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
      }),
    );
  });

  it('keeps what it found in sections that an edit does not touch', () => {
    const parts = Array.from({ length: 50 }, (_, index) => `### ${index}\nPOST fn://f/${index}\n\ntext\n`);
    let document = parseCbhttp(parts.join(''));
    const before = checkDocument(document, context);
    assert.equal(before.length, 50);
    const offset = (document.offsets[31] ?? 0) - 1;
    document = updateDocument(document, [{ offset, length: 0, text: 'x' }]);
    const after = checkDocument(document, contextOf({ ...context, functions: [...context.functions] }));
    // What stands above is the very same; what stands below has moved.
    assert.deepEqual(
      after.map((problem, index) => problem === before[index]),
      after.map((_, index) => index < 30),
    );
  });
});
