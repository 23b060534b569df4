import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Holds } from '../../../src/host/holds.ts';

describe('holds', () => {
  const make = (): { holds: Holds; freed: () => number } => {
    let count = 0;
    return { holds: new Holds(() => count++), freed: () => count };
  };

  it('free at once what nobody holds', () => {
    const { holds, freed } = make();
    holds.letGo();
    assert.equal(freed(), 1);
  });

  it('free with the last of who held it, each counted once', () => {
    const { holds, freed } = make();
    const [one, other] = [holds.hold(), holds.hold()];
    holds.letGo();
    one.dispose();
    one.dispose();
    assert.equal(freed(), 0);
    other.dispose();
    assert.equal(freed(), 1);
  });

  it('free nothing before the owner lets it go', () => {
    const { holds, freed } = make();
    holds.hold().dispose();
    assert.equal(freed(), 0);
    holds.letGo();
    assert.equal(freed(), 1);
  });
});
