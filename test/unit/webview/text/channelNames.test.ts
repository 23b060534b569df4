import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChannelSnapshot } from '../../../../src/protocol/messages.ts';
import type { TextStrings } from '../../../../src/protocol/strings/textStrings.ts';
import { channelNames } from '../../../../src/webview/text/channelNames.ts';

const strings: TextStrings = {
  label: 'Text',
  channels: 'Parts of the text',
  all: 'All',
  answer: 'Answer',
  reasoning: 'Reasoning',
  refusal: 'Refusal',
  toolCall: 'Tool call',
  labelled: '{0} ({1})',
  characters: '{0} characters',
  followEnd: 'Follow',
  shortened: '{0}',
  noTextYet: '',
  noText: '',
};

function named(...channels: readonly (readonly [kind: ChannelSnapshot['kind'], label: string])[]): string[] {
  return channelNames(
    channels.map(([kind, label], index) => ({ key: String(index), kind, label, length: 0 })),
    strings,
  );
}

describe('names of channels', () => {
  it('say what a channel is, and which of several', () => {
    assert.deepEqual(named(['reasoning', ''], ['content', ''], ['content', 'msg-2'], ['tool', '']), [
      'Reasoning',
      'Answer',
      'Answer (msg-2)',
      'Tool call',
    ]);
    assert.deepEqual(named(['tool', 'search'], ['tool', 'search'], ['tool', 'search #2']), [
      'search',
      'search #2',
      'search #2 #2',
    ]);
  });

  it('hide nothing and stay short, whatever the server sends', () => {
    const [name = ''] = named(['tool', `\u202Eevil\n${'x'.repeat(5000)}`]);
    assert.ok(name.length < 100);
    assert.match(name, /^\[U\+202E\]evil\u240A/);
  });

  it('are never alike', () => {
    const kind = fc.constantFrom('content', 'reasoning', 'tool', 'refusal');
    const label = fc.constantFrom('', 'a', 'a #2', 'a #2 #2', 'Answer');
    fc.assert(
      fc.property(fc.array(fc.tuple(kind, label)), (channels) => {
        const names = named(...channels);
        assert.equal(names.length, channels.length);
        assert.equal(new Set(names).size, names.length);
      }),
    );
  });
});
