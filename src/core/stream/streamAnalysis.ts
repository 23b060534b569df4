import { explainBrokenJson } from './lint/almostJson.ts';
import { TextAssembly, type AssemblyOptions } from './assembly/textAssembly.ts';
import type { EventStore } from './eventStore.ts';
import { msg } from '../message.ts';
import { ResumeWatch } from './resume/resumeWatch.ts';
import { HeartbeatWatch } from './timing/liveness.ts';
import { RowReader } from './search/rowReader.ts';
import { StreamTiming } from './timing/streamTiming.ts';
import { WireLinter } from './lint/wireLinter.ts';

/** Bytes of one event that are read for what they add up to: a larger one is no delta. */
const MAX_JSON_BYTES = 1024 * 1024;
/** Rows or bytes worked on between two looks at the clock. */
const ROWS_PER_LOOK = 100;
const TIMED_ROWS = 20_000;
const BYTES_PER_LOOK = 64 * 1024;

/** Everything that is found out about a stream beside its records. It trails behind them, in slices. */
export class StreamAnalysis {
  readonly assembly: TextAssembly;
  readonly timing: StreamTiming;
  readonly heartbeats: HeartbeatWatch;
  readonly linter: WireLinter;
  /** Up to date as soon as it is advanced. */
  readonly resumes: ResumeWatch;
  readonly #store: EventStore;
  readonly #reader: RowReader;
  #row = 0;
  #isFinished = false;
  #wasCut = false;

  constructor(store: EventStore, options: AssemblyOptions = {}) {
    this.#store = store;
    this.#reader = new RowReader(store, MAX_JSON_BYTES);
    this.assembly = new TextAssembly(options);
    this.timing = new StreamTiming(store);
    this.heartbeats = new HeartbeatWatch(store);
    this.linter = new WireLinter(store);
    this.resumes = new ResumeWatch(store);
  }

  /** True once all that was received, and its end, have been looked at. */
  get isDone(): boolean {
    return this.#isFinished;
  }

  /** The stream has ended; `wasCut` where not by the server's wish. */
  end(wasCut: boolean): void {
    this.#wasCut = wasCut;
  }

  /** The stream goes on after its end. */
  resume(): void {
    this.#isFinished = false;
  }

  /**
   * Goes on for about `budgetMs` of the clock `now`.
   * @returns true when it has caught up with the stream
   */
  advance(budgetMs: number, now: () => number): boolean {
    const stopAt = now() + budgetMs;
    while (!this.timing.advance(TIMED_ROWS) || !this.heartbeats.advance(TIMED_ROWS)) {
      if (now() >= stopAt) return false;
    }
    while (this.#row < this.#store.length) {
      this.#readRows();
      if (now() >= stopAt) return false;
    }
    const isLinted = this.#store.format === 'event-stream';
    while (isLinted && !this.linter.advance(BYTES_PER_LOOK)) {
      if (now() >= stopAt) return false;
    }
    if (this.#store.hasEnded && !this.#isFinished) {
      if (isLinted) this.linter.finish(this.#wasCut);
      this.#isFinished = true;
    }
    return true;
  }

  #readRows(): void {
    this.resumes.advance();
    const end = Math.min(this.#store.length, this.#row + ROWS_PER_LOOK);
    for (let bytes = 0; this.#row < end && bytes < BYTES_PER_LOOK; this.#row++) {
      if (this.#store.kind(this.#row) !== 'event' || this.resumes.isDuplicate(this.#row)) continue;
      this.#readEvent(this.#row);
      bytes += this.#reader.to - this.#reader.from;
    }
  }

  #readEvent(row: number): void {
    const store = this.#store;
    this.#reader.moveTo(row);
    const data = this.#reader.text();
    const json = parseJson(data);
    const eventIndex = store.eventIndex(row);
    if (json === undefined && !this.#reader.isCut) {
      const { format } = store;
      const isJsonWanted = format === 'json-lines' || format === 'json-seq';
      const reason = explainBrokenJson(data)?.reason ?? (isJsonWanted ? msg('This row is not JSON.') : null);
      if (reason !== null && format !== 'chunks') {
        const byteOffset = store.byteOffset(row);
        this.linter.list.add({
          code: 'almost-json',
          severity: 'warning',
          byteOffset,
          eventIndex,
          row,
          message: reason,
        });
      }
    }
    this.assembly.add({ eventIndex, atMs: store.atMs(row), type: store.type(row), data, json });
  }
}

/** The value of JSON text; undefined for any other. */
function parseJson(text: string): unknown {
  const first = text.trimStart()[0];
  // Plain words are the commonest data that is no JSON, and an exception is dear.
  if (first === undefined || !/[[{"\d\-tfn]/.test(first)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: the linter says so where it was meant to be
  }
}
