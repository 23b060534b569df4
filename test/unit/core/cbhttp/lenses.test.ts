import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { describeResult, lensesOf, type LastResult } from '../../../../src/core/cbhttp/lenses.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { formatMessage } from '../../../../src/core/message.ts';

function described(result: Partial<LastResult>): string {
  const whole = { status: 200, outcome: 'complete' as const, elapsedMs: 1234, eventCount: null, ...result };
  return describeResult(whole)
    .map((part) => formatMessage(part))
    .join(' · ');
}

describe('lenses', () => {
  it('stand above the request line, with the request’s key', () => {
    const document = parseCbhttp('@a = 1\n### one\n# @name first\n  GET /1\n### two\nGET /2\n');
    assert.deepEqual(
      lensesOf(document).map(({ key, line, startColumn, endColumn }) => [key, line, startColumn, endColumn]),
      [
        ['name:first', 3, 2, 8],
        ['title:two', 5, 0, 6],
      ],
    );
  });

  it('say how the last send went', () => {
    assert.equal(described({ eventCount: 45 }), '200 · 1.2 s · 45 events');
    assert.equal(described({ eventCount: 1, elapsedMs: 87.4 }), '200 · 87 ms · 1 event');
    assert.equal(described({ status: 404, elapsedMs: 999.7 }), '404 · 1.0 s');
    assert.equal(described({ outcome: 'cancelled', elapsedMs: 125_000 }), '200 · cancelled · 2 min 5 s');
    assert.equal(described({ status: null, outcome: 'timeout', elapsedMs: 59_960 }), 'timed out · 1 min 0 s');
    assert.equal(described({ status: null, outcome: 'failed' }), 'failed · 1.2 s');
  });
});
