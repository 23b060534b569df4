import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { WireResponse } from '../../../src/core/ports.ts';
import { RunProgress } from '../../../src/host/runProgress.ts';
import { plainConnection } from '../../support/wireFixtures.ts';

const response = (status: number): WireResponse => ({
  status,
  statusText: '',
  httpVersion: '1.1',
  headers: [],
  body: (async function* () {})(),
  connection: plainConnection,
});

describe('the progress of a run', () => {
  it('tells rows from a whole', () => {
    const [stream, lines, whole] = [new RunProgress(), new RunProgress(), new RunProgress()];
    stream.responded(5, response(200), 'event-stream');
    lines.responded(5, response(200), 'json-lines');
    whole.responded(5, response(200), null);
    assert.deepEqual(
      [stream, lines, whole].map((one) => [one.phase, one.response?.format]),
      [
        ['streaming', 'event-stream'],
        ['streaming', 'json-lines'],
        ['receiving', null],
      ],
    );
  });

  it('keeps a stream one over a break, with the time of its first response', () => {
    const progress = new RunProgress();
    progress.redirected(302, 'http://first/');
    progress.responded(5, response(200), 'event-stream');
    progress.cameBytes(6);
    progress.cameBytes(9);
    progress.waits(3009, 1, 2);
    assert.equal(progress.phase, 'waiting');
    assert.deepEqual(progress.wait, { untilMs: 3009, attempt: 1, attempts: 2 });
    progress.resumed(3010, '7');
    assert.deepEqual(
      [progress.phase, progress.wait, progress.sentAtMs, progress.lastEventId, progress.redirects],
      ['connecting', null, 3010, '7', []],
    );
    const other = response(503);
    progress.responded(3020, other, null);
    assert.equal(progress.phase, 'receiving');
    assert.deepEqual(progress.response, {
      received: other,
      format: 'event-stream',
      atMs: 5,
    });
    progress.cameBytes(3021);
    assert.deepEqual(progress.bytesAtMs, { first: 6, last: 3021 });
  });

  it('waits for nothing once it has ended', () => {
    const progress = new RunProgress();
    progress.waits(3000, 0, 0);
    progress.ended();
    assert.deepEqual([progress.phase, progress.wait], ['ended', null]);
  });
});
