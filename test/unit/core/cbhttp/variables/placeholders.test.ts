import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  findOpenBraces,
  findPlaceholders,
  replaceVariables,
} from '../../../../../src/core/cbhttp/variables/placeholders.ts';

const angle = (name: string): string => `<${name}>`;

describe('replaceVariables', () => {
  it('replaces trimmed names, in any of their places', () => {
    assert.equal(replaceVariables('{{a}}/{{ b c }}{{d}}', angle), '<a>/<b c><d>');
    assert.equal(replaceVariables('{{{a}}}', angle), '{<a>}');
    assert.equal(replaceVariables('{{a{{b}}', angle), '{{a<b>');
    assert.equal(replaceVariables('{{$datetime "YYYY"}}', angle), '<$datetime "YYYY">');
  });

  it('leaves escaped braces as the braces alone', () => {
    assert.equal(replaceVariables('\\{{a}} \\{\\{ b \\}\\} {{c}}', angle), '{{a}} {{ b }} <c>');
    assert.equal(replaceVariables('\\{\\{ {{c}} \\}\\}', angle), '\\{\\{ <c> \\}\\}');
    assert.equal(replaceVariables('\\{{a}}{{b}}\\{{c}}', angle), '{{a}}<b>{{c}}');
    assert.equal(replaceVariables('\\{\\{a\\}\\}{{b}}', angle), '{{a}}<b>');
  });

  it('leaves JSON, empty braces and braces without an end alone', () => {
    for (const text of [
      '{"a":{{"b":1}}}',
      '{{}} {{ }} {{',
      '{{a}',
      '{{a\n}}',
      '\\{\\{a\\}',
      '\\{\\{\\}\\}',
      'a\\b',
      '\\',
    ]) {
      assert.equal(replaceVariables(text, angle), text);
    }
  });

  it('leaves what may have been meant otherwise', () => {
    const open = (text: string): number => findOpenBraces(text);
    assert.deepEqual(['{{a', 'x{{a}', '{{a{{b}}}}', '{{a}}{{ b', '\\{{a}}{{b'].map(open), [0, 1, 0, 5, 6]);
    const fine = ['{{a}}', '{{{a}}}', '{{}}', '{{ }}', '{{"a": 1}}', '\\{{a', '\\{\\{a\\}\\}', '{a', ''];
    assert.deepEqual(
      fine.map(open),
      fine.map(() => -1),
    );
  });

  it('finds what it replaces', () => {
    const text = 'x{{ a }}\\{{b}}{{c}}';
    const found = findPlaceholders(text).map(({ start, end, innerStart, innerEnd }) => [
      text.slice(start, end),
      text.slice(innerStart, innerEnd),
    ]);
    assert.deepEqual(found, [
      ['{{ a }}', ' a '],
      ['{{c}}', 'c'],
    ]);
  });

  it('never throws, and with values that are the placeholders themselves changes nothing but escapes', () => {
    const piece = fc.constantFrom('{', '}', '{{', '}}', '\\', '"', ' ', 'a', '\n', '\uD800', '中');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const same = replaceVariables(text, (_expression, { start, end }) => text.slice(start, end));
        assert.equal(same.replaceAll('\\', ''), text.replaceAll('\\', ''));
        for (const { start, end } of findPlaceholders(text)) {
          assert.ok(text.startsWith('{{', start) && text.slice(0, end).endsWith('}}'));
        }
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const size = 300_000;
    for (const unit of ['{', '{{', '{{a', '\\{\\{', '\\{\\{a}', '\\', '}', '{{a}}', '{{ ']) {
      const text = unit.repeat(size / unit.length);
      const start = performance.now();
      replaceVariables(text, angle);
      const ms = performance.now() - start;
      assert.ok(ms < 3000, `${unit}: ${ms} ms`); // a quadratic one takes minutes
    }
  });
});
