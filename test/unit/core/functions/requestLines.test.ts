import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  holdsId,
  requestIdsOf,
  RequestLines,
  type LineView,
  type RequestSpan,
  type WrittenLine,
} from '../../../../src/core/functions/requestLines.ts';
import { withoutColors } from '../../../../src/core/functions/withoutColors.ts';

const line = (atMs: number, text: string): WrittenLine => ({ atMs, stream: 'stdout', text });

function textsOf(lines: RequestLines, view: LineView): string[] {
  return Array.from({ length: lines.count(view) }, (_, number) => {
    const found = lines.line(view, number);
    return `${found?.relation ?? '-'} ${found?.text ?? ''}`;
  });
}

describe('a request’s ids', () => {
  it('are those of the answer, then those sent, each once, whatever their case', () => {
    const sent = [
      ['X-Request-ID', 'sent-1'],
      ['X-Correlation-Id', 'both-1'],
    ] as const;
    const received = [
      ['x-scf-request-id', 'scf-1'],
      ['x-request-id', ' gate-1 '],
      ['X-Correlation-Id', 'both-1'],
      ['date', 'today'],
    ] as const;
    assert.deepEqual(requestIdsOf(sent, received), ['gate-1', 'scf-1', 'both-1', 'sent-1']);
    assert.deepEqual(requestIdsOf([], []), []);
  });

  it('are none where they would be found everywhere', () => {
    assert.deepEqual(requestIdsOf([['X-Request-Id', '1']], [['X-Request-Id', '']]), []);
    assert.deepEqual(requestIdsOf([['X-Request-Id', 'x'.repeat(201)]], []), []);
  });

  it('stand in a line as a word of their own', () => {
    const ids = ['req-1'];
    for (const text of ['req-1', '[req-1] hello', '{"id":"req-1"}', 'req-12 and req-1.']) {
      assert.equal(holdsId(text, ids), true, text);
    }
    for (const text of ['', 'req-12', 'areq-1', 'my-req-1', 'req-1-2', 'REQ-1']) {
      assert.equal(holdsId(text, ids), false, text);
    }
    assert.equal(holdsId('anything', []), false);
  });
});

describe('a function’s lines', () => {
  const span = (changes: Partial<RequestSpan> = {}): RequestSpan => ({
    ids: [],
    fromMs: 1000,
    toMs: 2000,
    ...changes,
  });

  it('are a request’s by its id, or by their time', () => {
    const lines = new RequestLines(100);
    for (const one of [line(900, 'before'), line(1500, 'during'), line(1600, 'id req-1')]) lines.add(one);
    assert.deepEqual(textsOf(lines, 'request'), []);
    lines.follow(span({ ids: ['req-1'] }));
    for (const one of [line(2050, 'on its way'), line(2200, 'after'), line(9000, 'late req-1')])
      lines.add(one);
    assert.deepEqual(textsOf(lines, 'request'), [
      'time during',
      'id id req-1',
      'time on its way',
      'id late req-1',
    ]);
    assert.deepEqual(textsOf(lines, 'all'), [
      '- before',
      'time during',
      'id id req-1',
      'time on its way',
      '- after',
      'id late req-1',
    ]);
    assert.equal(lines.idCount, 2);
  });

  it('are all the request’s while it goes on, and told apart anew once more is known', () => {
    const lines = new RequestLines(100);
    lines.follow(span({ toMs: null }));
    const first = lines.listId;
    lines.add(line(1500, 'req-1'));
    lines.add(line(5000, 'later'));
    assert.deepEqual(textsOf(lines, 'request'), ['time req-1', 'time later']);
    assert.equal(lines.listId, first, 'a line that is added moves no other');
    lines.follow(span({ toMs: null }));
    assert.equal(lines.listId, first, 'nothing new');
    lines.follow(span({ ids: ['req-1'] }));
    assert.notEqual(lines.listId, first);
    assert.deepEqual(textsOf(lines, 'request'), ['id req-1']);
  });

  it('are the last ones where there are too many', () => {
    const lines = new RequestLines(10);
    lines.follow(span({ toMs: null }));
    const { listId } = lines;
    for (let n = 0; n < 11; n++) lines.add(line(n < 5 ? 0 : 1500, `${n}`));
    assert.equal(lines.count('all'), 10);
    assert.deepEqual(textsOf(lines, 'all').slice(0, 2), ['- 1', '- 2']);
    assert.deepEqual(textsOf(lines, 'request').slice(0, 2), ['time 5', 'time 6']);
    assert.notEqual(lines.listId, listId);
    assert.equal(lines.line('request', 6), undefined);
    assert.equal(lines.line('all', -1), undefined);
  });

  it('come out the same, told before or after', () => {
    const some = fc.array(fc.record({ atMs: fc.integer({ min: 0, max: 3000 }), isHeld: fc.boolean() }));
    fc.assert(
      fc.property(some, (all) => {
        const written = all.map(({ atMs, isHeld }, n) => line(atMs, isHeld ? `${n} req-1` : `${n}`));
        const [before, after] = [new RequestLines(20), new RequestLines(20)];
        before.follow(span({ ids: ['req-1'] }));
        for (const one of written) for (const lines of [before, after]) lines.add(one);
        after.follow(span({ ids: ['req-1'] }));
        for (const view of ['all', 'request'] as const) {
          assert.deepEqual(textsOf(before, view), textsOf(after, view));
        }
        assert.equal(before.idCount, after.idCount);
      }),
    );
  });
});

describe('a line of a terminal', () => {
  it('is its text', () => {
    assert.equal(withoutColors('\x1b[31mred\x1b[0m and \x1b[1;38;5;4mbold\x1b[m'), 'red and bold');
    assert.equal(withoutColors('\x1b]8;;https://a.test\x07link\x1b]8;;\x1b\\'), 'link');
    assert.equal(withoutColors('plain [31m text'), 'plain [31m text');
  });
});
