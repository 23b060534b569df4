import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { selectionsAt } from '../../../../../src/core/cbhttp/selection/selection.ts';
import { cbhttpTexts } from '../format/cbhttpTexts.ts';

/** What is selected step by step from the `|` in the text. */
function steps(marked: string): string[] {
  const text = marked.replace('|', '');
  return selectionsAt(parseCbhttp(text), marked.indexOf('|')).map(({ start, end }) => text.slice(start, end));
}

describe('selectionsAt', () => {
  it('grows from a variable to its header, the headers, the request and the document', () => {
    assert.deepEqual(steps('@a = 1\n### t\nGET /x\nA: b {{us|er}}\nC: d\n\nbody\n\n'), [
      'user',
      '{{user}}',
      'b {{user}}',
      'A: b {{user}}',
      'A: b {{user}}\nC: d',
      'GET /x\nA: b {{user}}\nC: d',
      'GET /x\nA: b {{user}}\nC: d\n\nbody',
      '### t\nGET /x\nA: b {{user}}\nC: d\n\nbody',
      '### t\nGET /x\nA: b {{user}}\nC: d\n\nbody\n\n',
      '@a = 1\n### t\nGET /x\nA: b {{user}}\nC: d\n\nbody\n\n',
    ]);
  });

  it('knows the parts of a request line, a title and a directive', () => {
    assert.deepEqual(steps('GE|T /x').slice(0, 2), ['GET', 'GET /x']);
    assert.deepEqual(steps('GET /|x\n  ?a=1').slice(0, 2), ['/x', '/x\n  ?a=1']);
    assert.deepEqual(steps('### some ti|tle').slice(0, 2), ['some title', '### some title']);
    assert.deepEqual(steps('# @name he|llo\nGET /x').slice(0, 2), ['hello', '# @name hello']);
  });

  it('gives spans that hold the offset and each other', () => {
    fc.assert(
      fc.property(cbhttpTexts, fc.nat(200), (text, at) => {
        const offset = Math.min(at, text.length);
        let inner = { start: offset, end: offset };
        for (const span of selectionsAt(parseCbhttp(text), offset)) {
          assert.ok(span.start <= inner.start && inner.end <= span.end && span.end <= text.length, text);
          inner = span;
        }
      }),
    );
  });
});
