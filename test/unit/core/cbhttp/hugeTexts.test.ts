import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { documentText, placedRequests } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { documentProblems } from '../../../../src/core/cbhttp/problems.ts';
import { updateDocument } from '../../../../src/core/cbhttp/update.ts';

const MILLION = 1_000_000;

/** Texts of at least 1 MB that a parser with a quadratic step would not get through. */
const texts: Readonly<Record<string, string>> = {
  'a line of {': '{'.repeat(MILLION),
  'a line of @': '@'.repeat(MILLION),
  'a line of blanks': ' '.repeat(MILLION),
  'a line of {{': '{{'.repeat(MILLION / 2),
  'a line of {{a}}': '{{a}}'.repeat(MILLION / 5),
  'a line of #': '#'.repeat(MILLION),
  'a line of /': '/'.repeat(MILLION),
  'a line of ?': '?'.repeat(MILLION),
  'a line of :': `@a${':'.repeat(MILLION)}`,
  'a title': `### ${'x '.repeat(MILLION / 2)}`,
  'a directive’s word': `# @${'a'.repeat(MILLION)}`,
  'a variable’s name': `@${'a'.repeat(MILLION)}`,
  'a method and blanks': `GET${' '.repeat(MILLION)}x`,
  'blanks before an HTTP version': `GET /${' '.repeat(MILLION)}HTTP/1.1 `,
  'a header’s name and blanks': `a${' '.repeat(MILLION)}b`,
  'a host that never ends': `${'a.'.repeat(MILLION / 2)}:x`,
  'a handler’s path': `> ${'.j'.repeat(MILLION / 2)}`,
  'scripts without end': '< {%\n'.repeat(MILLION / 5),
  'code without end': '{{\n'.repeat(MILLION / 3),
  'comments without end': '/*\n'.repeat(MILLION / 3),
  separators: '###\n'.repeat(MILLION / 4),
  CR: '\r'.repeat(MILLION),
  'LF and CR': '\n\r'.repeat(MILLION / 2),
  'query lines': `GET /\n${'?a=1\n'.repeat(MILLION / 5)}`,
  headers: `GET /\n${'a: b\n'.repeat(MILLION / 5)}`,
  'request lines': 'GET http://a\n'.repeat(MILLION / 13),
  'lone surrogates': '\uD800'.repeat(MILLION),
  NUL: '\0'.repeat(MILLION),
};

describe('parseCbhttp of huge texts', () => {
  for (const [name, text] of Object.entries(texts)) {
    for (const [place, before] of [
      ['', ''],
      [', as a header', 'POST /\n'],
      [', as a body', 'POST /\n\n'],
    ] as const) {
      it(`reads ${name}${place}`, function () {
        this.timeout(30_000); // some 100 ms; with a quadratic step it would be hours
        const document = parseCbhttp(before + text);
        documentProblems(document);
        assert.equal(document.length, before.length + text.length);
      });
    }
  }

  it('takes an edit that brings 200,000 sections', function () {
    this.timeout(30_000);
    const before = parseCbhttp('### a\nGET /\n### b\nGET /\n');
    const after = updateDocument(before, [{ offset: 12, length: 0, text: '###\n'.repeat(MILLION / 5) }]);
    assert.equal(after.sections.length, MILLION / 5 + 2);
  });

  it('reads a line of 32 MB', function () {
    this.timeout(20_000);
    assert.equal(placedRequests(parseCbhttp(`# @${'a'.repeat(32 * MILLION)}\nGET /`)).length, 1);
  });

  it('reads bytes that are no text', () => {
    const bytes = new Uint8Array(5 * MILLION);
    let state = 1;
    for (let at = 0; at < bytes.length; at++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      bytes[at] = state >>> 16;
    }
    const text = new TextDecoder('utf-8').decode(bytes);
    assert.equal(documentText(parseCbhttp(text)), text);
  });

  it('reads 10,000 requests of 5 MB and takes 10,000 edits in one event', function () {
    this.timeout(20_000);
    const one = (index: number): string =>
      `### ${index}\n# @name r${index}\nPOST fn://chat/${index}\nContent-Type: text/plain\n\n${'x'.repeat(430)}\n\n`;
    const text = Array.from({ length: 10_000 }, (_, index) => one(index)).join('');
    assert.ok(text.length >= 5 * MILLION);
    const document = parseCbhttp(text);
    assert.equal(placedRequests(document).length, 10_000);
    const changes = placedRequests(document)
      .map(({ request, offset }) => ({
        offset: offset + (request.bodySpan?.start ?? 0),
        length: 1,
        text: 'y',
      }))
      .toReversed();
    const edited = updateDocument(document, changes);
    assert.ok(placedRequests(edited).every(({ request }) => request.body?.startsWith('yx')));
  });
});
