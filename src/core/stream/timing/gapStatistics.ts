import { GapHistogram } from './gapHistogram.ts';

/** Gaps up to which all of them are kept. */
const EXACT_GAPS = 4096;

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
 * Gaps between events, one by one. Events of one chunk have no gap between them: those are only counted. The figures
 * are exact as long as at most 4096 gaps are longer than 0; with more of them the percentiles, where they are not 0,
 * are within 0.05 %, and count, maximum and zeros stay exact. Memory is bounded: 180 kB.
 */
export class GapStatistics {
  #first: number[] = [];
  /** Null while all gaps are in `#first`. */
  #histogram: GapHistogram | null = null;
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
    this.#gapCount++;
    if (this.#histogram !== null) {
      this.#histogram.add(gapMs);
    } else if (this.#first.push(gapMs) > EXACT_GAPS) {
      this.#histogram = new GapHistogram();
      for (const one of this.#first) this.#histogram.add(one);
      this.#first = [];
    }
  }

  /** The figures over all gaps so far, worked out anew only where gaps were added; null without a gap. */
  figures(): GapFigures | null {
    if (this.#zeros + this.#gapCount === 0) return null;
    this.#figures ??= this.#count();
    return this.#figures;
  }

  #count(): GapFigures {
    const count = this.#zeros + this.#gapCount;
    const rankOf = (share: number): number => Math.ceil(share * count) - 1 - this.#zeros;
    const typicalRank = Math.ceil(this.#gapCount / 2) - 1;
    const timeAt = this.#timesAt([rankOf(0.5), rankOf(0.95), typicalRank].filter((rank) => rank >= 0));
    return {
      count,
      p50Ms: timeAt(rankOf(0.5)),
      p95Ms: timeAt(rankOf(0.95)),
      maxMs: this.#maxMs,
      maxEventIndex: this.#maxEventIndex,
      typicalMs: timeAt(typicalRank),
    };
  }

  /** Gaps by their rank among those longer than 0; a rank below 0 is a gap of 0. */
  #timesAt(ranks: readonly number[]): (rank: number) => number {
    const ascending = ranks.toSorted((a, b) => a - b);
    const sorted = Float64Array.from(this.#first).sort();
    const times = this.#histogram?.atRanks(ascending) ?? ascending.map((rank) => sorted[rank] ?? 0);
    // The middle of the last cell may lie above all that is in it.
    return (rank) => Math.min(this.#maxMs, times[ascending.indexOf(rank)] ?? 0);
  }
}
