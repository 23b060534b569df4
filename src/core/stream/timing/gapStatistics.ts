import { selectNth } from './selectNth.ts';

/** What the gaps between events are like, in ms. */
export interface GapFigures {
  /** Number of gaps: one less than the events. */
  readonly count: number;
  /** Half of the gaps are at most this long (nearest rank); 0 where most events came in one chunk with another. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** The event after the longest gap, the first of several; 0-based among the events. */
  readonly maxEventIndex: number;
  /** The median of the gaps that are not 0; 0 if all are. */
  readonly typicalMs: number;
}

/**
 * Gaps between events, one by one. Events of one chunk have no gap between them: those are only counted, so that
 * memory grows with the chunks, 8 bytes each, and not with the events.
 */
export class GapStatistics {
  #gaps = new Float64Array(256);
  #gapCount = 0;
  #zeros = 0;
  #maxMs = 0;
  #maxEventIndex = -1;
  #figures: GapFigures | null = null;

  /**
   * Takes the next gap.
   * @param eventIndex the event after it, 0-based among the events
   */
  add(gapMs: number, eventIndex: number): void {
    this.#figures = null;
    if (gapMs > this.#maxMs || this.#maxEventIndex < 0) {
      this.#maxMs = gapMs;
      this.#maxEventIndex = eventIndex;
    }
    if (gapMs <= 0) {
      this.#zeros++;
      return;
    }
    if (this.#gapCount === this.#gaps.length) {
      const grown = new Float64Array(this.#gaps.length * 2);
      grown.set(this.#gaps);
      this.#gaps = grown;
    }
    this.#gaps[this.#gapCount++] = gapMs;
  }

  /** Exact figures over all gaps so far, worked out anew only where gaps were added; null without a gap. */
  figures(): GapFigures | null {
    const count = this.#zeros + this.#gapCount;
    if (count === 0) return null;
    this.#figures ??= {
      count,
      p50Ms: this.#percentile(0.5, count),
      p95Ms: this.#percentile(0.95, count),
      maxMs: this.#maxMs,
      maxEventIndex: this.#maxEventIndex,
      typicalMs: this.#gapCount === 0 ? 0 : this.#select(Math.ceil(this.#gapCount / 2) - 1),
    };
    return this.#figures;
  }

  #percentile(share: number, count: number): number {
    const rank = Math.ceil(share * count) - 1;
    return rank < this.#zeros ? 0 : this.#select(rank - this.#zeros);
  }

  /** Their order means nothing, so they are selected from in place. */
  #select(rank: number): number {
    return selectNth(this.#gaps, this.#gapCount, rank);
  }
}
