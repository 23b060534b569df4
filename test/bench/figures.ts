/** What `npm run bench:panel` gives: ms, MB of a million bytes, or a number of rows. Null where not measured. */
export interface Figures {
  readonly events100kMs: number;
  readonly bare100kMs: number;
  readonly events1mMs: number;
  readonly bare1mMs: number;
  readonly trailMs: number | null;
  readonly hostRssGrowthMb: number;
  readonly frameP95Ms: number;
  readonly frameP99Ms: number;
  readonly latencyP95Ms: number;
  readonly domRows: number;
  readonly searchMs: number | null;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.at(Math.floor(sorted.length / 2)) ?? NaN;
  const lower = sorted.at(Math.ceil(sorted.length / 2) - 1) ?? NaN;
  return (lower + upper) / 2;
}

/** The smallest value that `percent` of all values do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

/** The figures as lines of a table, each with its bar and whether it is met. */
export function tableLines(figures: Figures): string[] {
  const { bare100kMs, bare1mMs } = figures;
  const rows: readonly (readonly [what: string, value: number | null, bar: number, barText: string])[] = [
    ['100,000 events, bare', bare100kMs, Infinity, ''],
    ['100,000 events painted', figures.events100kMs, 2 * bare100kMs + 100, '2 × bare + 100 ms'],
    ['1,000,000 events, bare', bare1mMs, Infinity, ''],
    ['1,000,000 events painted', figures.events1mMs, 2 * bare1mMs, '2 × bare'],
    ['analysis done after the last byte', figures.trailMs, 2000, ''],
    ['growth of the host, MB', figures.hostRssGrowthMb, 200, ''],
    ['frames during the burst, p95', figures.frameP95Ms, 20, ''],
    ['frames during the burst, p99', figures.frameP99Ms, 50, ''],
    ['sent to painted, p95', figures.latencyP95Ms, 50, ''],
    ['rows in the page', figures.domRows, 200, ''],
    ['text search over 1,000,000 events', figures.searchMs, 1000, ''],
  ];
  return rows.map(([what, value, bar, barText]) => {
    const shown = value === null ? 'not measured' : value.toFixed(1);
    const limit = bar === Infinity ? '' : `≤ ${bar.toFixed(0)}${barText === '' ? '' : ` (${barText})`}`;
    const isMet = value !== null && value <= bar;
    return `${what.padEnd(36)}${shown.padStart(12)}   ${limit.padEnd(30)}${bar === Infinity ? '' : isMet ? 'met' : 'NOT MET'}`;
  });
}
