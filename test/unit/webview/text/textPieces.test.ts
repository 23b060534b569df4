import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChannelSnapshot } from '../../../../src/protocol/messages.ts';
import { MAX_CHANNEL_LENGTH, TextPieces } from '../../../../src/webview/text/textPieces.ts';

function channel(key: string, length: number): ChannelSnapshot {
  return { key, kind: 'content', label: '', length };
}

/** Answers as the host does: from there on, at most `limit` units. */
function fetchAll(pieces: TextPieces, texts: Readonly<Record<string, string>>, limit: number): number {
  const channels = Object.entries(texts).map(([key, text]) => channel(key, text.length));
  let asked = 0;
  for (let next = pieces.next(channels); next !== null; next = pieces.next(channels)) {
    const { channel: key, from } = next;
    pieces.accept({ channel: key, from, text: (texts[key] ?? '').slice(from, from + limit) });
    asked++;
  }
  return asked;
}

describe('pieces of text', () => {
  it('are the text again, each asked for once, however the text grew', () => {
    const grown = fc.array(fc.record({ key: fc.constantFrom('a', 'b'), delta: fc.string({ minLength: 1 }) }));
    fc.assert(
      fc.property(grown, fc.integer({ min: 1, max: 5 }), (deltas, limit) => {
        const pieces = new TextPieces();
        const texts: Record<string, string> = { a: '', b: '' };
        let asked = 0;
        for (const { key, delta } of deltas) {
          texts[key] += delta;
          asked += fetchAll(pieces, texts, limit);
        }
        assert.equal(pieces.text('a'), texts['a']);
        assert.equal(pieces.text('b'), texts['b']);
        assert.ok(asked <= deltas.reduce((sum, { delta }) => sum + Math.ceil(delta.length / limit), 0));
      }),
    );
  });

  it('come first of the channel that lags most, so that none waits for ever', () => {
    const pieces = new TextPieces();
    pieces.accept({ channel: 'a', from: 0, text: 'xx' });
    assert.deepEqual(pieces.next([channel('a', 5), channel('b', 4)]), { channel: 'b', from: 0, lag: 4 });
  });

  it('are dropped where they do not go on', () => {
    const pieces = new TextPieces();
    pieces.accept({ channel: 'a', from: 0, text: 'one' });
    pieces.accept({ channel: 'a', from: 0, text: 'one' });
    pieces.accept({ channel: 'a', from: 9, text: 'nine' });
    assert.equal(pieces.text('a'), 'one');
  });

  it('end at what a page can hold', () => {
    const pieces = new TextPieces();
    const text = 'x'.repeat(MAX_CHANNEL_LENGTH + 5);
    fetchAll(pieces, { a: text }, 200_000);
    assert.equal(pieces.text('a').length, MAX_CHANNEL_LENGTH);
    assert.equal(pieces.isFull(channel('a', text.length)), true);
    assert.equal(pieces.isFull(channel('a', MAX_CHANNEL_LENGTH)), false);
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`c${index}`, text]));
    fetchAll(pieces, many, 200_000);
    const total = Object.keys(many).reduce((sum, key) => sum + pieces.text(key).length, 0);
    assert.equal(total, 3 * MAX_CHANNEL_LENGTH);
  });
});
