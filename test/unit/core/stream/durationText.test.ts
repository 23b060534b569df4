import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { durationText } from '../../../../src/core/stream/durationText.ts';

describe('durationText', () => {
  it('rounds to what a person reads', () => {
    const golden: readonly (readonly [ms: number, text: string])[] = [
      [0, '0 ms'], [0.04, '0 ms'], [0.36, '0.4 ms'], [9.97, '10 ms'], [349.6, '350 ms'], [999.4, '999 ms'], [999.6, '1 s'], [4230, '4.2 s'], [59_949, '59.9 s'], [59_951, '60 s'], [75_400, '75 s'], [900_000, '900 s'],
    ]; // prettier-ignore
    for (const [ms, text] of golden) assert.equal(durationText(ms), text);
  });
});
