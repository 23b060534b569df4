import assert from 'node:assert/strict';
import { Poll, type PollQuestion } from '../../../src/webview/poll.ts';

/** A poll with a clock that stands still until it is moved, and a host that answers when it is told to. */
function setUp() {
  let nowMs = 0;
  let redraws = 0;
  const timers: { readonly atMs: number; readonly callback: () => void }[] = [];
  const waiting: ((answer: string | null) => void)[] = [];
  const taken: string[] = [];
  const poll = new Poll({
    redraw: () => redraws++,
    now: () => nowMs,
    after: (ms, callback) => timers.push({ atMs: nowMs + ms, callback }),
  });
  return {
    taken,
    redraws: () => redraws,
    update: (key: string, options: Partial<PollQuestion<string>> = {}) =>
      poll.update<string>({
        runId: 1,
        key,
        isUrgent: false,
        ask: () => new Promise((resolve) => waiting.push(resolve)),
        take: (answer) => taken.push(answer),
        ...options,
      }),
    waiting: () => waiting.length,
    answer: async (answer: string | null) => {
      waiting.shift()?.(answer);
      await Promise.resolve();
      await Promise.resolve();
    },
    pass: (ms: number) => {
      nowMs += ms;
      for (const timer of timers.splice(0)) {
        if (timer.atMs <= nowMs) timer.callback();
        else timers.push(timer);
      }
    },
  };
}

describe('a poll', () => {
  it('asks the first question at once and never two at a time', async () => {
    const { update, answer, waiting, taken } = setUp();
    update('a');
    update('b', { isUrgent: true });
    assert.equal(waiting(), 1);
    await answer('A');
    assert.deepEqual(taken, ['A']);
    update('a', { isUrgent: true });
    assert.equal(waiting(), 0, 'nothing has changed');
    update('b', { isUrgent: true });
    assert.equal(waiting(), 1);
  });

  it('lets a question wait for its turn, and says when that has come', async () => {
    const { update, answer, waiting, pass, redraws } = setUp();
    update('a');
    await answer('A');
    assert.equal(redraws(), 1);
    pass(100);
    update('b');
    update('c');
    assert.equal(waiting(), 0);
    pass(149);
    assert.equal(redraws(), 1);
    pass(1);
    assert.equal(redraws(), 2);
    update('c');
    assert.equal(waiting(), 1);
  });

  it('asks again by itself what could not be answered, at the end of a run too', async () => {
    const { update, answer, waiting, pass, taken, redraws } = setUp();
    update('end', { isUrgent: true });
    await answer(null);
    update('end', { isUrgent: true });
    assert.equal(waiting(), 0, 'not in a loop');
    pass(250);
    assert.equal(waiting(), 1);
    await answer(null);
    pass(250);
    assert.equal(waiting(), 0, 'each time later');
    pass(250);
    await answer('END');
    assert.deepEqual([taken, redraws()], [['END'], 1]);
    pass(100_000);
    assert.equal(waiting(), 0);
  });

  it('gives up what is never answered until something changes', async () => {
    const { update, answer, waiting, pass } = setUp();
    update('a');
    let asked = 0;
    for (; waiting() > 0; asked++) {
      await answer(null);
      pass(1_000_000);
    }
    assert.ok(asked < 10);
    update('b');
    assert.equal(waiting(), 1);
  });

  it('retries nothing that another question has overtaken', async () => {
    const { update, answer, waiting, pass, taken } = setUp();
    update('a');
    await answer(null);
    pass(249);
    update('a', { runId: 2 });
    await answer('of run 2');
    pass(10_000);
    assert.equal(waiting(), 0);
    assert.deepEqual(taken, ['of run 2']);
  });

  it('drops what comes for a run that is shown no more', async () => {
    const { update, answer, waiting, taken } = setUp();
    update('a');
    update('a', { runId: 2 });
    assert.equal(waiting(), 2);
    await answer('of run 1');
    assert.deepEqual(taken, []);
    await answer('of run 2');
    assert.deepEqual(taken, ['of run 2']);
  });
});
