import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textParts } from '../../../../src/webview/problems/linkedText.ts';

function urls(text: string): (string | null)[] {
  return textParts(text)
    .map(({ url }) => url)
    .filter((url) => url !== null);
}

describe('links in a text', () => {
  it('end where the sentence goes on', () => {
    assert.deepEqual(urls('See https://docs.cloudbase.net/a-b?c=1#d, and (http://x.example/).'), [
      'https://docs.cloudbase.net/a-b?c=1#d',
      'http://x.example/',
    ]);
    assert.deepEqual(urls('参见 https://docs.cloudbase.net/quick。然后'), [
      'https://docs.cloudbase.net/quick',
    ]);
  });

  it('are http and https alone', () => {
    assert.deepEqual(urls('javascript:alert(1) command:x file:///etc vscode://a data:,x'), []);
  });

  it('lose nothing of the text', () => {
    const piece = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('https://', '. ', '。'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const parts = textParts(text);
        assert.equal(parts.map((part) => part.text).join(''), text);
        for (const { text: shown, url } of parts) assert.ok(url === null || url === shown);
      }),
    );
  });
});
