/** What is kept at most. */
export interface HistoryLimits {
  /** 0 = nothing is written to the disk. */
  readonly maxRuns: number;
  /** Bytes of all runs together; 0 = nothing is written to the disk. */
  readonly maxBytes: number;
}

/** Of all bytes, what one run may take. */
const SHARE = 4;

/** What {@link runsOverLimits} has to know of a kept run. */
export interface LimitedRun {
  readonly id: string;
  /** ms since 1970. */
  readonly startedMs: number;
  /** Of all that is kept of it, about. */
  readonly byteLength: number;
  readonly isPinned: boolean;
  /** True while a window writes it: this one or another. */
  readonly isLive: boolean;
}

/** What a window holds of its own runs in memory where none are kept on disk. */
export const WINDOW_LIMITS: HistoryLimits = { maxRuns: 20, maxBytes: 32 * 1024 * 1024 };

/** True where runs are kept on disk. */
export function keepsRuns({ maxRuns, maxBytes }: HistoryLimits): boolean {
  return maxRuns > 0 && maxBytes > 0;
}

/** Bytes that one run may take. */
export function maxRunBytes({ maxBytes }: HistoryLimits): number {
  return Math.floor(maxBytes / SHARE);
}

/**
 * The runs that have to go: the oldest, and one that is larger than all may be together. Pinned ones stay and do not
 * count; one that is being written counts and stays.
 */
export function runsOverLimits<T extends LimitedRun>(runs: readonly T[], limits: HistoryLimits): T[] {
  const newestFirst = runs
    .filter(({ isPinned }) => !isPinned)
    .sort((one, other) => other.startedMs - one.startedMs);
  let count = 0;
  let bytes = 0;
  return newestFirst.filter(({ byteLength, isLive }) => {
    if (!isLive && byteLength > limits.maxBytes) return true; // it takes no others with it
    count++;
    bytes += byteLength;
    return !isLive && (count > limits.maxRuns || bytes > limits.maxBytes);
  });
}
