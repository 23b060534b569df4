import type { LastResult } from '../core/cbhttp/lenses.ts';
import type { EndReason } from '../core/stream/exchange.ts';
import type { Run } from './run.ts';

/** How many requests' results are kept: those sent last. */
const LIMIT = 1000;

/** How the last send of each request went, as long as the window is open. */
export class LastResults {
  readonly #results = new Map<string, LastResult>();

  /** Keeps what became of a run that has ended. */
  keep(uri: string, key: string, run: Run): void {
    if (run.ended === undefined) return;
    const id = idOf(uri, key);
    this.#results.delete(id);
    this.#results.set(id, {
      status: run.response?.received.status ?? null,
      outcome: outcomeOf(run.ended.exchange.reason),
      elapsedMs: run.ended.atMs,
      eventCount: run.stream?.store.eventCount ?? null,
    });
    const oldest = this.#results.keys().next().value;
    if (this.#results.size > LIMIT && oldest !== undefined) this.#results.delete(oldest);
  }

  /** Forgets a document's results. */
  forget(uri: string): void {
    for (const id of [...this.#results.keys()]) if (id.startsWith(`${uri}\n`)) this.#results.delete(id);
  }

  of(uri: string, key: string): LastResult | undefined {
    return this.#results.get(idOf(uri, key));
  }
}

function idOf(uri: string, key: string): string {
  return `${uri}\n${key}`;
}

/** An exchange's end in a word. */
export function outcomeOf(reason: EndReason): LastResult['outcome'] {
  switch (reason) {
    case 'complete':
    case 'cancelled':
      return reason;
    case 'timeout':
    case 'connect-timeout':
    case 'headers-timeout':
    case 'idle-timeout':
      return 'timeout';
    case 'reset':
    case 'truncated':
    case 'error':
      return 'failed';
  }
}
