import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Turns } from '../../../src/host/turns.ts';

describe('turns', () => {
  it('make the first pieces at once and the others later, in order', async () => {
    const turns = new Turns();
    const made: number[] = [];
    let loops = 0;
    let isDone = false;
    const count = (): void => {
      loops++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const all = Array.from({ length: 1000 }, async (_, index) => {
      const turn = turns.next();
      if (turn !== undefined) await turn;
      made.push(index);
    });
    assert.equal(made.length, 100);
    await Promise.all(all);
    isDone = true;
    assert.deepEqual(
      made,
      Array.from({ length: 1000 }, (_, index) => index),
    );
    assert.ok(loops >= 8, `${loops} turns of the loop`);
  });

  it('begin anew once the loop has turned', async () => {
    const turns = new Turns();
    for (let index = 0; index < 100; index++) assert.equal(turns.next(), undefined);
    assert.notEqual(turns.next(), undefined);
    for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(turns.next(), undefined);
  });
});
