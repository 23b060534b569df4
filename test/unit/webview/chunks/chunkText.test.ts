import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { chunkText } from '../../../../src/webview/chunks/chunkText.ts';

describe('chunk text', () => {
  const text = (written: string): string => chunkText(new TextEncoder().encode(written));

  it('shows each kind of line end, at the end of its line', () => {
    assert.equal(text('data: a\n\n'), 'data: a\u240A\n\u240A\n');
    assert.equal(text('a\r\nb\rc'), 'a\u240D\u240A\nb\u240D\nc');
  });

  it('shows what could hide or reorder text, and characters that the chunk cuts', () => {
    assert.equal(text('\u001b[31m\u202Ex'), '\u241B[31m[U+202E]x');
    assert.equal(text('\uFEFFdata'), '[U+FEFF]data');
    assert.equal(chunkText(new Uint8Array([0x61, 0xe7, 0xac])), 'a\uFFFD');
  });

  it('has a line for every line end', () => {
    const ends = fc.array(fc.constantFrom('\n', '\r', '\r\n', 'a', '词'), { maxLength: 30 });
    fc.assert(
      fc.property(ends, (parts) => {
        const written = parts.join('');
        assert.equal(text(written).split('\n').length, written.split(/\r\n|\r|\n/).length);
      }),
    );
  });
});
