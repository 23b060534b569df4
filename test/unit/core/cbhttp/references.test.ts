import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { referencesIn } from '../../../../src/core/cbhttp/references.ts';

/** Expression, place and written text of each reference in a text's only section. */
function references(text: string): string[][] {
  const [section] = parseCbhttp(text).sections;
  assert.ok(section);
  return referencesIn(section).map(({ expression, where, span }) => [
    expression,
    where,
    section.text.slice(span.start, span.end),
  ]);
}

describe('referencesIn', () => {
  it('finds what is replaced, wherever it stands, in order', () => {
    const text = '@a = {{b}}\n# @timeout {{t}}\nPOST {{u}}/x\n  ?q={{ q }}\nX: {{h}}-{{i}}\n\n{"j": "{{k}}"}';
    assert.deepEqual(references(text), [
      ['b', 'variable', '{{b}}'],
      ['t', 'directive', '{{t}}'],
      ['u', 'target', '{{u}}'],
      ['q', 'target', '{{ q }}'],
      ['h', 'header', '{{h}}'],
      ['i', 'header', '{{i}}'],
      ['k', 'body', '{{k}}'],
    ]);
  });

  it('finds those of GraphQL fragments', () => {
    const [section] = parseCbhttp('fragment F on X { {{a}} }\n\nGRAPHQL http://x\n').sections;
    assert.deepEqual(
      referencesIn(section ?? assert.fail()).map(({ expression }) => expression),
      ['a'],
    );
  });

  it('leaves out directives in which nothing is replaced', () => {
    const text = '# @name {{n}}\n# @note {{m}}\n# @loop {{l}}\n# @route {{r}}\nGET http://a';
    assert.deepEqual(references(text), [['r', 'directive', '{{r}}']]);
  });

  it('leaves out comments, titles, escapes and what other tools run', () => {
    const text =
      '### {{t}}\n# {{c}}\nPOST http://a\n\nx \\{{e}}\n> {% {{s}} %}\n?? {{v}} == 1\n{{\n{{w}}\n}}\n{{b}}';
    assert.deepEqual(references(text), [['b', 'body', '{{b}}']]);
  });
});
