/**
 * Fills `{0}`, `{1}` … in a template, and in place of `{0|event|events}` puts the first word where argument 0 is `1`, else
 * the second. What there is no argument for stays as it is.
 */
export function fill(template: string, ...args: readonly string[]): string {
  return template.replace(
    /\{(\d+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g,
    (written, index: string, one?: string, many?: string) => {
      const arg = args[Number(index)];
      if (arg === undefined) return written;
      return (arg === '1' ? one : many) ?? arg;
    },
  );
}

/** Bytes for people, decimal units (SI): `532 B`, `1.2 kB`, `34 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

/** A moment after sending, in ms, as the time column shows it: `1.004 s`. */
export function formatTime(atMs: number): string {
  return `${(atMs / 1000).toFixed(3)} s`;
}

/**
 * The time a run has taken, in ms: calm tenths while it runs (`3.4 s`, never ahead of the clock), exact when it
 * has ended (`842 ms`, `3.41 s`).
 */
export function formatElapsed(elapsedMs: number, isFinal: boolean): string {
  if (!isFinal) return `${(Math.floor(elapsedMs / 100) / 10).toFixed(1)} s`;
  return elapsedMs < 999.5 ? `${Math.round(elapsedMs)} ms` : `${(elapsedMs / 1000).toFixed(2)} s`;
}

/** `2xx` … `5xx` for a status code, the class it is coloured by (RFC 9110, 15). */
export function statusClass(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}

/** A gap between two events, in ms: `+12 ms`, `+1.25 s`. */
export function formatGap(gapMs: number): string {
  if (gapMs < 999.5) return `+${gapMs < 9.95 ? Number(gapMs.toFixed(1)) : Math.round(gapMs)} ms`;
  return `+${(gapMs / 1000).toFixed(2)} s`;
}

/** How much of its bar a gap in ms fills, 0 to 1: logarithmic from 1 ms to 30 s, so that both still differ. */
export function gapShare(gapMs: number): number {
  return Math.min(1, Math.log10(Math.max(1, gapMs)) / Math.log10(30_000));
}
