import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ByteLog } from '../../../../src/core/stream/byteLog.ts';
import { openFileSpill } from '../../../../src/net/fileSpill.ts';

const MB = 1024 * 1024;

/** A byte that tells its offset, about. */
function byteAt(offset: number): number {
  return (offset * 31 + Math.floor(offset / 256)) % 251;
}

function bytesOf(from: number, to: number): Uint8Array {
  return Uint8Array.from({ length: to - from }, (_, at) => byteAt(from + at));
}

describe('ByteLog', () => {
  it('spills what exceeds its memory to a file and gives all of it back', () => {
    const log = new ByteLog({ memoryBytes: 2 * MB, openSpill: openFileSpill });
    const step = 700_001;
    for (let from = 0; from < 8 * MB; from += step) log.append(bytesOf(from, from + step));
    assert.ok(log.spilledBytes >= 5 * MB, String(log.spilledBytes));
    for (const [from, to] of [[0, 10], [MB - 5, MB + 5], [MB, 4 * MB], [log.length - 10, log.length]] as const) {
      assert.deepEqual(log.read(from, to), bytesOf(from, to), `${from} to ${to}`);
    } // prettier-ignore
    for (let page = 0; page < 8; page++)
      assert.equal(log.read(page * MB, page * MB + 1)[0], byteAt(page * MB));
    log.dispose();
    assert.throws(() => log.read(0, 10), /no longer kept/);
  });

  it('reads no further than its end', () => {
    const log = new ByteLog();
    log.append(Uint8Array.of(1, 2, 3));
    assert.deepEqual(log.read(1, 99), Uint8Array.of(2, 3));
    assert.deepEqual(log.read(5, 9), new Uint8Array(0));
  });

  it('loses nothing when the disk is full, and says why it holds all', () => {
    const full = new Error('ENOSPC');
    const openSpill = () => {
      throw full;
    };
    const log = new ByteLog({ memoryBytes: MB, openSpill });
    log.append(bytesOf(0, 3 * MB));
    assert.equal(log.spillError, full);
    assert.equal(log.spilledBytes, 0);
    assert.deepEqual(log.read(0, 3 * MB), bytesOf(0, 3 * MB));
  });
});
