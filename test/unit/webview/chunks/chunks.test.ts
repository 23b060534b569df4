import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChunkRow } from '../../../../src/protocol/answers.ts';
import { MAX_ROWS_PER_QUERY } from '../../../../src/protocol/queries.ts';
import { ChunkCache } from '../../../../src/webview/chunks/chunkCache.ts';
import { chunkText } from '../../../../src/webview/chunks/chunkText.ts';

function chunks(from: number, count: number): ChunkRow[] {
  const zeros = { atMs: 0, gapMs: 0, byteOffset: 0, byteLength: 0, rowCount: 0 };
  return Array.from({ length: count }, (_, offset) => ({ index: from + offset, preview: '', ...zeros }));
}

describe('chunk cache', () => {
  it('asks for what is missing, and for no more than one query may', () => {
    const cache = new ChunkCache();
    assert.deepEqual(cache.missing(10, 50), { from: 10, count: 40 });
    cache.accept(chunks(10, 30));
    assert.deepEqual(cache.missing(10, 50), { from: 40, count: 10 });
    assert.equal(cache.missing(10, 40), null);
    assert.deepEqual(cache.missing(100, 5000), { from: 100, count: MAX_ROWS_PER_QUERY });
  });

  it('asks again for a chunk it was told to forget', () => {
    const cache = new ChunkCache();
    cache.accept(chunks(0, 5));
    cache.forget(4);
    assert.deepEqual(cache.missing(0, 5), { from: 4, count: 1 });
  });

  it('holds a window around a million chunks, never all of them', () => {
    const cache = new ChunkCache();
    for (let from = 0; from < 1_000_000; from += 10_000) cache.accept(chunks(from, 500));
    assert.equal(cache.size, 2000);
    assert.equal(cache.get(990_499)?.index, 990_499);
  });
});

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
