import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nearest } from '../../../../../src/core/cbhttp/actions/nearest.ts';

describe('nearest', () => {
  it('finds the word a typist meant', () => {
    assert.equal(nearest('POTS', ['GET', 'POST', 'PUT']), 'POST');
    assert.equal(nearest('my-funtcion', ['your-function', 'my-function']), 'my-function');
    assert.equal(nearest('DEV', ['prod', 'dev']), 'dev');
    assert.equal(nearest('usr', ['user']), 'user');
  });

  it('finds none where all are too different, or the same', () => {
    assert.equal(nearest('abc', ['xyz', 'abc']), undefined);
    assert.equal(nearest('x'.repeat(1000), ['x'.repeat(999)]), undefined);
    assert.equal(nearest('', []), undefined);
  });
});
