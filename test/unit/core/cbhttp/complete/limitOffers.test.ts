import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { completionsAt } from '../../../../../src/core/cbhttp/complete/complete.ts';
import { limitOffers, MAX_OFFERS } from '../../../../../src/core/cbhttp/complete/limitOffers.ts';
import { atCursor, workspace } from './cursor.ts';

/** Labels of what is shown at the `¦` below 20,000 variables, and whether that is all. */
function shownAt(line: string): { labels: string[]; isComplete: boolean } {
  const definitions = Array.from({ length: 20_000 }, (_, index) => `@name${index} = ${index}\n`).join('');
  const { text, document, offset } = atCursor(`${definitions}${line}`);
  const shown = limitOffers(completionsAt(document, offset, workspace()), (start) =>
    text.slice(start, offset),
  );
  return { labels: shown.offers.map(({ label }) => label), isComplete: shown.isComplete };
}

describe('limitOffers', () => {
  it('leaves a list as it is that somebody can look through', () => {
    const { document, offset } = atCursor('GET /{{¦');
    const offers = completionsAt(document, offset, workspace());
    assert.deepEqual(
      limitOffers(offers, () => 'no such'),
      { offers, isComplete: true },
    );
  });

  it('shows the first of a long one', () => {
    const { labels, isComplete } = shownAt('GET /{{¦');
    assert.deepEqual(
      [labels.length, labels[0], labels.at(-1), isComplete],
      [MAX_OFFERS, 'name0', 'name999', false],
    );
  });

  it('finds what is typed, wherever it stands in the list', () => {
    const { labels, isComplete } = shownAt('GET /{{NAME1999¦}}');
    assert.deepEqual(labels.slice(0, 2), ['name1999', 'name19990']);
    assert.equal(isComplete, false);
    assert.ok(labels.includes('name11999'), 'also with other characters between');
    assert.ok(shownAt('GET /{{$gu¦').labels.includes('$guid'));
  });
});
