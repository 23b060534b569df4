import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../../src/core/message.ts';
import { almostJson } from '../../../../../src/core/stream/lint/almostJson.ts';
import { firstJsonFault } from '../../../../../src/core/stream/lint/jsonFault.ts';

const fault = (text: string): string => {
  const broken = almostJson(text);
  return broken === null ? 'none' : `${broken.offset}: ${formatMessage(broken.reason)}`;
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('almostJson', () => {
  it('says where and why a text stops being JSON', () => {
    const golden: readonly (readonly [text: string, expected: string])[] = [
      ['{"a": 1, "b', '11: It ends too early: was it cut off, or split over several events?'],
      ["{'a': 1}", '1: Strings and keys need double quotes, not single ones.'],
      ["[{'a': 1}]", '2: Strings and keys need double quotes, not single ones.'],
      ['{"a": \'x\'}', '6: Strings and keys need double quotes, not single ones.'],
      ['{"a": 1, }', '7: A comma stands before a closing bracket.'],
      ['[1, 2,]', '5: A comma stands before a closing bracket.'],
      ['{"a": NaN}', '6: JSON has no NaN.'],
      ['{"a": -Infinity}', '6: JSON has no -Infinity.'],
      ['[undefined]', '1: JSON has no undefined.'],
      ['{"a": None}', '6: JSON has no None: was Python’s str() used in place of json.dumps()?'],
      ['{"a": [True]}', '7: JSON has no True: was Python’s str() used in place of json.dumps()?'],
      ['{"a": 1}{"b": 2}', '8: Several JSON values stand in one event.'],
      ['{"a": 1}\n{"b": 2}', '9: Several JSON values stand in one event.'],
      ['{"a": 1} done', '9: Text follows the JSON value.'],
      ['{a: 1}', '1: The key a needs double quotes.'],
      ['{"a" 1}', '5: A colon is missing after a key.'],
      ['{"a": }', '6: A value is missing before "}".'],
      ['{"a": 1 "b": 2}', '8: """ follows a value: is a comma missing, or a quote not escaped?'],
      ['{"a": "say "hi""}', '12: "h" follows a value: is a comma missing, or a quote not escaped?'],
      ['{"a": "x\ny"}', '8: A control character stands in a string, such as a line break.'],
      ['{"a": "\\x41"}', '7: A backslash in a string begins no escape that JSON knows.'],
      ['{"a": 01}', '6: A number is not written as JSON wants it.'],
      ['{"a": [1}', '8: "}" closes what "[" has opened.'],
      ['{"a": 1, /* b */ "c": 2}', '9: JSON has no comments.'],
      ['[object Object]', '0: An object was turned into text without JSON.stringify.'],
      [' {"a": tru', '10: It ends too early: was it cut off, or split over several events?'],
      ['{"a": 1, "b": 你}', '14: "你" stands where a value should.'],
    ];
    for (const [text, expected] of golden) assert.equal(fault(text), expected, text);
  });

  it('leaves texts alone that only begin with a bracket', () => {
    for (const text of ['[DONE]', '[INFO] started', '[12:30:01] hello', '[2024-01-01] x', '[1][2]', '[1] Smith', '{name} says', '[', '{', '{}', '[[Link]]', '["quoted" words]', '', 'data', '42']) {
      assert.equal(fault(text), 'none', text);
    } // prettier-ignore
  });

  it('finds nothing in JSON, and a cut in all that is cut off', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        assert.equal(almostJson(text), null);
        assert.equal(firstJsonFault(text), null);
        const cut = text.slice(0, 2 + (at % (text.length - 2)));
        const broken = almostJson(cut);
        assert.equal(broken?.offset, cut.length);
        assert.match(broken.reason.text, /^It ends too early/);
      }),
      { numRuns: 400 },
    );
  });

  it('agrees with JSON.parse on every text', () => {
    const token = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '"a"', '"\\u00e9"', '\\', '"b', '1', '-', '0', '.5', 'e+1', 'true', 'null', 'nul', 'NaN', "'", ' ', '\n', '\u00a0', '中', '/'); // prettier-ignore
    const jsonLike = fc.array(token, { maxLength: 14 }).map((tokens) => tokens.join(''));
    const mutated = fc.tuple(fc.json(), fc.nat(), fc.nat(3), token).map(([json, at, gone, put]) => {
      const from = at % (json.length + 1);
      return json.slice(0, from) + put + json.slice(from + gone);
    });
    fc.assert(
      fc.property(fc.oneof(jsonLike, mutated), (text) => {
        assert.equal(firstJsonFault(text) === null, isJson(text));
        if (isJson(text)) assert.equal(almostJson(text), null);
        const inObject = `{"k":0,"l":${text}}`;
        assert.equal(almostJson(inObject) === null, isJson(inObject), inObject);
      }),
      { numRuns: 3000 },
    );
  });

  it('is not overcome by depth or length', () => {
    assert.match(fault('['.repeat(200_000)), /^200000: It ends too early/);
    assert.match(fault(`{"a": "${'x'.repeat(1_000_000)}`), /^1000007: It ends too early/);
  });
});
