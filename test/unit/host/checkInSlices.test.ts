import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkDocument, checkSteps } from '../../../src/core/cbhttp/check/checkDocument.ts';
import { parseCbhttp } from '../../../src/core/cbhttp/parse.ts';
import { updateDocument } from '../../../src/core/cbhttp/update.ts';
import { checkInSlices } from '../../../src/host/checkInSlices.ts';
import { contextOf } from '../core/cbhttp/check/context.ts';

const REQUESTS = 3000;
const text = `@host = 127.0.0.1\n${Array.from({ length: REQUESTS }, (_, index) => `### ${index}\nGET http://{{host}}/{{no}}\n`).join('')}`;
const context = contextOf();

describe('checkInSlices', () => {
  it('finds what a check in one go finds', async () => {
    const problems = await checkInSlices(parseCbhttp(text), context, () => false);
    assert.deepEqual(problems, checkDocument(parseCbhttp(text), context));
    assert.equal(problems.length, REQUESTS);
  });

  it('takes a step for each request that uses a variable whose definition was edited', () => {
    const document = parseCbhttp(text);
    checkDocument(document, context);
    const edited = updateDocument(document, [{ offset: 8, length: 9, text: 'a b' }]);
    assert.ok([...checkSteps(edited, context)].length >= REQUESTS);
    assert.ok([...checkSteps(edited, context)].length < REQUESTS / 10, 'nothing is left to check');
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await checkInSlices(parseCbhttp(text), context, () => false);
    clearInterval(timer);
    assert.ok(turns > 0);
  });

  it('can be given up at any step, and the next check finds all the same', async () => {
    const circle = (first: string, second: string): string =>
      `### One\n# @name ${first}\n# @ref ${second}\nGET http://a\n### Two\n# @name b\n# @ref ${first}\nGET http://a\n`;
    const versions = [
      circle('a', 'b'),
      circle('a', 'c'),
      circle('b', 'b'),
      '@x = 1\nGET /{{x}}{{y}}',
      circle('a', 'b'),
    ];
    for (let steps = 0; steps < 12; steps++) {
      let document = parseCbhttp(versions[0] ?? '');
      checkDocument(document, context);
      for (const version of versions) {
        document = updateDocument(document, [{ offset: 0, length: document.length, text: version }]);
        let left = steps;
        await checkInSlices(document, context, () => left-- <= 0);
        document = updateDocument(document, [{ offset: document.length, length: 0, text: '\n' }]);
        assert.deepEqual(
          checkDocument(document, context),
          checkDocument(parseCbhttp(`${version}\n`), context),
        );
      }
    }
  });
});
