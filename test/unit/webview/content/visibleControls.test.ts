import assert from 'node:assert/strict';
import fc from 'fast-check';
import { visibleControls, visibleLine } from '../../../../src/webview/content/visibleControls.ts';

/** Any code point, the ones this is about often. */
const character = fc.oneof(
  fc.integer({ min: 0, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff),
  fc.constantFrom(
    0,
    7,
    8,
    9,
    10,
    13,
    27,
    0x7f,
    0x85,
    0x9b,
    0xad,
    0x200b,
    0x200d,
    0x2028,
    0x202e,
    0x2066,
    0xfeff,
  ),
  fc.constantFrom(0x1f3f4, 0xe0067, 0xe007f, 0x41, 0x5d0, 0x4f60),
);
const anyText = fc.array(character).map((codes) => String.fromCodePoint(...codes));

describe('visible control characters', () => {
  it('leaves clean text alone, whatever its script or direction', () => {
    for (const text of [
      'plain\ttext\r\nin lines\n',
      '你好，世界',
      'مرحبا بالعالم \u200F(1)',
      'می\u200Cخواهم',
      '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} \u2764\uFE0F',
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    ]) {
      assert.equal(visibleControls(text), text);
    }
  });

  it('shows what hides or reorders', () => {
    assert.equal(visibleControls('\u001B[31mred\u0000\u007F'), '\u241B[31mred\u2400\u2421');
    assert.equal(visibleControls('a\u202Eb\u2066c'), 'a[U+202E]b[U+2066]c');
    assert.equal(visibleControls('\uFEFFa\u200Bb\u009B'), '[U+FEFF]a[U+200B]b[U+009B]');
    assert.equal(visibleControls('hi\u{E0068}\u{E0069}'), 'hi[U+E0068][U+E0069]');
    assert.equal(visibleControls('over\rwritten\r\n'), 'over\u240Dwritten\r\n');
  });

  it('shows tabs and line ends where there is one line', () => {
    assert.equal(visibleLine('a\tb\r\nc\nd\u2028e'), 'a\u2409b\u240D\u240Ac\u240Ad[U+2028]e');
  });

  it('changes nothing the second time, and leaves no control behind', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const visible = visibleControls(text);
        assert.equal(visibleControls(visible), visible);
        // Cc but tab and line ends, and the bidi controls.
        assert.doesNotMatch(visible.replace(/[\t\n]|\r\n/g, ''), /\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
        assert.doesNotMatch(visibleLine(text), /\p{Cc}|[\u2028\u2029]/u);
      }),
    );
  });

  it('is fast for a long clean text', () => {
    const text = 'data: {"content":"你好"}\n'.repeat(400_000);
    const startMs = performance.now();
    assert.equal(visibleControls(text), text);
    assert.ok(performance.now() - startMs < 500);
  });
});
