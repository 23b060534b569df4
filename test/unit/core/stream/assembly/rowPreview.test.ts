import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { previewOf } from '../../../../../src/core/stream/assembly/rowPreview.ts';
import type { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import { StreamAnalysis } from '../../../../../src/core/stream/streamAnalysis.ts';
import { storeOf, utf8 } from '../../../../support/eventStreams.ts';

const folder = new URL('../../../../fixtures/streams/', import.meta.url);

function storeOfEvents(...events: readonly unknown[]): EventStore {
  return storeOf(utf8(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')));
}

const whole = (store: EventStore) => ({ from: 0, to: store.length });
const chat = (delta: object) => ({ id: 'chatcmpl-1', object: 'x', choices: [{ index: 0, delta }] });

describe('row preview', () => {
  it('is of each row what the whole answer is made of', () => {
    for (const name of readdirSync(folder)) {
      const store = storeOf(new Uint8Array(readFileSync(new URL(name, folder))));
      const analysis = new StreamAnalysis(store);
      analysis.advance(Infinity, () => 0);
      const answer = analysis.assembly.channels.filter(({ kind }) => kind === 'content');
      const said = Array.from({ length: store.length }, (_, row) =>
        previewOf(store, { from: row, to: row + 1 }),
      );
      const content = said.filter((one) => one?.kind === 'content').map((one) => one?.text);
      assert.equal(content.join(''), answer.map((channel) => channel.slice(0)).join(''), name);
    }
  });

  it('names a tool and shows its arguments as they come', () => {
    const call = (made: object) => chat({ tool_calls: [{ index: 0, function: made }] });
    const preview = (made: object) => {
      const store = storeOfEvents(call(made));
      return previewOf(store, whole(store));
    };
    assert.deepEqual(preview({ name: 'get_weather', arguments: '' }), { kind: 'tool', text: 'get_weather' });
    assert.deepEqual(preview({ arguments: '{"ci' }), { kind: 'tool', text: '{"ci' });
    assert.deepEqual(preview({ name: 'f', arguments: '{}' }), { kind: 'tool', text: 'f {}' });
  });

  it('is of several rows what they say first, all together', () => {
    const store = storeOfEvents(
      chat({ role: 'assistant', content: '' }),
      chat({ content: 'Hel' }),
      chat({ content: 'lo' }),
    );
    assert.deepEqual(previewOf(store, whole(store)), { kind: 'content', text: 'Hello' });
  });

  it('follows the path of the user', () => {
    const store = storeOfEvents({ said: 'yes' });
    const select = (json: unknown) => [(json as { said: string }).said];
    assert.deepEqual(previewOf(store, whole(store), { select }), { kind: 'content', text: 'yes' });
  });

  it('is nothing where nothing is said', () => {
    const events = [
      'data: {"n":1}',
      'data: [DONE]',
      'data: {"broken',
      ': ping',
      'retry: 5',
      'data: "choices"',
    ];
    for (const event of events) {
      const store = storeOf(utf8(`${event}\n\n`));
      assert.equal(previewOf(store, whole(store)), null, event);
    }
    assert.equal(previewOf(storeOf(utf8('')), { from: 0, to: 9 }), null);
  });

  it('is short, and looks at no more than the first few kilobytes', () => {
    const long = storeOfEvents(chat({ content: 'x'.repeat(5000) }));
    assert.equal(previewOf(long, whole(long))?.text.length, 300);
    const longer = storeOfEvents(chat({ content: 'x'.repeat(9000) }));
    assert.equal(previewOf(longer, whole(longer)), null);
    const later = storeOfEvents(...Array.from({ length: 30 }, () => ({ n: 1 })), chat({ content: 'x' }));
    assert.equal(previewOf(later, whole(later)), null);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), (text, json) => {
        const store = storeOf(utf8(`data: ${text}\n\ndata: {"choices":${json}}\n\n`));
        previewOf(store, whole(store));
      }),
    );
  });
});
