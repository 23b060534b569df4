import assert from 'node:assert/strict';
import {
  fill,
  formatBytes,
  formatElapsed,
  formatGap,
  formatTime,
  gapShare,
  statusClass,
} from '../../../src/webview/format.ts';

describe('webview format', () => {
  it('fills templates and leaves what it has no argument for', () => {
    assert.equal(fill('{0} of {1}, {2}', '3', '{0}'), '3 of {0}, {2}');
  });

  it('chooses between one and many', () => {
    const template = '{0} {0|event|events} of {1} {1|run|runs}';
    assert.equal(fill(template, '1', '2'), '1 event of 2 runs');
    assert.equal(fill(template, '1,000', '1'), '1,000 events of 1 run');
    assert.equal(fill('{0} {0|row was|rows were} cut{1||!}', '0', '1'), '0 rows were cut');
    assert.equal(fill('{0|a|b}'), '{0|a|b}');
  });

  it('writes bytes for people', () => {
    const written = [0, 999, 1000, 1234, 99_949, 123_456, 999_600, 1_250_000, 3e12].map(formatBytes);
    assert.deepEqual(written, [
      '0 B',
      '999 B',
      '1.0 kB',
      '1.2 kB',
      '99.9 kB',
      '123 kB',
      '1.0 MB',
      '1.3 MB',
      '3.0 TB',
    ]);
  });

  it('writes moments to the ms', () => {
    assert.equal(formatTime(1003.7), '1.004 s');
    assert.equal(formatTime(0), '0.000 s');
  });

  it('ticks in tenths while running and is exact at the end', () => {
    assert.equal(formatElapsed(3499, false), '3.4 s');
    assert.equal(formatElapsed(842.4, true), '842 ms');
    assert.equal(formatElapsed(999.7, true), '1.00 s');
    assert.equal(formatElapsed(63_412, true), '63.41 s');
  });

  it('knows the classes of status codes', () => {
    assert.deepEqual([101, 204, 302, 404, 599].map(statusClass), ['1xx', '2xx', '3xx', '4xx', '5xx']);
  });

  it('writes gaps, and fills their bars by their size', () => {
    assert.deepEqual([0, 0.04, 3.21, 41.6, 999.4, 999.6, 61_234].map(formatGap), [
      '+0 ms',
      '+0 ms',
      '+3.2 ms',
      '+42 ms',
      '+999 ms',
      '+1.00 s',
      '+61.23 s',
    ]);
    const shares = [0, 1, 10, 1000, 30_000, 1e9].map(gapShare);
    assert.deepEqual([shares[0], shares[1], shares[4], shares[5]], [0, 0, 1, 1]);
    assert.ok((shares[2] ?? 0) > 0.2 && (shares[2] ?? 0) < (shares[3] ?? 0));
  });
});
