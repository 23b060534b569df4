import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../../src/core/message.ts';
import { compileFilter, RowFilter } from '../../../../../src/core/stream/search/rowFilter.ts';
import { createJsonPathEngine } from '../../../../../src/net/jsonPath.ts';
import { storeOf, utf8 } from '../../../../support/eventStreams.ts';

const engine = createJsonPathEngine();

function find(
  data: readonly string[],
  text: string,
): number[] | [message: string, offset: number | undefined] {
  const filter = compileFilter({ text, mode: 'jsonpath', matchCase: false, type: null, kinds: null }, engine);
  if ('error' in filter) return [formatMessage(filter.error), filter.offset];
  const store = storeOf(utf8(data.map((json) => json.replace(/^/gm, 'data: ') + '\n\n').join('')));
  const rows = new RowFilter(store, filter);
  rows.advance(1000, () => 0);
  return Array.from({ length: rows.length }, (_, index) => rows.row(index));
}

describe('jsonPathMatcher', () => {
  const data = [
    '{"type":"text","delta":"你好"}',
    '{"type":"usage","usage":{"total":7}}',
    '[DONE]',
    'plain text',
    '{"choices":[{"delta":{"content":null}}]}',
    '{\n  "type": "text"\n}',
    '{"\\u0074ype":"text","delta":""}',
    '3',
    'true',
    '{"type":"text","delta":"cut',
    ' {"été": 1}',
  ];

  it('finds events in whose JSON a path finds something', () => {
    assert.deepEqual(find(data, '$'), [0, 1, 4, 5, 6, 7, 8, 10]);
    assert.deepEqual(find(data, '$.type'), [0, 1, 5, 6]);
    assert.deepEqual(find(data, ' $["usage"].total '), [1]);
    assert.deepEqual(find(data, '$.choices[0].delta.content'), [4], 'null is a value');
    assert.deepEqual(find(data, '$.choices[-1]'), [4]);
    assert.deepEqual(find(data, '$.choices[1]'), []);
    assert.deepEqual(find(data, '$..content'), [4]);
    assert.deepEqual(find(data, '$.été'), [10]);
  });

  it('finds events of which a filter expression is true', () => {
    assert.deepEqual(find(data, '@.type == "text"'), [0, 5, 6]);
    assert.deepEqual(find(data, '@.type == "text" && @.delta'), [0, 6]);
    assert.deepEqual(find(data, '?@.usage.total > 5'), [1]);
    assert.deepEqual(find(data, ' ?(@.usage.total > 7)'), []);
    assert.deepEqual(find(data, '!@.type'), [4, 7, 8, 10]);
    assert.deepEqual(find(data, '@ == 3 || @ == true'), [7, 8]);
    assert.deepEqual(find(data, 'length(@.delta) == 2'), [0]);
    assert.deepEqual(find(data, 'search(@.type, "^us")'), [1]);
  });

  it('says what is wrong, and where in the text as written', () => {
    assert.deepEqual(find(data, '$.a b'), [
      "Not a JSONPath: expected '.', '..' or a bracketed selection, found 'b'",
      4,
    ]);
    assert.deepEqual(find(data, '  $.a b')[1], 6);
    assert.deepEqual(find(data, '@.a ==')[1], 6);
    assert.deepEqual(find(data, ' ?nope(@.a)'), ["Not a JSONPath: no such function 'nope'", 2]);
    for (const text of ['$.', '@.', '?', '$[', 'type == "text"', '@.a]', '@.x == "open']) {
      const [message, offset] = find(data, text);
      assert.match(String(message), /^Not a JSONPath: ./, text);
      assert.ok(Number(offset) >= 0 && Number(offset) <= text.length, text);
    }
  });

  it('finds the same whether or not a path’s names are looked for first', () => {
    const name = fc.constantFrom('a', 'b', 'ab', 'a_1', 'é', 'aé', 'u');
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, fc.constantFrom(1, null, 'a', '"b"', '\\u'), tie('list'), tie('map')),
      list: fc.array(tie('any'), { maxLength: 3 }),
      map: fc.dictionary(name, tie('any'), { maxKeys: 3 }),
    })).any; // prettier-ignore
    const step = fc.oneof(
      name.map((one) => `.${one}`),
      name.map((one) => `['${one}']`),
      fc.constantFrom('[0]', '[-1]', '[*]', '.*', '..a', '[?@.a]'),
    );
    fc.assert(
      fc.property(value, fc.array(step, { maxLength: 4 }), (json, steps) => {
        const text = JSON.stringify(json);
        const path = steps.join('');
        // The same path as a filter's existence test takes neither shortcut.
        assert.deepEqual(find([text], `$${path}`), find([text], `?@${path}`), `${path} in ${text}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves out what is too long to be parsed as a whole', () => {
    const filter = compileFilter(
      { text: '$', mode: 'jsonpath', matchCase: false, type: null, kinds: null },
      engine,
    );
    assert.ok(!('error' in filter));
    const rows = new RowFilter(storeOf(utf8(`data: "${'x'.repeat(1_100_000)}"\n\ndata: 1\n\n`)), filter);
    rows.advance(1000, () => 0);
    assert.deepEqual([rows.length, rows.row(0), rows.cutCount], [1, 1, 1]);
  });

  it('needs an engine', () => {
    const filter = compileFilter(
      { text: '$', mode: 'jsonpath', matchCase: false, type: null, kinds: null },
      null,
    );
    assert.ok('error' in filter);
  });
});
