import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { foldsOf } from '../../../../../src/core/cbhttp/folding/folding.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { cbhttpTexts } from '../format/cbhttpTexts.ts';

function folds(...lines: string[]): string[] {
  return foldsOf(parseCbhttp(lines.join('\n'))).map(({ startLine, endLine, kind }) => {
    return `${startLine}-${endLine} ${kind}`;
  });
}

describe('foldsOf', () => {
  it('folds sections without the blank lines at their end', () => {
    assert.deepEqual(folds('@a = 1', '', '### one', 'GET /a', '', '', '### two', 'GET /b'), [
      '2-3 region',
      '6-7 region',
    ]);
  });

  it('folds comments, scripts, and what is indented in a body', () => {
    assert.deepEqual(
      folds(
        '# what this', // 0
        '# file is for',
        'POST /a', // 2
        'X: y',
        '',
        '{', // 5
        '  "a": [',
        '    1',
        '  ]',
        '}',
        '> {%', // 10
        '  test()',
        '%}',
      ),
      ['0-1 comment', '5-8 block', '6-7 block', '10-12 block'],
    );
  });

  it('takes # and // in a body for text', () => {
    assert.deepEqual(folds('POST /a', '', '# one', '# two'), []);
  });

  it('stays within the text and folds at least two lines', () => {
    fc.assert(
      fc.property(cbhttpTexts, (text) => {
        const lineCount = text.split(/\r\n|\r|\n/).length;
        for (const { startLine, endLine } of foldsOf(parseCbhttp(text))) {
          assert.ok(0 <= startLine && startLine < endLine && endLine < lineCount, text);
        }
      }),
    );
  });
});
