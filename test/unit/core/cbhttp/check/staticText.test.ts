import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { staticText } from '../../../../../src/core/cbhttp/check/staticText.ts';
import { replaceVariables } from '../../../../../src/core/cbhttp/variables/placeholders.ts';

describe('staticText', () => {
  it('tells where each stretch was written', () => {
    const written = 'a {{x}} b {{y}}c';
    const {
      text,
      holes,
      written: back,
    } = staticText(written, (name) => (name === 'x' ? 'long value' : null), '1');
    assert.equal(text, 'a long value b 1c');
    assert.deepEqual(holes, [{ start: 15, end: 16 }]);
    const source = (start: number, end: number): string => {
      const span = back({ start, end });
      return written.slice(span.start, span.end);
    };
    assert.equal(source(0, 1), 'a');
    assert.equal(source(4, 6), '{{x}}');
    assert.equal(source(0, 4), 'a {{x}}');
    assert.equal(source(13, 14), 'b');
    assert.equal(source(16, 17), 'c');
  });

  it('reads texts as sending does', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '{{',
      '}}',
      '\\{',
      '\\}',
      '\\{\\{',
      '\\}\\}',
      '\\{{',
      'a',
      ' ',
      '"',
      '\n',
      '{{a}}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const written = pieces.join('');
        const { text, written: back } = staticText(written, (name) => `<${name}>`, '');
        assert.equal(
          text,
          replaceVariables(written, (name) => `<${name}>`),
        );
        for (let at = 0; at < text.length; at++) {
          const span = back({ start: at, end: at + 1 });
          assert.ok(0 <= span.start && span.start < span.end && span.end <= written.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
