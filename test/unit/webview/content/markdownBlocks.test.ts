import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isTooNested, MarkdownBlocks } from '../../../../src/webview/content/markdownBlocks.ts';

/** The blocks of a text given piece by piece, the tail last. */
function blocksOf(...pieces: readonly string[]): string[] {
  const blocks = new MarkdownBlocks();
  const finished = pieces.flatMap((piece) => blocks.append(piece));
  return [...finished, blocks.tail];
}

const line = fc.constantFrom(
  '',
  ' ',
  'a',
  '- b',
  '1. c',
  '  d',
  '```',
  '```js',
  '~~~~',
  '    e',
  '> f',
  '# g',
  '\r',
);

describe('Markdown blocks', () => {
  it('end at a blank line', () => {
    assert.deepEqual(blocksOf('one\ntwo\n\n\nthree\n\nfour\nfi'), [
      'one\ntwo\n\n\n',
      'three\n\n',
      'four\nfi',
    ]);
  });

  it('keep code fences whole, also unfinished and longer ones', () => {
    assert.deepEqual(blocksOf('````\na\n\n```\n\nb\n````\n\nc\n'), ['````\na\n\n```\n\nb\n````\n\n', 'c\n']);
    assert.deepEqual(blocksOf('~~~\na\n\n```\n\nb\n'), ['~~~\na\n\n```\n\nb\n']);
    assert.deepEqual(blocksOf('``` not ` a fence\n\nb\n'), ['``` not ` a fence\n\n', 'b\n']);
  });

  it('keep a list with its later items and its indented paragraphs', () => {
    const list = '1. a\n\n   more of a\n\n2. b\n\n';
    assert.deepEqual(blocksOf(`${list}c\n`), [list, 'c\n']);
  });

  it('are the same however the text comes, and joined are the text', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.array(fc.nat(200)), (lines, cuts) => {
        const text = lines.join('\n');
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        assert.deepEqual(blocksOf(...pieces), blocksOf(text));
        assert.equal(blocksOf(text).join(''), text);
      }),
    );
  });

  it('know what no parser should get', () => {
    assert.equal(isTooNested('>'.repeat(60)), true);
    assert.equal(isTooNested(`text\n${'- '.repeat(10_000)}`), true);
    assert.equal(isTooNested('1. '.repeat(10_000)), true);
    assert.equal(isTooNested('**_a '.repeat(4000)), true);
    assert.equal(isTooNested('a'.repeat(60_000)), true);
    assert.equal(isTooNested(`\`\`\`c\n${'*_ int *p;\n'.repeat(6000)}`), false);
    assert.equal(isTooNested(`${'-'.repeat(500)}\n${'*'.repeat(500)}`), false);
    assert.equal(isTooNested('> > - 1. deep but readable'), false);
  });
});
