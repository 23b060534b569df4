import { formatElapsed } from '../format.ts';

/** A length of time in ms, for a table of figures: `0.4 ms`, `842 ms`, `3.41 s`. */
export function formatDuration(ms: number): string {
  return ms < 9.95 ? `${Number(ms.toFixed(1))} ms` : formatElapsed(ms, true);
}
