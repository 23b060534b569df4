import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import {
  compileFilter,
  RowFilter,
  type CompiledFilter,
  type FilterQuery,
} from '../../../../../src/core/stream/search/rowFilter.ts';
import { cutAt, storeOf, utf8 } from '../../../../support/eventStreams.ts';

const everything: FilterQuery = { text: '', mode: 'text', matchCase: false, type: null, kinds: null };
const noClock = () => 0;

function filterOf(query: Partial<FilterQuery>): CompiledFilter {
  const filter = compileFilter({ ...everything, ...query }, null);
  assert.ok(!('error' in filter));
  return filter;
}

function rowsOf(filter: RowFilter): number[] {
  return Array.from({ length: filter.length }, (_, index) => filter.row(index));
}

function find(store: EventStore, query: Partial<FilterQuery>): number[] {
  const filter = new RowFilter(store, filterOf(query));
  assert.equal(filter.advance(1000, noClock), true);
  return rowsOf(filter);
}

/** All that is searched of a row, from what the store says of it. */
function textsOf(store: EventStore, row: number): string[] {
  const record = store.get(row)?.record;
  assert.ok(record);
  if (record.kind !== 'event') return [store.text(row)];
  return [record.data, record.id, record.type === 'message' ? '' : record.type];
}

const word = fc.constantFrom('dat', 'a', 'A', 'event', 'id', ':', ' ', 'é', 'É', '你好', 'ς', 'Σ', '\u212a', 'k', '\uFFFD', '😀', '\0'); // prettier-ignore
const words = fc.array(word, { maxLength: 4 }).map((list) => list.join(''));
const field = fc.constantFrom('data: ', 'data:', 'data', 'id: ', 'id:', 'event: ', ': ', ':', 'retry: 5', 'odd: ', '\uFEFF'); // prettier-ignore
const lineEnd = fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\r\n\r\n');
const invalid = fc.constantFrom([], [], [], [0xff], [0xe4, 0xbd]);
const line = fc
  .tuple(field, words, invalid, lineEnd)
  .map(([name, value, bytes, end]) => [...utf8(name + value), ...bytes, ...utf8(end)]);
const stream = fc.array(line, { maxLength: 30 }).map((lines) => Uint8Array.from(lines.flat()));
const cuts = fc.array(fc.nat(300));
const needle = fc.oneof(words, fc.constantFrom('\ud83d', 'a\na', '\n', '5', 'ta: '));
const query = fc.record({
  text: needle,
  mode: fc.constantFrom('text' as const, 'regex' as const),
  matchCase: fc.boolean(),
  type: fc.constantFrom(null, null, 'message', 'a'),
  kinds: fc.constantFrom(null, null, ['event' as const], ['comment' as const, 'incomplete' as const]),
});

describe('RowFilter', () => {
  it('finds a text in exactly the rows whose data, id, type or comment contains it', () => {
    fc.assert(
      fc.property(stream, needle, fc.boolean(), (bytes, text, matchCase) => {
        fc.pre(text !== '');
        const store = storeOf(bytes);
        const pattern = new RegExp(text, 'i'); // no text here has a special character
        const contains = (where: string) => (matchCase ? where.includes(text) : pattern.test(where));
        const expected = Array.from({ length: store.length }, (_, row) => row).filter((row) =>
          textsOf(store, row).some(contains),
        );
        assert.deepEqual(find(store, { text, matchCase }), expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives the same index whatever the chunks, and while the stream runs', () => {
    fc.assert(
      fc.property(stream, cuts, query, (bytes, at, anyQuery) => {
        const store = new EventStore();
        const live = new RowFilter(store, filterOf(anyQuery));
        for (const chunk of cutAt(bytes, at)) {
          store.append(0, chunk);
          live.advance(1000, noClock);
          assert.equal(live.scanned, store.length);
        }
        store.end();
        live.advance(1000, noClock);
        assert.deepEqual(rowsOf(live), find(storeOf(bytes), anyQuery));
      }),
      { numRuns: 1000 },
    );
  });

  it('ignores case in every script that has it', () => {
    const store = storeOf(utf8('data: Grüße, ΟΔΟΣ, МИР, 你好\n\ndata: K\n\n'));
    for (const text of ['GRÜ', 'οδος', 'οδοσ', 'мир', '你好', 'Мир, 你']) {
      assert.deepEqual(find(store, { text }), [0], text);
    }
    assert.deepEqual(find(store, { text: 'GRÜ', matchCase: true }), []);
    assert.deepEqual(find(store, { text: '你好', matchCase: true }), [0]);
    assert.deepEqual(find(store, { text: 'k' }), [1]);
  });

  it('searches values, not field names, and no type the stream does not name', () => {
    const store = storeOf(
      utf8(
        'data: 1\n\nevent: message\ndata: 2\n\nevent: data\ndata: 3\n\nid: data\ndata: 4\n\nodd: data\ndata: 5\n\n',
      ),
    );
    assert.deepEqual(find(store, { text: 'data' }), [2, 3]);
    assert.deepEqual(find(store, { text: 'message' }), []);
    assert.deepEqual(find(store, { text: 'message', mode: 'regex' }), []);
    assert.deepEqual(find(store, { text: 'odd' }), []);
  });

  it('tells a comment within an event from the event', () => {
    const store = storeOf(utf8('data: x\n: beat\ndata: y\n\n'));
    assert.deepEqual(find(store, { text: 'beat' }), [0]);
    assert.deepEqual(find(store, { text: 'x' }), [1]);
    assert.deepEqual(find(store, { text: 'x\ny' }), [1]);
  });

  it('cuts texts out of ASCII and other rows alike', () => {
    const ascii = 'data: abc\n\n'.repeat(200);
    const store = storeOf(utf8(`${ascii}data: 你好\n\ndata: end\n\n${ascii}`));
    assert.deepEqual(find(store, { text: '^(你好|end)$', mode: 'regex' }), [200, 201]);
    assert.equal(find(store, { text: '^abc$', mode: 'regex' }).length, 400);
  });

  it('keeps kinds and types apart', () => {
    const store = storeOf(utf8('data: 1\n\n: c\nevent: e\ndata: 2\n\nretry: 7\ndata: 3'));
    assert.deepEqual(find(store, {}), [0, 1, 2, 3, 4]);
    assert.deepEqual(find(store, { kinds: ['comment', 'retry'] }), [1, 3]);
    assert.deepEqual(find(store, { type: 'e' }), [2]);
    assert.deepEqual(find(store, { type: 'message' }), [0]);
    assert.deepEqual(find(store, { type: '' }), []);
    assert.deepEqual(find(store, { type: 'message', kinds: ['incomplete'] }), []);
    assert.deepEqual(find(store, { kinds: ['event'], text: '2' }), [2]);
    assert.deepEqual(find(store, { kinds: [] }), []);
  });

  it('works in slices no longer than their budget and a step', () => {
    const store = storeOf(utf8('data: x\n\n'.repeat(1000)));
    const filter = new RowFilter(store, filterOf({ text: 'x' }));
    let nowMs = 0;
    const tick = () => nowMs++; // each look at the clock takes a millisecond
    let slices = 1;
    while (!filter.advance(5, tick)) {
      assert.equal(filter.scanned, slices * 5 * 32);
      slices++;
    }
    assert.equal(slices, 7);
    assert.equal(filter.length, 1000);
  });

  it('looks at the clock after 64 KB of long rows', () => {
    const store = storeOf(utf8(`data: ${'x'.repeat(100_000)}\n\n`.repeat(10)));
    const filter = new RowFilter(store, filterOf({ text: 'y' }));
    let nowMs = 0;
    assert.equal(
      filter.advance(3, () => nowMs++),
      false,
    );
    assert.equal(filter.scanned, 3);
  });

  it('searches the beginning of a row that is too long, and counts it', () => {
    const store = storeOf(utf8(`data: heads${'数'.repeat(500_000)}tail\n\ndata: tail\n\n`));
    const filter = new RowFilter(store, filterOf({ text: 'tail' }));
    filter.advance(1000, noClock);
    assert.deepEqual([rowsOf(filter), filter.cutCount], [[1], 1]);
    assert.deepEqual(find(store, { text: 'head' }), [0]);
    assert.deepEqual(find(store, { text: '数É' }), []);
    assert.deepEqual(find(store, { text: '\uFFFD' }), [], 'cut between characters');
  });

  it('takes linear time for occurrences that do not count', () => {
    const store = storeOf(utf8(`odd: ${'a'.repeat(1_000_000)}\ndata: b\n\n`));
    const startMs = performance.now();
    assert.deepEqual(find(store, { text: 'a' }), []);
    assert.ok(performance.now() - startMs < 2000);
  });

  it('gives up on an expression that takes too long', () => {
    const store = storeOf(utf8('data: x\n\n'.repeat(100)));
    const filter = new RowFilter(store, filterOf({ text: 'x', mode: 'regex' }));
    let nowMs = 0;
    assert.equal(
      filter.advance(10_000, () => (nowMs += 6000)),
      true,
    );
    assert.match(filter.stopped?.text ?? '', /takes too long/);
    assert.equal(filter.scanned, 32);
    filter.advance(10_000, noClock);
    assert.equal(filter.scanned, 32);
  });
});
