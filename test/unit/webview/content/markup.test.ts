import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markupTokens, prettyXml } from '../../../../src/webview/content/markup.ts';

const piece = fc.constantFrom(
  '<a>',
  '</a>',
  '<b c="d>">',
  '</b>',
  '<e/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  'x',
);
const anyMarkup = fc.array(fc.oneof(piece, fc.constantFrom(' ', '\n', '<', '>', '"', '<?p', '?>', '<!D [')), {
  maxLength: 30,
});

describe('markup', () => {
  it('cuts any text into tokens that joined are the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          anyMarkup.map((pieces) => pieces.join('')),
        ),
        (text) => {
          const joined = markupTokens(text).map((token) => token.text);
          assert.equal(joined.join(''), text);
        },
      ),
    );
  });

  it('knows names, values and comments', () => {
    const kinds = markupTokens(`<a b="c>d" e>text</a><!-- <x> -->`).map(
      ({ kind, text }) => `${kind}:${text}`,
    );
    assert.deepEqual(kinds, [
      'tag:<a',
      'plain: ',
      'attribute:b',
      'plain:=',
      'string:"c>d"',
      'plain: ',
      'attribute:e',
      'tag:>',
      'plain:text',
      'tag:</a',
      'tag:>',
      'comment:<!-- <x> -->',
    ]);
  });

  it('lays out XML and leaves text as it is', () => {
    const xml = '<?xml version="1.0"?><r><a x="1"><b/><c>two  <i>words</i> </c></a> <d></d><!-- e --></r>';
    assert.equal(
      prettyXml(xml),
      [
        '<?xml version="1.0"?>',
        '<r>',
        '  <a x="1">',
        '    <b/>',
        '    <c>two  <i>words</i> </c>',
        '  </a>',
        '  <d></d>',
        '  <!-- e -->',
        '</r>',
      ].join('\n'),
    );
    assert.equal(prettyXml('<a xml:space="preserve"> <b/> </a>'), '<a xml:space="preserve"> <b/> </a>');
    assert.equal(prettyXml('<a> <![CDATA[ <x> ]]> </a>'), '<a> <![CDATA[ <x> ]]> </a>');
  });

  it('refuses what is no XML', () => {
    for (const text of ['', 'text', '<a>', '<a></b>', '</a>', '<a/> text', '1 < 2', '<a><b></a></b>', '<a']) {
      assert.equal(prettyXml(text), null, text);
    }
  });

  it('lays out a second time to the same', () => {
    fc.assert(
      fc.property(anyMarkup, (pieces) => {
        const pretty = prettyXml(`<r>${pieces.join('')}</r>`);
        if (pretty !== null) assert.equal(prettyXml(pretty), pretty);
      }),
    );
  });

  it('takes any depth and hostile text in little time', () => {
    const startMs = performance.now();
    const deep = prettyXml('<a>'.repeat(10_000) + '</a>'.repeat(10_000)) ?? assert.fail();
    assert.ok(deep.length < 2_000_000);
    for (const part of ['<', '<a ', '<!--', '<![CDATA[', '<!D [', '<a b="', '<?']) {
      markupTokens(part.repeat(200_000 / part.length));
    }
    assert.ok(performance.now() - startMs < 3000);
  });
});
