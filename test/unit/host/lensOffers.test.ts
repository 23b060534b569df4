import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { LensOffers } from '../../../src/host/lensOffers.ts';

describe('LensOffers', () => {
  let again: number;
  let offers: LensOffers;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    again = 0;
    offers = new LensOffers(() => {
      again += 1;
      offers.made('file:///a.cbhttp');
    });
  });
  afterEach(() => {
    offers.dispose();
    mock.timers.reset();
  });

  it('offers again what was not taken, a few times', () => {
    offers.made('file:///a.cbhttp');
    mock.timers.tick(999);
    assert.equal(again, 0);
    for (let second = 0; second < 60; second += 1) mock.timers.tick(1000);
    assert.equal(again, 5);
  });

  it('leaves what was taken', () => {
    offers.made('file:///a.cbhttp');
    offers.taken('file:///a.cbhttp');
    mock.timers.tick(60_000);
    assert.equal(again, 0);
  });

  it('waits for each document by itself', () => {
    offers.made('file:///a.cbhttp');
    offers.made('file:///b.cbhttp');
    offers.taken('file:///b.cbhttp');
    mock.timers.tick(1000);
    assert.equal(again, 1);
  });

  it('ends with its owner', () => {
    offers.made('file:///a.cbhttp');
    offers.dispose();
    mock.timers.tick(60_000);
    assert.equal(again, 0);
  });
});
