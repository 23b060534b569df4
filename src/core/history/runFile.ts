import type { KeptHead } from './keptRun.ts';
import type { LimitedRun } from './limits.ts';

/** Where a run is written while it goes on. */
export interface RunFile {
  /** Adds to the journal; takes the bytes. */
  append(bytes: Uint8Array): void;
  /** Resolves when what was added has been taken; undefined while that keeps up. */
  pressure(): Promise<void> | undefined;
  /** Writes the head, in place of the one before. */
  writeHead(head: KeptHead): void;
  /** Resolves when everything is written. */
  settle(): Promise<void>;
  /** The window closes: writes what is left before it returns, or deletes all of it where nothing is to be kept. */
  closeNow(head: KeptHead | null): void;
}

/** A run that was written. */
export interface StoredRun extends LimitedRun {
  readonly head: KeptHead;
}
