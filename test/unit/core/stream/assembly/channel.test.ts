import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { TextChannel } from '../../../../../src/core/stream/assembly/channel.ts';

describe('TextChannel', () => {
  it('gives back any part of its text, read at any time', () => {
    const delta = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('数'.repeat(20_000), 'x'.repeat(9000)),
    );
    const step = fc.record({ delta, from: fc.integer({ min: -5, max: 60_000 }), length: fc.nat(40_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const channel = new TextChannel('content', 'content', 0);
        let text = '';
        for (const { delta: more, from, length } of steps) {
          channel.append(more, 1);
          text += more;
          assert.equal(channel.length, text.length);
          const [start, end] = [Math.max(from, 0), Math.max(from + length, 0)];
          assert.equal(channel.slice(from, from + length), text.slice(start, end));
          assert.equal(channel.slice(from), text.slice(start));
        }
        assert.equal(channel.slice(0), text);
      }),
    );
  });

  it('holds many small deltas, read as they come', () => {
    const channel = new TextChannel('content', 'content', 0);
    let read = '';
    let text = '';
    for (let index = 0; index < 20_000; index++) {
      channel.append(`${index},`, index);
      text += `${index},`;
      if (index % 7 === 0) read += channel.slice(read.length);
    }
    assert.equal(read + channel.slice(read.length), text);
    assert.equal(channel.slice(50_000, 50_010), text.slice(50_000, 50_010));
    assert.equal(channel.lastAtMs, 19_999);
  });
});
