import type { Clock } from '../core/ports.ts';

/** Timers of Node count at most this many ms; a longer wait is taken for none. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The process's monotonic clock. */
export const monotonicClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    if (ms > MAX_TIMER_MS) return () => {};
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
