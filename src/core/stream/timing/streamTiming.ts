import type { EventStore } from '../eventStore.ts';
import { GapStatistics, type GapFigures } from './gapStatistics.ts';

/** A gap shorter than this is no stall, however quick the stream is otherwise. */
const MIN_STALL_MS = 1000;
/** A stall is longer than so many typical gaps. */
const STALL_FACTOR = 10;
const MAX_STALLS = 100;
/** Events closer than this were sent together, whatever chunks the network made of them. */
const TOGETHER_MS = 3;

/** Moments of one exchange that its event store does not know, in ms since the request was sent; null: not yet. */
export interface ExchangeMoments {
  readonly headersAtMs: number | null;
  readonly firstTextAtMs: number | null;
  readonly endAtMs: number | null;
}

/** A silence that is out of proportion to the stream's other gaps. */
export interface Stall {
  readonly fromMs: number;
  readonly toMs: number;
  /** The event that ended it, 0-based among the events; null where none did. */
  readonly eventIndex: number | null;
  /** Comments that came meanwhile. */
  readonly heartbeats: number;
}

/** How a stream went by, or goes by; moments in ms since the request was sent, null for what has not happened. */
export interface TimingSnapshot extends ExchangeMoments {
  /** Time to first byte: the body's first chunk. */
  readonly firstByteAtMs: number | null;
  readonly lastByteAtMs: number | null;
  readonly firstEventAtMs: number | null;
  readonly lastEventAtMs: number | null;
  /** Until the end, or until now. */
  readonly durationMs: number;
  readonly eventCount: number;
  /** Moments at which events came: those within 3 ms of the one before count as together with it. */
  readonly arrivals: number;
  /** Events after the first one by the time they took; null where they took none. */
  readonly eventsPerSecond: number | null;
  /** Null with fewer than two events. */
  readonly gaps: GapFigures | null;
  /**
   * Gaps between events, and the silence after the last one, of at least 1 s that are more than ten times the
   * median gap (gaps of 0 left out): the first hundred, in order.
   */
  readonly stalls: readonly Stall[];
  readonly stallCount: number;
}

/** Timing of one stream, kept up with it: each row is looked at once. */
export class StreamTiming {
  readonly #store: EventStore;
  readonly #gaps = new GapStatistics();
  /** Gaps long enough to be stalls: at most one per second that the stream lasts. */
  readonly #longGaps: Stall[] = [];
  #row = 0;
  #eventCount = 0;
  #firstEventAtMs: number | null = null;
  #lastEventAtMs = 0;
  #arrivals = 0;
  #heartbeats = 0;

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
      const kind = store.kind(row);
      if (kind === 'event') this.#event(store.atMs(row));
      else if (kind === 'comment') this.#heartbeats++;
    }
    this.#row = length;
    return length === store.length;
  }

  /** The figures at `nowMs`, in ms since the request was sent; of the rows that {@link StreamTiming.advance} saw. */
  snapshot(moments: ExchangeMoments, nowMs: number): TimingSnapshot {
    const store = this.#store;
    const first = this.#firstEventAtMs;
    const spanMs = first === null ? 0 : this.#lastEventAtMs - first;
    const gaps = this.#gaps.figures();
    const stalls = this.#stalls(gaps, moments.endAtMs ?? nowMs);
    return {
      ...moments,
      firstByteAtMs: store.chunkCount === 0 ? null : store.chunk(0).atMs,
      lastByteAtMs: store.chunkCount === 0 ? null : store.chunk(store.chunkCount - 1).atMs,
      firstEventAtMs: first,
      lastEventAtMs: first === null ? null : this.#lastEventAtMs,
      durationMs: moments.endAtMs ?? nowMs,
      eventCount: this.#eventCount,
      arrivals: this.#arrivals,
      eventsPerSecond: spanMs > 0 ? ((this.#eventCount - 1) / spanMs) * 1000 : null,
      gaps,
      stalls: stalls.slice(0, MAX_STALLS),
      stallCount: stalls.length,
    };
  }

  #event(atMs: number): void {
    if (this.#firstEventAtMs === null) {
      this.#firstEventAtMs = atMs;
      this.#arrivals = 1;
    } else {
      const gapMs = atMs - this.#lastEventAtMs;
      this.#gaps.add(gapMs, this.#eventCount);
      if (gapMs > TOGETHER_MS) this.#arrivals++;
      if (gapMs >= MIN_STALL_MS) this.#longGaps.push(this.#silence(atMs, this.#eventCount));
    }
    this.#eventCount++;
    this.#lastEventAtMs = atMs;
    this.#heartbeats = 0;
  }

  #silence(toMs: number, eventIndex: number | null): Stall {
    return { fromMs: this.#lastEventAtMs, toMs, eventIndex, heartbeats: this.#heartbeats };
  }

  #stalls(gaps: GapFigures | null, endMs: number): Stall[] {
    if (gaps === null) return [];
    const isStall = ({ fromMs, toMs }: Stall): boolean =>
      toMs - fromMs >= MIN_STALL_MS && toMs - fromMs > STALL_FACTOR * gaps.typicalMs;
    return [...this.#longGaps, this.#silence(endMs, null)].filter(isStall);
  }
}
