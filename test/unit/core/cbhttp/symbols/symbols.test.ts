import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Span } from '../../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { symbolsOf, type DocumentSymbol } from '../../../../../src/core/cbhttp/symbols/symbols.ts';
import { updateDocument } from '../../../../../src/core/cbhttp/update.ts';
import { cbhttpTexts } from '../format/cbhttpTexts.ts';

const text = [
  '@user = alice',
  '',
  '### Say hello',
  '@token = abc',
  '# @name hello',
  'POST fn://my-function/api',
  '',
  'body',
  '',
  '### Settings',
  '@a = 1',
  '###',
  '# @name clock',
  'GET http://user:password@localhost/x',
  '###',
  'GET /y',
].join('\n');

function outline(symbols: readonly DocumentSymbol[]): unknown[] {
  return symbols.map(({ kind, name, detail, children }) =>
    children.length === 0 ? [kind, name, detail] : [kind, name, detail, outline(children)],
  );
}

describe('symbolsOf', () => {
  it('names requests by title, name or what they send, and variables where they stand', () => {
    assert.deepEqual(outline(symbolsOf(parseCbhttp(text)).flat()), [
      ['variable', 'user', 'alice'],
      ['request', 'Say hello', 'POST fn://my-function/api', [['variable', 'token', 'abc']]],
      ['section', 'Settings', '', [['variable', 'a', '1']]],
      ['request', 'clock', 'GET http://localhost/x'],
      ['request', 'GET /y', ''],
    ]);
  });

  it('places them in their sections', () => {
    const document = parseCbhttp(text);
    const [user, hello, settings] = symbolsOf(document).map((symbols, index) => {
      const own = document.sections[index]?.text ?? '';
      const cut = ({ start, end }: Span): string => own.slice(start, end);
      return symbols.flatMap(({ span, selectionSpan, children }) => [
        cut(span),
        cut(selectionSpan),
        ...children.map((child) => cut(child.span)),
      ]);
    });
    assert.deepEqual(user, ['@user = alice', 'user']);
    assert.match(hello?.[0] ?? '', /^### Say hello[^]*body/);
    assert.deepEqual(hello?.slice(1), ['POST fn://my-function/api', '@token = abc']);
    assert.deepEqual(settings, ['### Settings\n@a = 1', 'Settings', '@a = 1']);
  });

  it('keeps the list of a section that an edit does not touch', () => {
    const document = parseCbhttp(text);
    const before = symbolsOf(document);
    const after = symbolsOf(updateDocument(document, [{ offset: 0, length: 0, text: '@first = 1\n' }]));
    assert.notEqual(after[0], before[0]);
    for (const index of [1, 2, 3, 4]) assert.equal(after[index], before[index]);
  });

  it('gives after an edit what a new document gives', () => {
    const document = parseCbhttp(text);
    symbolsOf(document);
    const changes = [{ offset: 0, length: 0, text: '@first = 1\n' }];
    assert.deepEqual(
      symbolsOf(updateDocument(document, changes)),
      symbolsOf(parseCbhttp(`@first = 1\n${text}`)),
    );
  });

  it('always has a name, and a selection within the span', () => {
    const check = (symbol: DocumentSymbol): void => {
      assert.notEqual(symbol.name, '');
      assert.ok(symbol.span.start <= symbol.selectionSpan.start, JSON.stringify(symbol));
      assert.ok(symbol.selectionSpan.end <= symbol.span.end, JSON.stringify(symbol));
      symbol.children.forEach(check);
    };
    fc.assert(fc.property(cbhttpTexts, (any) => symbolsOf(parseCbhttp(any)).flat().forEach(check)));
  });
});
