import type { LastResult } from '../core/cbhttp/lenses.ts';
import type { RequestReference } from './contributions.ts';

/** A run of a request that has ended. */
export interface RecentRun {
  readonly request: RequestReference;
  /** What the request was called. */
  readonly label: string;
  readonly result: LastResult;
  /** Unix time in ms of its end. */
  readonly endedMs: number;
}

/** Of one function, and functions with any. */
const RUNS = 10;
const FUNCTIONS = 200;

/** The last runs of each function, the newest first, as long as the window is open. */
export class RecentRuns {
  readonly #runs = new Map<string, readonly RecentRun[]>();

  add(functionName: string, run: RecentRun): void {
    const before = this.of(functionName);
    this.#runs.delete(functionName);
    this.#runs.set(functionName, [run, ...before].slice(0, RUNS));
    const oldest = this.#runs.keys().next().value;
    if (this.#runs.size > FUNCTIONS && oldest !== undefined) this.#runs.delete(oldest);
  }

  of(functionName: string): readonly RecentRun[] {
    return this.#runs.get(functionName) ?? [];
  }
}
