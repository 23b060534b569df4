import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { appendImport, placeImport } from '../../../../src/core/import/placeImport.ts';

const text = '### b\nGET http://b/\n';

/** The document with the import where `▮` stands, or what lies between two of them. */
function placed(marked: string): string | null {
  const [before = '', ...rest] = marked.split('▮');
  const between = rest.length > 1 ? (rest[0] ?? '') : '';
  const after = rest.at(-1) ?? '';
  const found = placeImport(
    before + between + after,
    { start: before.length, end: before.length + between.length },
    text,
  );
  return found === null ? null : before + found + after;
}

describe('placeImport', () => {
  const cases: [name: string, marked: string, expected: string | null][] = [
    ['an empty file', '▮', text],
    ['a blank file', '\n▮\n', `\n${text}\n`],
    ['a title without a request', '### mine\n▮', '### mine\nGET http://b/\n'],
    [
      'a separator without a title',
      '### a\nGET http://a/\n\n###\n▮\n',
      '### a\nGET http://a/\n\n###\nGET http://b/\n\n',
    ],
    ['behind a request', '### a\nGET http://a/\n▮', `### a\nGET http://a/\n\n${text}`],
    ['behind a blank line', '### a\nGET http://a/\n\n▮', `### a\nGET http://a/\n\n${text}`],
    ['behind a body', '### a\nPOST http://a/\n\nbody\n\n▮\n', `### a\nPOST http://a/\n\nbody\n\n${text}\n`],
    [
      'between two requests',
      '### a\nGET http://a/\n\n▮\n### c\nGET http://c/\n',
      `### a\nGET http://a/\n\n${text}\n### c\nGET http://c/\n`,
    ],
    ['before a request without a separator', '▮\nGET http://a/\n', `${text}\n###\n\nGET http://a/\n`],
    ['before a request with one', '▮\n### c\nGET http://c/\n', `${text}\n### c\nGET http://c/\n`],
    ['behind variables', '@a = b\n\n▮', `@a = b\n\n${text}`],
    ['in place of a selection', '### mine\n▮old text▮\n', '### mine\nGET http://b/\n\n'],
    ['within a request', '### a\nPOST http://a/\n\nfirst\n▮\nlast\n', null],
    ['within a line', '### a\nGET http://▮\n', null],
    ['before the text of a line', '▮GET http://a/\n', null],
    ['behind blanks', '### a\n  ▮\n', null],
  ];
  for (const [name, marked, expected] of cases) {
    it(`knows ${name}`, () => assert.equal(placed(marked), expected));
  }

  it('appends behind one blank line', () => {
    assert.equal(appendImport('', text), text);
    assert.equal(appendImport('### a\nGET http://a/', text), `\n\n${text}`);
    assert.equal(appendImport('### a\nGET http://a/\n', text), `\n${text}`);
    assert.equal(appendImport('### a\nGET http://a/\n\n', text), text);
  });
});
