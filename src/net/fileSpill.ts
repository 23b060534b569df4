import { closeSync, mkdtempSync, openSync, readSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Spill } from '../core/ports.ts';

/**
 * Opens a spill in a file of the system's temporary folder that only the user can read. Where the system allows it
 * the file has no name any more once it is open, so that nothing is left even if this process dies.
 * @throws the file system's error
 */
export function openFileSpill(): Spill {
  const folder = mkdtempSync(path.join(tmpdir(), 'cbhttp-'));
  const file = path.join(folder, 'stream');
  const descriptor = openSync(file, 'wx+', 0o600);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  let isRemoved = false;
  if (process.platform !== 'win32') {
    unlinkSync(file);
    remove();
    isRemoved = true;
  }
  let length = 0;
  return {
    append: (bytes) => {
      for (let at = 0; at < bytes.length;) {
        at += writeSync(descriptor, bytes, at, bytes.length - at, length + at);
      }
      length += bytes.length;
    },
    read: (offset, count) => {
      const bytes = new Uint8Array(Math.min(count, length - offset));
      for (let at = 0; at < bytes.length;) {
        const read = readSync(descriptor, bytes, at, bytes.length - at, offset + at);
        if (read === 0) throw new Error('The temporary file of a stream has become shorter.');
        at += read;
      }
      return bytes;
    },
    dispose: () => {
      closeSync(descriptor);
      if (!isRemoved) remove();
    },
  };
}
