import assert from 'node:assert/strict';
import { createTimeLimit, TimeLimitError } from '../../../src/host/timeLimit.ts';

describe('createTimeLimit', () => {
  it('stops a regular expression that would take for ever', () => {
    const limited = createTimeLimit(50);
    const startMs = performance.now();
    assert.throws(() => limited(() => /(a+)+$/.test(`${'a'.repeat(60)}!`)), TimeLimitError);
    assert.ok(performance.now() - startMs < 5000);
  });

  it('gives back what is returned, and throws what is thrown', () => {
    const limited = createTimeLimit(1000);
    assert.equal(
      limited(() => 'a'),
      'a',
    );
    const failure = new Error('x');
    assert.throws(
      () =>
        limited(() => {
          throw failure;
        }),
      failure,
    );
  });
});
