import {
  COMPARISON_VERSION,
  type ComparisonAnswer,
  type ComparisonAnswerTo,
  type ComparisonQuery,
  type ComparisonSnapshot,
  type EventPair,
  type FromComparison,
  type ToComparison,
} from '../../protocol/comparison.ts';
import { RowCache } from '../events/rowCache.ts';

/** ms before rows that could not be had are asked for again. */
const RETRY_MS = 250;

/** What the client needs from its page. */
export interface CompareClientPorts {
  readonly post: (message: FromComparison) => void;
  /** Something is new: draw, soon. */
  readonly onChange: () => void;
}

/** Holds what the host said last, and asks it for what is shown. */
export class CompareClient {
  readonly rows = new RowCache<EventPair>();
  readonly #ports: CompareClientPorts;
  readonly #waiting = new Map<number, (answer: ComparisonAnswer | null) => void>();
  #comparison: ComparisonSnapshot | null = null;
  #onlyDifferences = false;
  #lastRequestId = 0;

  constructor(onlyDifferences: boolean, ports: CompareClientPorts) {
    this.#onlyDifferences = onlyDifferences;
    this.#ports = ports;
  }

  /** Null until the host has spoken. */
  get comparison(): ComparisonSnapshot | null {
    return this.#comparison;
  }

  /** True while pairs that are the same are left out. */
  get onlyDifferences(): boolean {
    return this.#onlyDifferences;
  }

  setOnlyDifferences(onlyDifferences: boolean): void {
    this.#onlyDifferences = onlyDifferences;
    this.rows.clear();
    this.#ports.onChange();
  }

  /** Takes a message of the host in. */
  receive(message: ToComparison): void {
    if (message.type !== 'state') {
      this.#waiting.get(message.requestId)?.(message.type === 'answer' ? message.answer : null);
      this.#waiting.delete(message.requestId);
      return;
    }
    // A page of another build: its reload is under way.
    if (message.protocolVersion !== COMPARISON_VERSION) return;
    const before = this.#comparison?.events?.alignmentId;
    this.#comparison = message.comparison;
    if (message.comparison.events?.alignmentId !== before) this.rows.clear();
    this.#ports.onChange();
  }

  /** Asks the host; null where it cannot answer. */
  async ask<K extends ComparisonQuery['kind']>(
    query: Extract<ComparisonQuery, { readonly kind: K }>,
  ): Promise<ComparisonAnswerTo<K> | null> {
    const requestId = ++this.#lastRequestId;
    const answer = await new Promise<ComparisonAnswer | null>((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.#ports.post({ type: 'get', requestId, query });
    });
    return answer?.kind === query.kind ? (answer as ComparisonAnswerTo<K>) : null;
  }

  /** Rows of the grid. */
  get rowCount(): number {
    const events = this.#comparison?.events ?? null;
    if (events === null) return 0;
    return this.#onlyDifferences ? events.differenceCount : events.length;
  }

  /** Tells which rows are in view or near it: from `from` up to `to`, not included. */
  wantRows(from: number, to: number): void {
    const alignmentId = this.#comparison?.events?.alignmentId;
    const range = alignmentId === undefined ? null : this.rows.missing(from, to);
    if (range === null || alignmentId === undefined) return;
    const ticket = this.rows.asked(range);
    const onlyDifferences = this.#onlyDifferences;
    void this.ask<'pairs'>({ kind: 'pairs', alignmentId, onlyDifferences, ...range }).then((answer) => {
      if (this.rows.accept(ticket, answer?.pairs ?? [])) this.#ports.onChange();
      else setTimeout(this.#ports.onChange, RETRY_MS);
    });
  }
}
