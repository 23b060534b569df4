import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  alignEvents,
  pairStates,
  type Alignment,
  type OpenSides,
} from '../../../../src/core/compare/alignEvents.ts';
import { digestsOf, type MadeEvent } from './eventSides.ts';

const align = (left: readonly MadeEvent[], right: readonly MadeEvent[], open?: OpenSides): Alignment =>
  alignEvents(digestsOf(left), digestsOf(right), open);
const of = (...data: readonly string[]): MadeEvent[] => data.map((one) => ({ data: one }));
/** `0=0 1-` …: each pair's places and how it stands. */
const shown = ({ left, right, state }: Alignment): string[] =>
  Array.from(left, (one, at) => {
    const other = right[at] ?? -1;
    return `${one < 0 ? '' : one}${one < 0 || other < 0 ? '' : ':'}${other < 0 ? '' : other} ${pairStates[state[at] ?? 0]}`;
  });

const event = fc.record(
  {
    data: fc.constantFrom('a', 'b', 'c', '{"id":"chatcmpl-0123456789"}', '{"id":"chatcmpl-9876543210"}'),
    id: fc.constantFrom('1', '2', '3', '4', '5'),
    type: fc.constantFrom('ping', 'delta'),
  },
  { requiredKeys: ['data'] },
);
const events = fc.array(event, { maxLength: 30 });

describe('alignEvents', () => {
  it('keeps what follows an inserted event together', () => {
    const found = align(of('a', 'b', 'c', 'd'), of('a', 'x', 'b', 'c', 'd'));
    assert.deepEqual(shown(found), ['0:0 same', '1 added', '1:2 same', '2:3 same', '3:4 same']);
    assert.deepEqual([...found.differences], [1]);
  });

  it('pairs what changed in place, by type', () => {
    const left = [{ data: 'a' }, { data: '1', type: 'ping' }, { data: 'old' }, { data: 'z' }];
    const right = [{ data: 'a' }, { data: 'new' }, { data: 'z' }];
    assert.deepEqual(shown(align(left, right)), ['0:0 same', '1 missing', '2:1 changed', '3:2 same']);
  });

  it('goes by id where the ids of one run occur in the other', () => {
    const left = [
      { id: '1', data: 'a' },
      { id: '2', data: 'b' },
      { id: '3', data: 'c' },
    ];
    const right = [
      { id: '2', data: 'B' },
      { id: '3', data: 'c' },
      { id: '4', data: 'a' },
    ];
    const found = align(left, right);
    assert.equal(found.isById, true);
    assert.deepEqual(shown(found), ['0 missing', '1:0 changed', '2:1 same', '2 added']);
  });

  it('goes by order where every run has ids of its own', () => {
    const found = align(
      [
        { id: 'x1', data: 'a' },
        { id: 'x2', data: 'b' },
      ],
      [{ id: 'y1', data: 'b' }],
    );
    assert.equal(found.isById, false);
    assert.deepEqual(shown(found), ['0 missing', '1:0 same']);
  });

  it('tells what differs in ids and times alone', () => {
    const chunk = (id: string, atS: number, text: string): string =>
      `{"id":"${id}","created":${atS},"text":"${text}"}`;
    const found = align(
      of(chunk('chatcmpl-8c1f0a72e9', 1732350000, '你'), chunk('chatcmpl-8c1f0a72e9', 1732350000, '好')),
      of(chunk('chatcmpl-17bd5531aa', 1732359999, '你'), chunk('chatcmpl-17bd5531aa', 1732359999, '们')),
    );
    assert.deepEqual(shown(found), ['0:0 alike', '1:1 changed']);
    assert.deepEqual([...found.differences], [1]);
    const times = align(of('at 2024-11-23T09:22:33.123Z'), of('at 2025-01-02T10:00:00.5Z'));
    assert.deepEqual(shown(times), ['0:0 alike']);
  });

  it('waits for what may still come', () => {
    const open = { left: false, right: true };
    assert.deepEqual(shown(align(of('a', 'b', 'c'), of('a'), open)), ['0:0 same', '1 pending', '2 pending']);
    assert.deepEqual(shown(align(of('b', 'c'), of('a', 'c'), open)), ['0:0 changed', '1:1 same']);
  });

  it('finds nothing between a run and itself', () => {
    fc.assert(
      fc.property(events, (made) => {
        const found = align(made, made);
        assert.equal(found.counts.same, made.length);
        assert.equal(found.left.length, made.length);
      }),
    );
  });

  it('turns added into missing where the sides are swapped', () => {
    fc.assert(
      fc.property(events, events, (left, right) => {
        const one = align(left, right);
        const other = align(right, left);
        // How many match must not depend on the side; which of several equal ways is taken may.
        const ofOne = one.counts.missing - one.counts.added;
        assert.equal(ofOne, other.counts.added - other.counts.missing);
        assert.equal(ofOne, left.length - right.length);
      }),
    );
    const left = of('a', 'b', 'c', 'e');
    const right = of('b', 'c', 'd', 'd2', 'e');
    assert.deepEqual(align(left, right).counts, { ...align(right, left).counts, missing: 1, added: 2 });
  });

  it('has every event once, in order, and no pair that claims too much', () => {
    fc.assert(
      fc.property(events, events, (left, right) => {
        const found = align(left, right);
        const present = (places: Int32Array): number[] => [...places].filter((place) => place >= 0);
        assert.deepEqual(
          present(found.left),
          left.map((_, index) => index),
        );
        assert.deepEqual(
          present(found.right),
          right.map((_, index) => index),
        );
        found.left.forEach((one, at) => {
          const other = found.right[at] ?? -1;
          if (pairStates[found.state[at] ?? 0] !== 'same') return;
          assert.deepEqual([left[one]?.data, left[one]?.type], [right[other]?.data, right[other]?.type]);
        });
      }),
    );
  });

  it('aligns 100,000 events in well under a second, whatever they are', function () {
    this.timeout(30_000);
    const count = 100_000;
    const stream = (text: (index: number) => string): MadeEvent[] =>
      Array.from({ length: count }, (_, index) => ({ data: text(index) }));
    const plain = digestsOf(stream((index) => `event ${index}`));
    const inserted = digestsOf([{ data: 'first' }, ...stream((index) => `event ${index}`)]);
    const few = digestsOf(stream((index) => `word ${(index * 7919) % 50}`));
    const shuffled = digestsOf(stream((index) => `event ${(index * 7919) % count}`));
    const others = digestsOf(stream((index) => `word ${(index * 104729) % 53}`));
    for (const [left, right] of [
      [plain, inserted],
      [plain, shuffled],
      [few, others],
      [plain, few],
    ] as const) {
      const begin = performance.now();
      const found = alignEvents(left, right);
      const ms = performance.now() - begin;
      assert.ok(ms < 3000, `${Math.round(ms)} ms`);
      assert.ok(found.left.length >= count);
    }
  });
});
