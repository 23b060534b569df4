import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import configuration from '../../../media/language-configuration.json';
import grammar from '../../../media/cbhttp.tmLanguage.json';
import manifest from '../../../package.json';
import { directiveWords } from '../../../src/core/cbhttp/directives.ts';

describe('the language configuration', () => {
  const { pattern, flags } = configuration.wordPattern;
  const wordsOf = (text: string): string[] => text.match(new RegExp(pattern, `${flags}g`)) ?? [];

  it('takes what has a name of its own for a word', () => {
    assert.deepEqual(wordsOf('Content-Type: text/event-stream'), ['Content-Type', 'text', 'event-stream']);
    assert.deepEqual(wordsOf('POST fn://my-function/a_b?c=1'), [
      'POST',
      'fn',
      'my-function',
      'a_b',
      'c',
      '1',
    ]);
    assert.deepEqual(wordsOf('{{$randomInt -1 5}}'), ['$randomInt', '1', '5']);
    assert.deepEqual(wordsOf('hello.response.body.$.a[0]'), ['hello', 'response', 'body', '$', 'a', '0']);
    assert.deepEqual(wordsOf('# @force-ref 登录'), ['force-ref', '登录']);
    assert.deepEqual(wordsOf('--boundary'), ['boundary']);
  });

  it('closes braces in pairs, twice for a variable', () => {
    const pairs = configuration.autoClosingPairs.map(({ open, close }) => open + close);
    assert.deepEqual(pairs, ['{}', '{{}}', '[]', '()', '""']);
    for (const next of ['"', '/', '?', '&', '}', ' '])
      assert.ok(configuration.autoCloseBefore.includes(next));
  });
});

describe('the grammar and the rest of the package', () => {
  const text = JSON.stringify(grammar);
  const [contribution] = manifest.contributes.grammars;

  it('have the same scopes', () => {
    const named = new Set(
      [...text.matchAll(/"(?:name|contentName)":"([^"]+)"/g)].flatMap(([, names = '']) => names.split(' ')),
    );
    const used = [
      ...Object.keys(contribution?.embeddedLanguages ?? {}),
      ...Object.keys(contribution?.tokenTypes ?? {}).map((selector) => selector.split(' ').at(-1) ?? ''),
      ...(contribution?.unbalancedBracketScopes ?? []),
    ];
    for (const scope of used) {
      assert.ok(
        [...named].some((one) => one === scope || one.startsWith(`${scope}.`)),
        scope,
      );
    }
  });

  it('know the same directives', () => {
    const known = [...text.matchAll(/"\(@\)\(([a-zA-Z|-]+)\)/g)].flatMap(([, words = '']) =>
      words.split('|'),
    );
    assert.deepEqual(
      directiveWords.filter((word) => !known.includes(word)),
      [],
    );
  });

  it('include only what is there', () => {
    const included = [...text.matchAll(/"include":"#([^"]+)"/g)].map(([, name = '']) => name);
    assert.deepEqual([...new Set(included)].sort(), Object.keys(grammar.repository).sort());
  });
});
