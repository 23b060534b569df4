import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { EventStore } from '../../../../src/core/stream/eventStore.ts';
import { recordPieces } from '../../../../src/core/stream/recordPieces.ts';
import { compileFilter, RowFilter } from '../../../../src/core/stream/search/rowFilter.ts';
import { createSseDecoder } from '../../../../src/core/stream/sseDecoder.ts';
import { StreamAnalysis } from '../../../../src/core/stream/streamAnalysis.ts';
import { streamFormat, type StreamFormat } from '../../../../src/core/stream/streamFormat.ts';
import { cutAt, utf8 } from '../../../support/eventStreams.ts';

/** What a stream of a format holds, as kind and text, whatever the cuts. */
function rows(format: StreamFormat, bytes: Uint8Array, cuts: readonly number[] = []): string[] {
  const store = storeOf(format, bytes, cuts);
  return Array.from({ length: store.length }, (_, row) => `${store.kind(row)} ${store.text(row)}`);
}

function storeOf(format: StreamFormat, bytes: Uint8Array, cuts: readonly number[] = []): EventStore {
  const store = new EventStore({ format });
  cutAt(bytes, cuts).forEach((chunk, atMs) => store.append(atMs, chunk));
  store.end();
  return store;
}

describe('streamFormat', () => {
  it('goes by the Content-Type, and by @stream', () => {
    assert.equal(streamFormat('auto', 'Application/X-NDJSON; charset=utf-8'), 'json-lines');
    assert.equal(streamFormat('auto', 'application/jsonl'), 'json-lines');
    assert.equal(streamFormat('auto', 'application/stream+json'), 'json-lines');
    assert.equal(streamFormat('auto', 'application/json-seq'), 'json-seq');
    assert.equal(streamFormat('auto', 'text/event-stream'), 'event-stream');
    assert.equal(streamFormat('auto', 'application/json'), null);
    assert.equal(streamFormat('off', 'text/event-stream'), null);
    assert.equal(streamFormat('on', 'text/plain'), 'chunks');
    assert.equal(streamFormat('on', ''), 'chunks');
    assert.equal(streamFormat('on', 'application/x-ndjson'), 'json-lines');
  });
});

describe('JSON lines', () => {
  it('are rows, whatever their line ends; an unfinished last one is incomplete', () => {
    const text = '{"a":1}\r\n\n  \n{"b":"你好"}\n[1,\n{"c":';
    assert.deepEqual(rows('json-lines', utf8(text)), [
      'event {"a":1}',
      'event {"b":"你好"}',
      'event [1,',
      'incomplete {"c":',
    ]);
    assert.deepEqual(rows('json-lines', utf8('{"a":1}')), ['event {"a":1}']);
    assert.deepEqual(rows('json-lines', utf8('12')), ['incomplete 12']);
  });

  it('are found, filtered, exported and taken for text like events', () => {
    const store = storeOf(
      'json-lines',
      utf8('{"message":"data: one"}\n{"choices":[{"delta":{"content":"Hi"}}]}\nno\n'),
    );
    assert.equal(store.type(0), 'json');
    assert.deepEqual([...recordPieces(store, 0, 3)].join(''), '{"message":"data: one"}');
    for (const [text, mode, found] of [
      ['MESSAGE', 'text', 1],
      ['data: one', 'text', 1],
      ['^\\{"c', 'regex', 1],
      ['json', 'text', 0],
      ['json', 'regex', 0],
    ] as const) {
      const filter = compileFilter({ text, mode, matchCase: false, type: null, kinds: null }, null);
      assert.ok(!('error' in filter));
      const rowFilter = new RowFilter(store, filter);
      rowFilter.advance(Infinity, () => 0);
      assert.equal(rowFilter.length, found, `${mode} ${text}`);
    }
    const analysis = new StreamAnalysis(store);
    while (!analysis.advance(Infinity, () => 0));
    assert.equal(analysis.assembly.channels[0]?.slice(0, 10), 'Hi');
    assert.deepEqual(
      analysis.linter.list.items.map(({ row, message }) => [row, message.text]),
      [[2, 'This row is not JSON.']],
    );
  });
});

describe('JSON sequences', () => {
  it('hold texts of several lines, told at their end, not at the next one', () => {
    const text = '\x1e{"a":\n "}\\"\\n"}\n\x1e[1]\n\x1e12\n\x1e{"cut":\x1e{"whole":true}';
    assert.deepEqual(rows('json-seq', utf8(text)), [
      'event {"a":\n "}\\"\\n"}',
      'event [1]',
      'event 12',
      'incomplete {"cut":',
      'event {"whole":true}',
    ]);
    const store = new EventStore({ format: 'json-seq' });
    store.append(1, utf8('\x1e{"a":\n1}\n'));
    assert.equal(store.length, 1);
  });
});

describe('chunks as rows', () => {
  it('keep characters whole', () => {
    const bytes = utf8('a你好😀z');
    const store = storeOf('chunks', bytes, [2, 5, 9]);
    const texts = Array.from({ length: store.length }, (_, row) => store.text(row));
    assert.equal(texts.join(''), 'a你好😀z');
    assert.ok(texts.every((text) => !text.includes('\uFFFD')));
    assert.equal(store.type(0), 'chunk');
    assert.deepEqual(rows('chunks', new Uint8Array([0xe4, 0xbd])), ['event \uFFFD']);
  });
});

describe('any split', () => {
  it('gives the same rows, in a store and in a decoder', () => {
    const piece = fc.constantFrom(
      '{"a":1}',
      '[',
      ']',
      '"',
      '\\',
      '\n',
      '\r\n',
      ' ',
      '\x1e',
      '1',
      '你',
      '{',
      '}',
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => utf8(pieces.join('')));
    const format = fc.constantFrom('json-lines', 'json-seq' as const);
    fc.assert(
      fc.property(format, text, fc.array(fc.nat(60)), (of, bytes, cuts) => {
        const whole = rows(of, bytes);
        assert.deepEqual(rows(of, bytes, cuts), whole);
        const decoded: string[] = [];
        const decoder = createSseDecoder(
          (record) => decoded.push(`${record.kind} ${'data' in record ? record.data : ''}`),
          { format: of },
        );
        for (const chunk of cutAt(bytes, cuts)) decoder.feed(chunk);
        decoder.end();
        assert.deepEqual(decoded, whole);
      }),
      { numRuns: 500 },
    );
  });
});
