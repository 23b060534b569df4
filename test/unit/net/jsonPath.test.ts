import assert from 'node:assert/strict';
import fc from 'fast-check';
import { query, type JSONValue } from 'json-p3';
import { describe, it } from 'mocha';
import { isCbError } from '../../../src/core/errors.ts';
import { createJsonPathEngine } from '../../../src/net/jsonPath.ts';

describe('createJsonPathEngine', () => {
  const engine = createJsonPathEngine();
  const find = (path: string, value: unknown) => engine.compile(path)(value);

  it('gives the values a path finds', () => {
    const value = { a: [{ b: 1 }, { b: null }, 'c'], 'd e': { a: 2 } };
    assert.deepEqual(find('$', value), [value]);
    assert.deepEqual(find('$.a[1].b', value), [null]);
    assert.deepEqual(find('$.a[-1]', value), ['c']);
    assert.deepEqual(find('$["d e"].a', value), [2]);
    assert.deepEqual(find('$.a[*].b', value), [1, null]);
    assert.deepEqual(find('$.a[?@.b == 1]', value), [{ b: 1 }]);
  });

  it('finds no member in an array, no element in an object, nothing inherited', () => {
    for (const path of ['$.length', '$[3]', '$[-4]', '$["0"]', '$.constructor', '$[0].length']) {
      assert.deepEqual(find(path, ['abc', 2, 3]), [], path);
    }
    for (const path of ['$[0]', '$.toString', '$.__proto__', '$.a.b']) {
      assert.deepEqual(find(path, { '0': 1, a: null }), [], path);
    }
    assert.deepEqual(find('$.__proto__', JSON.parse('{"__proto__":1}')), [1]);
  });

  it('finds nothing where a value is too deep, and anything in a wide one', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    assert.deepEqual(find('$..a', deep), []);
    assert.equal(find('$[*]', Array(500_000).fill(1)).length, 500_000);
  });

  it('means by $ within a filter the whole value', () => {
    assert.deepEqual(find('$.a[?@.b == $.c]', { a: [{ b: 1 }, { b: 2 }], c: 2 }), [{ b: 2 }]);
    assert.deepEqual(find('$.a[?@[?@ == $.c]]', { a: [[1], [2]], c: 2 }), [[2]]);
  });

  it('finds what the library finds, in its order', () => {
    const name = fc.constantFrom('a', 'b');
    const value = fc.letrec<{ any: JSONValue; list: JSONValue[]; map: Record<string, JSONValue> }>((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, fc.constantFrom<JSONValue>(0, 1, null, 'a', true), tie('list'), tie('map')),
      list: fc.array(tie('any'), { maxLength: 4 }),
      map: fc.dictionary(name, tie('any'), { maxKeys: 2 }),
    })).any; // prettier-ignore
    const one = fc.constantFrom('', '.a', '.b', '[0]', '[-1]', '.a.b', '.a[0]');
    const some = fc.oneof(one, fc.constantFrom('[*]', '..a', '..*', '[1:]', '["a", 0]', '[?@.a]'));
    const operator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
    const operand = fc.oneof(
      one.map((path) => `@${path}`),
      one.map((path) => `$${path}`),
      fc.constantFrom('1', '"a"', 'null', 'true', 'length(@.a)', 'count(@..a)', 'value(@..b)'),
    );
    const test = fc.oneof(
      fc.tuple(operand, operator, operand).map((parts) => parts.join(' ')),
      some.map((path) => `@${path}`),
      some.map((path) => `!@${path}`),
      fc.constantFrom('match(@.a, "a")', 'search(@, "a")', '!match(@, "b")'),
    );
    const filter = fc
      .array(fc.tuple(test, fc.constantFrom('&&', '||')), { minLength: 1, maxLength: 3 })
      .map(
        (parts) => `[?${parts.map(([text, join], at) => (at === 0 ? text : `${join} ${text}`)).join(' ')}]`,
      );
    const path = fc.tuple(some, fc.oneof(some, filter, filter), some).map((parts) => `$${parts.join('')}`);
    fc.assert(
      fc.property(value, path, (json, text) => {
        assert.deepEqual(find(text, json), query(text, json).values(), text);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses what is no path, and says where', () => {
    assert.throws(
      () => engine.compile('$.a b'),
      (error) =>
        isCbError(error) && error.code === 'usage' && error.span?.start === 4 && error.span.end === 5,
    );
  });
});
