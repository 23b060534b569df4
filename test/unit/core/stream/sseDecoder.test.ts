import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isCbError } from '../../../../src/core/errors.ts';
import type { StreamRecord } from '../../../../src/core/stream/record.ts';
import { createSseDecoder } from '../../../../src/core/stream/sseDecoder.ts';

const utf8 = new TextEncoder();

function decode(...chunks: (string | Uint8Array)[]): StreamRecord[] {
  const records: StreamRecord[] = [];
  const decoder = createSseDecoder((record) => records.push(record));
  for (const chunk of chunks) decoder.feed(typeof chunk === 'string' ? utf8.encode(chunk) : chunk);
  decoder.end();
  return records;
}

function event(data: string, more: { type?: string; id?: string; lastEventId?: string } = {}): StreamRecord {
  const { type = 'message', id = '', lastEventId = id } = more;
  return { kind: 'event', type, id, lastEventId, data };
}

const chinese =
  '\uFEFF: 心跳\n\nevent: 片段\nid: 一\ndata: 你好,世界 🚀\n\nretry: 3000\ndata:第一行\ndata: 第二行\n\ndata\n\ndata: 末尾\n\n';

describe('createSseDecoder', () => {
  it('gives the same records for a Chinese stream split at every byte offset', () => {
    const whole = decode(chinese);
    assert.deepEqual(whole, [
      { kind: 'comment', text: '心跳' },
      event('你好,世界 🚀', { type: '片段', id: '一' }),
      { kind: 'retry', ms: 3000 },
      event('第一行\n第二行', { lastEventId: '一' }),
      event('', { lastEventId: '一' }),
      event('末尾', { lastEventId: '一' }),
    ]);
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const bytes = utf8.encode(chinese.replaceAll('\n', lineEnd));
      for (let at = 0; at <= bytes.length; at++) {
        assert.deepEqual(decode(bytes.subarray(0, at), bytes.subarray(at)), whole, `split at ${at}`);
      }
      assert.deepEqual(decode(...[...bytes].map((byte) => Uint8Array.of(byte))), whole, 'byte by byte');
    }
  });

  it('gives the same records for any stream, however it is split', () => {
    const piece = fc.constantFrom(
      'data: x', 'data:', 'id: 1', 'id', 'id: \0', 'event: e', ': c', 'retry: 5', 'odd', '中', '\n', '\r', '\r\n', '\uFEFF', '',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(60)), (pieces, cuts) => {
        const bytes = utf8.encode(pieces.join(''));
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        assert.deepEqual(decode(...chunks), decode(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('shows an event that ends with CR at once', () => {
    const records: StreamRecord[] = [];
    createSseDecoder((record) => records.push(record)).feed(utf8.encode('data: now\r\r'));
    assert.deepEqual(records, [event('now')]);
  });

  it('takes one blank or none after the colon, and only one', () => {
    assert.deepEqual(decode('data:a\n\ndata: b\n\ndata:  c\n\n'), [event('a'), event('b'), event(' c')]);
  });

  it('ignores an id with NUL, resets the id by an empty one, keeps the id of a block without data', () => {
    assert.deepEqual(decode('id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n'), [
      event('a', { id: '1' }),
      event('b', { lastEventId: '1' }),
    ]);
    assert.deepEqual(decode('id: 1\n\ndata: a\n\nid:\ndata: b\n\n'), [
      event('a', { lastEventId: '1' }),
      event('b'),
    ]);
  });

  it('ignores unknown fields and a retry that is no number', () => {
    assert.deepEqual(decode('foo: bar\nretry: soon\nretry: 12\ndata: a\n\n'), [
      { kind: 'retry', ms: 12 },
      event('a'),
    ]);
  });

  it('marks what the end cut short', () => {
    assert.deepEqual(decode('data: a\n\nid: 9\ndata: b\ndata: c'), [
      event('a'),
      { kind: 'incomplete', data: 'b\nc' },
    ]);
    assert.deepEqual(decode('data: a\n\ndata: b\n'), [event('a'), { kind: 'incomplete', data: 'b' }]);
    assert.deepEqual(decode('data: ', Uint8Array.of(0xe4, 0xbd)), [{ kind: 'incomplete', data: '\uFFFD' }]);
    assert.deepEqual(decode('data: a\n\nevent: x\n'), [event('a')]);
  });

  it('gives up a stream whose event exceeds the limit, in one line or in many', () => {
    for (const chunk of ['x'.repeat(50), 'data: 1234567890\n']) {
      const decoder = createSseDecoder(() => {}, { maxEventBytes: 100 });
      assert.throws(
        () => {
          for (let count = 0; count < 50; count++) decoder.feed(utf8.encode(chunk));
        },
        (error) => isCbError(error) && error.code === 'event-too-large',
      );
      decoder.end();
    }
  });
});
