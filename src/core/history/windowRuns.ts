import { ByteLog } from '../stream/byteLog.ts';
import { FrameReader, type Frame } from './journal.ts';
import type { KeptHead } from './keptRun.ts';
import { runsOverLimits, type HistoryLimits } from './limits.ts';
import type { RunFile, StoredRun } from './runFile.ts';

/** Bytes read of a journal at once. */
const PIECE_BYTES = 256 * 1024;

/** The runs that a window keeps in memory, and nowhere else: as they would be on disk, without their secrets. */
export class WindowRuns {
  readonly #runs = new Map<string, WindowRun>();

  /** Where a run is written that begins now. */
  file(id: string): RunFile {
    const run = new WindowRun();
    this.#runs.set(id, run);
    return run;
  }

  /** True for a run that is held here. */
  has(id: string): boolean {
    return this.#runs.has(id);
  }

  /** All runs, in no order. */
  list(): StoredRun[] {
    return [...this.#runs].flatMap(([id, { head, byteLength }]) => {
      if (head === undefined) return [];
      const { startedMs, state } = head;
      return { id, head, startedMs, byteLength, isPinned: false, isLive: state === 'running' };
    });
  }

  /** A run with its frames as far as it has come; undefined where it is not held any more. */
  read(id: string): { head: KeptHead; frames: AsyncIterable<Frame> } | undefined {
    const run = this.#runs.get(id);
    return run?.head === undefined ? undefined : { head: run.head, frames: run.frames() };
  }

  /** Lets runs go, also those that go on. */
  delete(ids: Iterable<string>): void {
    for (const id of ids) this.#runs.delete(id);
  }

  /** Lets go what is over the limits. @returns what is left */
  keepWithin(limits: HistoryLimits): StoredRun[] {
    this.delete(runsOverLimits(this.list(), limits).map(({ id }) => id));
    return this.list();
  }
}

/** One run, as its recorder writes it. */
class WindowRun implements RunFile {
  readonly #journal = new ByteLog();
  #head: KeptHead | undefined;
  #headLength = 0;

  get head(): KeptHead | undefined {
    return this.#head;
  }

  /** Of both, about. */
  get byteLength(): number {
    return this.#journal.length + this.#headLength;
  }

  append(bytes: Uint8Array): void {
    this.#journal.append(bytes);
  }

  pressure(): undefined {
    return undefined;
  }

  writeHead(head: KeptHead): void {
    this.#head = head;
    this.#headLength = JSON.stringify(head).length;
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  closeNow(): void {
    // It is gone with the window.
  }

  /** What was written before the reading began. */
  // eslint-disable-next-line @typescript-eslint/require-await -- as a journal on the disk is read
  async *frames(): AsyncGenerator<Frame> {
    const { length } = this.#journal;
    const reader = new FrameReader();
    for (let from = 0; from < length; from += PIECE_BYTES) {
      yield* reader.read(this.#journal.read(from, Math.min(length, from + PIECE_BYTES)));
    }
  }
}
