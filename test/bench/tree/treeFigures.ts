/** What `npm run bench:tree` gives, in ms. */
export interface TreeFigures {
  /** 500 local functions on screen, after the extension's activation; median. */
  readonly localListMs: number;
  /** These and 2,000 deployed ones, kept on the disk, on screen, after the activation; median. */
  readonly cachedListMs: number;
  /** How long the extension host kept others waiting during a full refresh: 99th percentile, median of the refreshes. */
  readonly blockP99Ms: number;
  /** Loading the extension's module and `activate`; median. */
  readonly activateMs: number;
}

/** The figures as lines of a table, each with its bar and whether it is met. */
export function treeTable(figures: TreeFigures): string[] {
  const rows: readonly (readonly [what: string, value: number, bar: number])[] = [
    ['500 local functions after activation', figures.localListMs, 300],
    ['2,000 kept ones as well', figures.cachedListMs, 500],
    ['host blocked by a full refresh, p99', figures.blockP99Ms, 20],
    ['module load and activate', figures.activateMs, 30],
  ];
  return rows.map(([what, value, bar]) => {
    const verdict = value <= bar ? 'met' : 'NOT MET';
    return `${what.padEnd(40)}${value.toFixed(1).padStart(10)} ms   ${`≤ ${bar} ms`.padEnd(12)}${verdict}`;
  });
}
