import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hexDump } from '../../../../src/webview/content/hexLines.ts';

describe('hex dump', () => {
  it('shows offset, bytes and ASCII', () => {
    const bytes = new TextEncoder().encode('GIF89a\0 "~é end');
    assert.equal(
      hexDump(bytes, 16),
      '00000010  47 49 46 38 39 61 00 20  22 7e c3 a9 20 65 6e 64  GIF89a. "~.. end',
    );
  });

  it('keeps every byte, and the columns in their places', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const lines = bytes.length === 0 ? [] : hexDump(bytes).split('\n');
        const written = lines.flatMap((line) => line.slice(8, 58).trim().split(/\s+/));
        assert.deepEqual(
          written.map((byte) => Number.parseInt(byte, 16)),
          [...bytes],
        );
        const shown = lines.map((line) => line.slice(60)).join('');
        assert.equal(shown.length, bytes.length);
      }),
    );
  });
});
