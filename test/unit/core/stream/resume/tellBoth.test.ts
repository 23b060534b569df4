import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { WireResponse } from '../../../../../src/core/ports.ts';
import type { ExchangeEnd } from '../../../../../src/core/stream/exchange.ts';
import type { FollowListener } from '../../../../../src/core/stream/resume/followStream.ts';
import { tellBoth } from '../../../../../src/core/stream/resume/tellBoth.ts';
import { plainConnection } from '../../../../support/wireFixtures.ts';

const response: WireResponse = {
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [],
  body: (async function* () {})(),
  connection: plainConnection,
};
const end: ExchangeEnd = { reason: 'complete', error: null, bytes: 3 };

/** Writes down each call with its arguments. */
function recorder(name: string, calls: unknown[], pressure?: Promise<void>): Required<FollowListener> {
  const write =
    (what: string) =>
    (...told: unknown[]): void =>
      void calls.push([name, what, ...told]);
  return {
    onSend: write('send'),
    onRedirect: write('redirect'),
    onResponse: write('response'),
    onChunk: (...told) => {
      write('chunk')(...told);
      return pressure;
    },
    onRecord: write('record'),
    onLastEventId: write('id'),
    onWait: write('wait'),
    onResume: write('resume'),
    onEnd: write('end'),
  };
}

describe('tellBoth', () => {
  it('tells both everything, the first one first', () => {
    const calls: unknown[] = [];
    const both = tellBoth(recorder('a', calls), recorder('b', calls));
    const chunk = new Uint8Array([1, 2, 3]);
    both.onSend?.([['a', 'b']]);
    both.onRedirect?.(1, response, 'http://elsewhere/');
    both.onResponse(2, response, true, 'event-stream');
    void both.onChunk(3, chunk);
    both.onWait?.(4, 3004, 1, 2);
    both.onResume?.(3004, '7');
    both.onEnd(4000, end);
    const told = [
      ['send', [['a', 'b']]],
      ['redirect', 1, response, 'http://elsewhere/'],
      ['response', 2, response, true, 'event-stream'],
      ['chunk', 3, chunk],
      ['wait', 4, 3004, 1, 2],
      ['resume', 3004, '7'],
      ['end', 4000, end],
    ];
    assert.deepEqual(
      calls,
      told.flatMap((call) => [
        ['a', ...call],
        ['b', ...call],
      ]),
    );
  });

  it('waits for the second alone before it takes the next chunk', () => {
    const [first, second] = [Promise.resolve(), Promise.resolve()];
    const both = tellBoth(recorder('a', [], first), recorder('b', [], second));
    assert.equal(both.onChunk(1, new Uint8Array(1)), second);
  });

  it('has nothing decoded, and needs no listener for what is told rarely', () => {
    const calls: unknown[] = [];
    const needed: FollowListener = {
      onResponse: () => undefined,
      onChunk: () => undefined,
      onEnd: () => void calls.push('end'),
    };
    const both = tellBoth(needed, needed);
    assert.ok(!('onRecord' in both));
    both.onRedirect?.(1, response, 'http://elsewhere/');
    both.onWait?.(1, 2, 1, 1);
    both.onResume?.(2, '');
    both.onEnd(3, end);
    assert.deepEqual(calls, ['end', 'end']);
  });
});
