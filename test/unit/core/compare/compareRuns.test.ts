import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compareHeaders } from '../../../../src/core/compare/compareHeaders.ts';
import { compareTiming, isFelt, type TimingFigures } from '../../../../src/core/compare/compareTiming.ts';
import {
  judgeComparison,
  type Findings,
  type JudgedSide,
} from '../../../../src/core/compare/comparisonVerdict.ts';
import { digestText, EventDigester, MAX_COMPARED } from '../../../../src/core/compare/eventDigest.ts';
import { formatMessage } from '../../../../src/core/message.ts';
import { EventStore } from '../../../../src/core/stream/eventStore.ts';

const nothing: TimingFigures = {
  headers: null,
  firstByte: null,
  firstEvent: null,
  firstText: null,
  gapP50: null,
  gapP95: null,
  gapMax: null,
  total: null,
};

describe('compareHeaders', () => {
  it('takes names in any case and values in any order, and says what differs by nature', () => {
    const found = compareHeaders(
      [
        ['Content-Type', 'text/plain'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['Date', 'Mon'],
        ['X-Old', '1'],
      ],
      [
        ['set-cookie', 'b=2'],
        ['SET-COOKIE', 'a=1'],
        ['content-type', 'text/html'],
        ['date', 'Tue'],
        ['X-New', '1'],
        ['X-Request-Id', 'q'],
      ],
    );
    assert.deepEqual(
      found.map(({ name, state, isExpected }) => [name, state, isExpected]),
      [
        ['Content-Type', 'changed', false],
        ['Set-Cookie', 'same', false],
        ['Date', 'changed', true],
        ['X-Old', 'missing', false],
        ['X-New', 'added', false],
        ['X-Request-Id', 'added', false],
      ],
    );
  });
});

describe('compareTiming', () => {
  it('leaves out what neither has, and has no difference where one has nothing', () => {
    const found = compareTiming({ ...nothing, headers: 10, total: 500 }, { ...nothing, headers: 250 });
    assert.deepEqual(found, [
      { key: 'headers', left: 10, right: 250, deltaMs: 240 },
      { key: 'total', left: 500, right: null, deltaMs: null },
    ]);
    const felt = (left: number, right: number): boolean =>
      isFelt({ key: 'total', left, right, deltaMs: right - left });
    assert.deepEqual(
      [felt(10, 25), felt(10, 31), felt(1000, 1050), felt(1000, 800)],
      [false, true, false, true],
    );
  });
});

describe('judgeComparison', () => {
  const side: JudgedSide = {
    isRunning: false,
    status: 200,
    isStream: true,
    byteLength: 10,
    isComplete: true,
    omittedEvents: 0,
    isCut: false,
  };
  const same = { same: 3, alike: 0, changed: 0, missing: 0, added: 0, pending: 0 };
  const judge = (changes: Partial<Findings>): [string, string] => {
    const { tone, sentences } = judgeComparison({
      left: side,
      right: side,
      events: same,
      isSameText: null,
      body: null,
      timing: [],
      ...changes,
    });
    return [tone, sentences.map((one) => formatMessage(one)).join(' ')];
  };
  const firstEvent = (left: number, right: number): Findings['timing'] =>
    compareTiming({ ...nothing, firstEvent: left }, { ...nothing, firstEvent: right });

  it('says what is the same and what is slower, in a sentence or two', () => {
    assert.deepEqual(judge({ timing: firstEvent(100, 340) }), [
      'good',
      'Same answer. B was 240 ms slower to its first event.',
    ]);
    assert.deepEqual(judge({ timing: firstEvent(340, 100) }), [
      'good',
      'Same answer. B was 240 ms faster to its first event.',
    ]);
    assert.deepEqual(judge({ timing: firstEvent(100, 110) }), [
      'good',
      'Same answer. Both took about the same time.',
    ]);
    assert.deepEqual(judge({ events: { ...same, alike: 2 } }), [
      'good',
      'Same answer but for ids, times and long numbers.',
    ]);
    assert.deepEqual(judge({ events: { ...same, changed: 1 } }), ['bad', 'One event differs.']);
    assert.deepEqual(judge({ events: { ...same, changed: 1, added: 2 }, isSameText: true }), [
      'good',
      'Same text, in other events.',
    ]);
    assert.deepEqual(judge({ right: { ...side, status: 500 } }), ['bad', 'Different status: A 200, B 500.']);
    assert.deepEqual(judge({ right: { ...side, status: null } }), ['bad', 'B got no response.']);
    assert.deepEqual(judge({ right: { ...side, isStream: false }, events: null }), [
      'bad',
      'A is a stream, B came as a whole.',
    ]);
  });

  it('says which one did not come to its end, although what came is the same', () => {
    const cut = { ...side, isComplete: false };
    const but = (name: string) => ['bad', `The same was received, but ${name} did not come to its end.`];
    assert.deepEqual(judge({ right: cut }), but('B'));
    assert.deepEqual(judge({ left: cut, events: { ...same, alike: 1 } }), but('A'));
    assert.deepEqual(judge({ left: cut, right: cut }), ['good', 'Same answer.']);
    assert.deepEqual(judge({ right: cut, events: { ...same, missing: 1 } }), ['bad', 'One event differs.']);
  });

  it('says nothing of two streams whose events are not compared yet', () => {
    assert.deepEqual(judge({ events: null }), ['neutral', 'Comparing the events…']);
    assert.deepEqual(judge({ events: null, right: { ...side, status: 500 } }), [
      'bad',
      'Different status: A 200, B 500.',
    ]);
  });

  it('says where only the first events were compared, and takes the others for no less different', () => {
    const more = { ...side, omittedEvents: 1 };
    const most = { ...side, omittedEvents: 50_000 };
    const only = 'Only the first 200000 events were compared.';
    assert.deepEqual(judge({ left: more, right: more }), [
      'neutral',
      `No difference in what was compared. ${only}`,
    ]);
    assert.deepEqual(judge({ right: most }), [
      'bad',
      `Different numbers of events: A 200000, B 250000. ${only}`,
    ]);
    assert.deepEqual(judge({ right: more, events: { ...same, changed: 1 } }), [
      'bad',
      `One event differs. ${only}`,
    ]);
  });

  it('says of what only the beginning was kept, and calls no length of it a difference', () => {
    const cut = { ...side, isCut: true };
    const of = (name: string): string =>
      `Of ${name} only the beginning was kept: what came after it is not compared.`;
    const none = 'No difference in what was compared.';
    assert.deepEqual(judge({ left: cut, events: { ...same, pending: 9 } }), [
      'neutral',
      `${none} ${of('A')}`,
    ]);
    assert.deepEqual(judge({ left: cut, right: cut }), ['neutral', `${none} ${of('both')}`]);
    assert.deepEqual(judge({ right: cut, events: { ...same, changed: 2 } }), [
      'bad',
      `2 events differ. ${of('B')}`,
    ]);
    assert.deepEqual(judge({ right: cut, events: { ...same, changed: 2 }, isSameText: true }), [
      'neutral',
      `Same text, in other events. ${of('B')}`,
    ]);
    const whole = { ...side, isStream: false, byteLength: 12 };
    const body = {
      left: { ...cut, isStream: false },
      right: whole,
      events: null,
      body: 'different',
    } as const;
    assert.deepEqual(judge(body), ['neutral', of('A')]);
  });

  it('judges bodies that are no streams, and waits while one runs', () => {
    const whole = { ...side, isStream: false };
    const of = (body: Findings['body']): string =>
      judge({ left: whole, right: { ...whole, byteLength: 12 }, events: null, body })[1];
    assert.deepEqual(
      [of('same'), of('laidOut'), of('different')],
      ['Same answer.', 'Same answer, with other white space.', 'Different answers: 10 and 12 bytes.'],
    );
    const running = { ...side, isRunning: true };
    assert.deepEqual(judge({ right: running, events: { ...same, pending: 4 } }), [
      'neutral',
      'Still receiving; no difference so far.',
    ]);
    assert.deepEqual(judge({ right: running, events: { ...same, changed: 2 } }), [
      'neutral',
      'Still receiving; 2 events differ so far.',
    ]);
  });
});

describe('the digester of events', () => {
  it('takes no more events than are compared, also where a comment came before them', () => {
    const store = new EventStore();
    store.append(0, new TextEncoder().encode(`: comment\n\n${'data\n\n'.repeat(MAX_COMPARED + 40)}`));
    const digester = new EventDigester(store);
    assert.ok(digester.advance(Infinity, () => 0));
    assert.equal(digester.length, MAX_COMPARED);
    store.dispose();
  });
});

describe('digestText', () => {
  it('sets apart what differs, and not what differs in ids, times and long numbers alone', () => {
    const alike = (one: string, other: string): boolean => digestText(one).alike === digestText(other).alike;
    assert.ok(alike('id 550e8400-e29b-41d4-a716-446655440000', 'id 6ba7b810-9dad-11d1-80b4-00c04fd430c8'));
    assert.ok(alike('at 1732350000.5 s', 'at 1732359999.25 s'));
    assert.ok(!alike('12 apples', '13 apples'));
    assert.ok(!alike('understanding', 'misunderstood'));
    // What is long is content, not an id.
    assert.ok(!alike(`a1${'b'.repeat(80)}`, `a2${'b'.repeat(80)}`));
    assert.notEqual(digestText('a').exact, digestText('b').exact);
  });
});
