import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../../src/core/message.ts';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import { MAX_ITEMS_PER_CODE, type LintItem } from '../../../../../src/core/stream/lint/lintItem.ts';
import { WireLinter } from '../../../../../src/core/stream/lint/wireLinter.ts';
import { storeOf, utf8 } from '../../../../support/eventStreams.ts';

function lint(store: EventStore, { sliceBytes = 1 << 20, wasCut = false } = {}): WireLinter {
  const linter = new WireLinter(store);
  while (!linter.advance(sliceBytes));
  linter.finish(wasCut);
  return linter;
}

function bytesOf(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8(part)] : [part])));
}

/** `code severity @byte event row`, one per item. */
function findings(...parts: (string | number)[]): string[] {
  return lint(storeOf(bytesOf(...parts))).list.items.map(
    ({ code, severity, byteOffset, eventIndex, row }) => `${code} ${severity} @${byteOffset} e${eventIndex} r${row ?? '-'}`,
  ); // prettier-ignore
}

const words = (stream: string): string[] =>
  lint(storeOf(utf8(stream))).list.items.map(({ message }) => formatMessage(message));

describe('WireLinter', () => {
  it('finds nothing in streams as they should be', () => {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const stream =
        'retry: 3000\n\n: beat\n\nid: 1\nevent: 片段\ndata:{"a":"你好 🚀"}\ndata: more\n\ndata\n\nid\ndata: x\n\n';
      assert.deepEqual(findings(stream.replaceAll('\n', lineEnd)), []);
    }
    assert.deepEqual(findings(''), []);
  });

  it('finds field names that are ignored, with their event and record', () => {
    assert.deepEqual(
      findings(': c\ndata: 1\n\nfoo: 2\ndata: 2\n\nData: 3\n\n data : 4\nhello\ndata: 4\n\n'),
      [
        'unknown-field warning @13 e1 r2',
        'field-name warning @29 e2 r-',
        'field-name warning @38 e2 r3',
        'no-colon warning @48 e2 r3',
      ],
    );
  });

  it('says why a line is ignored', () => {
    assert.deepEqual(words('{"a": 1}\nDATA: x\ndata：你好\nx-y: 1\nplain text\n\uFEFFdata: 1\n\n'), [
      '"{"a"" is no field: the line is ignored. Is "data: " missing before it?',
      'The field name is written "DATA": only "data" counts, so the line is ignored.',
      'A full-width colon follows "data": only ":" counts, so the line is ignored.',
      'Unknown field "x-y": the line is ignored.',
      'A line without a colon is a field name only, and "plain text" is none: it is ignored.',
      'A BOM before "data" becomes part of the field name: the line is ignored.',
    ]);
    assert.match(words(`\u202E\u0007${'x'.repeat(60)}: 1\n\n`)[0] ?? '', /^"\uFFFD\uFFFDx{38}…" is no field/);
  });

  it('tells a BOM at the beginning from one later', () => {
    assert.deepEqual(findings('\uFEFFdata: a\n\n\uFEFFdata: b\n\n'), [
      'bom info @0 e0 r-',
      'bom warning @12 e1 r-',
    ]);
    assert.deepEqual(findings('\uFEFF\n'), ['bom info @0 e0 r-']);
  });

  it('finds bad retry values and ids with NUL', () => {
    assert.deepEqual(findings('retry: 3s\nretry:\nretry: 5\nid: a\0b\ndata: x\n\n'), [
      'retry warning @0 e0 r1',
      'retry warning @10 e0 r1',
      'nul-in-id warning @26 e0 r1',
    ]);
  });

  it('finds events without data', () => {
    assert.deepEqual(findings('event: ping\nid: 1\n\nid: 2\n\nretry: 1\n\n'), [
      'no-data warning @0 e0 r-',
      'no-data info @19 e0 r-',
    ]);
  });

  it('finds a missing last blank line, unless the stream was cut', () => {
    assert.deepEqual(findings('data: a\n\nevent: e\ndata: b\n'), ['no-blank-line warning @9 e1 r1']);
    assert.deepEqual(findings('data: a\n\nda'), ['no-blank-line warning @9 e1 r-']);
    assert.deepEqual(findings('data: a\n\n: b'), []);
    assert.deepEqual(lint(storeOf(bytesOf('data: a\n\ndata: ', 0xe4)), { wasCut: true }).list.items, []);
  });

  it('finds what is not UTF-8, and where', () => {
    assert.deepEqual(findings('data: ', 0xff, 'ok', 0xe4, 0xb8, '\n\n: ', 0xc0, '\ndata: ', 0xf0, 0x9f), [
      'invalid-utf8 error @6 e0 r0',
      'invalid-utf8 error @9 e0 r0',
      'invalid-utf8 error @15 e1 r1',
      'invalid-utf8 error @23 e1 r2',
      'no-blank-line warning @17 e1 r2',
    ]);
  });

  it('finds line ends that change, once', () => {
    assert.deepEqual(findings('data: a\n\ndata: b\r\n\r\ndata: c\r\r'), ['mixed-line-ends info @16 e1 r-']);
    assert.deepEqual(findings('data: a\r\rdata: b\n'), [
      'mixed-line-ends info @16 e1 r-',
      'no-blank-line warning @9 e1 r1',
    ]);
  });

  it('finds line breaks that were escaped', () => {
    assert.deepEqual(findings('data: {"a":"x\\n\\n"}\n\n'), []);
    assert.deepEqual(findings('data: a\\n\\n\n\ndata: b\\r\\n\\r\\n\n\ndata: fin\n\n'), [
      'escaped-line-break warning @0 e0 r0',
      'escaped-line-break warning @13 e1 r1',
    ]);
    assert.deepEqual(findings(`data: a\n\ndata: ${'long '.repeat(2000)}\\n\\n\n\n`), [
      'escaped-line-break warning @9 e1 r1',
    ]);
  });

  it('keeps two hundred items of a code and counts them all', () => {
    const { list } = lint(
      storeOf(bytesOf('foo: 1\n'.repeat(1000), ...new Array<number>(700).fill(0xff), '\n\n')),
    );
    assert.equal(list.items.filter(({ code }) => code === 'unknown-field').length, MAX_ITEMS_PER_CODE);
    assert.equal(list.items.filter(({ code }) => code === 'invalid-utf8').length, MAX_ITEMS_PER_CODE);
    assert.equal(list.counts.get('unknown-field'), 1000);
    assert.equal(list.counts.get('invalid-utf8'), 700);
  });

  const piece = fc.constantFrom(
    'data: x', 'data:', 'data: 你\\n\\n', 'Data: x', 'id: 1', 'id', 'id: \0', 'event: e', ': c', 'retry: 5', 'retry: x', 'odd', ' ', '\n', '\n\n', '\r', '\r\n', '\uFEFF', '中', `data: ${'y'.repeat(4100)}`, `retry: ${'1'.repeat(4100)}`,
  ).map(utf8); // prettier-ignore
  const wild = fc.constantFrom(0xff, 0xe4, 0xb8, 0xf0, 0x9f, 0x0a).map((byte) => Uint8Array.of(byte));
  const stream = fc
    .array(fc.oneof({ weight: 4, arbitrary: piece }, { weight: 1, arbitrary: wild }), { maxLength: 40 })
    .map((pieces) => Uint8Array.from(pieces.flatMap((part) => [...part])));

  it('finds the same in any chunks and any slices, also while the stream comes', () => {
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.nat(120)),
        fc.integer({ min: 1, max: 40 }),
        (bytes, cuts, sliceBytes) => {
          const whole = lint(storeOf(bytes));
          const sliced = lint(storeOf(bytes, cuts), { sliceBytes });
          assert.deepEqual(sliced.list, whole.list);
          const store = new EventStore();
          const live = new WireLinter(store);
          for (const [index, byte] of bytes.subarray(0, 300).entries()) {
            store.append(index, Uint8Array.of(byte));
            live.advance(sliceBytes);
          }
          if (bytes.length > 300) store.append(300, bytes.subarray(300));
          store.end();
          live.finish();
          assert.deepEqual(live.list, whole.list);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('places each item in the record that holds its byte', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const store = storeOf(bytes);
        const placed = lint(store).list.items.filter(
          (item): item is LintItem & { row: number } => item.row !== null,
        );
        for (const { row, byteOffset, eventIndex } of placed) {
          assert.ok(row < store.length);
          assert.ok(store.byteOffset(row) <= byteOffset && byteOffset < store.byteEnd(row));
          if (store.kind(row) === 'event') assert.equal(store.eventIndex(row), eventIndex);
        }
      }),
      { numRuns: 500 },
    );
  });
});
