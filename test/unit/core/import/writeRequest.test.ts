import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { bodyParts } from '../../../../src/core/cbhttp/body/bodyParts.ts';
import { fileVariables, placedRequests } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { replaceVariables } from '../../../../src/core/cbhttp/variables/placeholders.ts';
import { createHoles, hole } from '../../../../src/core/import/holes.ts';
import { emptyParts } from '../../../../src/core/import/requestParts.ts';
import { writeRequest } from '../../../../src/core/import/writeRequest.ts';

/** What a written request says once its variables are replaced: holes by `<name>`. */
function readBack(text: string): { target: string; headers: [string, string][]; body: string } {
  const document = parseCbhttp(text);
  const variables = fileVariables(document);
  const fill = (written: string): string =>
    replaceVariables(written, (name) => variables.get(name)?.[0]?.variable.value ?? `<${name}>`);
  const [placed, ...more] = placedRequests(document);
  assert.ok(placed);
  assert.deepEqual(more, []);
  const { request, section } = placed;
  const lines = bodyParts(request, section, false).flatMap((part) =>
    part.kind === 'text' ? part.lines : assert.fail(`a file: ${part.path}`),
  );
  return {
    target: fill(request.target),
    headers: request.headers.map(({ name, value }) => [name, fill(value).trim()]),
    body: fill(lines.join('\n')),
  };
}

const special = [
  '{{',
  '}}',
  '{',
  '}',
  '\\',
  '\n',
  '\n\n',
  '###',
  '< ',
  '<@ ',
  '> a.js',
  '>> b',
  '?? c',
  '<> d',
  '< {% x %}',
];
const more = [
  'HTTP/1.1 200',
  'GET https://a',
  '\\###',
  '{{request',
  '# @name x',
  '@a = b',
  '/*',
  ',',
  ' ',
  '你',
  '%}',
  'HOLE',
];
const piece = fc.oneof(fc.constantFrom(...special, ...more), fc.string({ unit: 'grapheme', maxLength: 3 }));
const text = fc
  .array(piece, { maxLength: 12 })
  .map((pieces) => pieces.join('').replace(/[\r\u2028\u2029\u0085\u{F0000}-\u{FFFFD}]/gu, ''));

describe('writeRequest', () => {
  it('says exactly what it was given, whatever that is', () => {
    const header = fc.tuple(fc.constantFrom('A', 'X-Long-Name', '!', 'get'), text);
    fc.assert(
      fc.property(text, fc.array(header, { maxLength: 3 }), text, (path, headers, body) => {
        const holes = createHoles();
        const withHoles = (one: string): string => one.replaceAll('HOLE', hole(holes, 'name'));
        const shown = (one: string): string => one.replaceAll('HOLE', '<name>');
        // eslint-disable-next-line no-control-regex -- what a header cannot have
        const oneLine = (one: string): string => one.replace(/[\u0000-\u001f\u007f]/g, '').trim();
        const parts = {
          ...emptyParts(),
          method: 'POST',
          target: `fn://a/${withHoles(path)}`,
          headers: headers.map(([name, value]): [string, string] => [name, oneLine(withHoles(value))]),
          body: [{ kind: 'text' as const, text: withHoles(body) }],
        };
        const back = readBack(writeRequest(parts, holes));
        // eslint-disable-next-line no-control-regex -- what a target cannot have
        const encoded = shown(path).replace(/[\s\u0000-\u0020\u007f]/g, encodeURIComponent);
        assert.equal(back.target, `fn://a/${encoded}`);
        assert.deepEqual(
          back.headers,
          headers.map(([name, value]) => [name, oneLine(shown(value))]),
        );
        assert.equal(back.body.trim() === '' ? '' : back.body, body.trim() === '' ? '' : shown(body));
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves out a header that the language cannot write, and says so', () => {
    const holes = createHoles();
    const headers: [string, string][] = [
      ['#a', '1'],
      ['&b', '2'],
      ['c d', '3'],
      ['e', 'x\ny'],
      ['f', 'ok'],
    ];
    const parts = { ...emptyParts(), target: 'http://a/', headers };
    assert.equal(writeRequest(parts, holes), '### a\nGET http://a/\nf: ok\n');
    assert.deepEqual(
      parts.hints.map(({ args }) => args),
      [['#a'], ['&b'], ['c d'], ['e']],
    );
  });
});
