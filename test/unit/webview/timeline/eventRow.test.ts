import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { findEventRow } from '../../../../src/webview/timeline/eventRow.ts';
import { sampleRow } from '../samples.ts';

describe('event row', () => {
  it('finds every event among comments, in few questions, and none that is not there', async () => {
    // Runs of comments and of events.
    const runs = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 400 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(runs, fc.nat(), async (lengths, wanted) => {
        const isEvent = lengths.flatMap(([events, length]) => Array.from({ length }, () => events));
        let eventCount = 0;
        const rows = isEvent.map((one, row) => sampleRow(row, { eventIndex: one ? eventCount++ : -1 }));
        let questions = 0;
        const ask = (from: number, count: number): Promise<typeof rows> => {
          questions++;
          return Promise.resolve(rows.slice(from, from + count));
        };
        const eventIndex = wanted % (eventCount + 1);
        const found = await findEventRow(eventIndex, ask);
        const expected = rows.find((row) => row.eventIndex === eventIndex)?.row ?? null;
        assert.equal(found, expected);
        assert.ok(questions <= 50);
      }),
    );
  });
});
