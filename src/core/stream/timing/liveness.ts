import { msg, type Message } from '../../message.ts';
import { durationText } from '../durationText.ts';
import type { EventStore } from '../eventStore.ts';

/** A stream without a known rhythm counts as quiet after this silence. */
const QUIET_AFTER_MS = 5000;
/** Comments closer than this are remarks, not heartbeats. */
const MIN_INTERVAL_MS = 100;
/** Intervals the rhythm is learned from: the newest ones. */
const INTERVALS = 9;
/** A heartbeat may be late by this share of the interval before it counts as missed. */
const TOLERANCE = 0.5;

/** Whether a stream is alive; `silentMs` counts from its last byte, or from sending. */
export type Liveness =
  /** Something came lately, or the next heartbeat is not due. */
  | { readonly state: 'active'; readonly silentMs: number }
  /** Nothing for 5 s, and no rhythm of heartbeats is known. */
  | { readonly state: 'quiet'; readonly silentMs: number }
  | { readonly state: 'missed'; readonly silentMs: number; readonly missed: number };

/** Learns a stream's heartbeats, which are its comments, and says whether they are still there. */
export class HeartbeatWatch {
  readonly #store: EventStore;
  readonly #intervals: number[] = [];
  #row = 0;
  #lastCommentAtMs: number | null = null;

  constructor(store: EventStore) {
    this.#store = store;
  }

  /**
   * Looks at the rows that are new since the last call, at most so many.
   * @returns true when it has caught up with the store
   */
  advance(maxRows = Infinity): boolean {
    const store = this.#store;
    const length = Math.min(store.length, this.#row + maxRows);
    for (let row = this.#row; row < length; row++) {
      if (store.kind(row) === 'comment') this.#comment(store.atMs(row));
    }
    this.#row = length;
    return length === store.length;
  }

  /** ms from heartbeat to heartbeat: the median of the newest intervals; null with fewer than two. */
  get intervalMs(): number | null {
    if (this.#intervals.length < 2) return null;
    const sorted = [...this.#intervals].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
  }

  /** The state at `nowMs`, in ms since the request was sent, while the stream is open. */
  livenessAt(nowMs: number): Liveness {
    const store = this.#store;
    const lastChunkMs = store.chunkCount === 0 ? 0 : store.chunk(store.chunkCount - 1).atMs;
    const lastMs = Math.max(lastChunkMs, store.resumes.at(-1)?.atMs ?? 0);
    const silentMs = Math.max(0, nowMs - lastMs);
    const intervalMs = this.intervalMs;
    if (intervalMs === null) return { state: silentMs < QUIET_AFTER_MS ? 'active' : 'quiet', silentMs };
    if (silentMs <= intervalMs * (1 + TOLERANCE)) return { state: 'active', silentMs };
    return { state: 'missed', silentMs, missed: Math.floor(silentMs / intervalMs) };
  }

  #comment(atMs: number): void {
    if (this.#lastCommentAtMs !== null) {
      const intervalMs = atMs - this.#lastCommentAtMs;
      if (intervalMs < MIN_INTERVAL_MS) return;
      this.#intervals.push(intervalMs);
      if (this.#intervals.length > INTERVALS) this.#intervals.shift();
    }
    this.#lastCommentAtMs = atMs;
  }
}

/** The state in words, e.g. "Silent for 9 s, 3 heartbeats missed." */
export function livenessMessage(liveness: Liveness): Message {
  const ms = liveness.silentMs;
  // Whole seconds: the words change at most once a second.
  const silence = durationText(ms < 1000 ? ms : Math.floor(ms / 1000) * 1000);
  switch (liveness.state) {
    case 'active':
      return msg('The stream is alive.');
    case 'quiet':
      return msg('Silent for {0}.', silence);
    case 'missed':
      return liveness.missed === 1
        ? msg('Silent for {0}, one heartbeat missed.', silence)
        : msg('Silent for {0}, {1} heartbeats missed.', silence, liveness.missed);
  }
}
