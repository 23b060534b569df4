/** What `npm run bench:send` gives. */
export interface SendFigures {
  /** 1,000 small requests one after another: our time over that of bare undici, of each the best round. */
  readonly sequentialRatio: number;
  /** The same, 50 at a time. */
  readonly parallelRatio: number;
  /** Growth of resident memory while 1 GB goes out, or comes in; MB of a million bytes. */
  readonly uploadRssMb: number;
  readonly downloadRssMb: number;
  /** How much more that is than for 256 MB. */
  readonly uploadExtraMb: number;
  readonly downloadExtraMb: number;
}

/** The figures as lines of a table, each with its bar and whether it is met. */
export function sendTable(figures: SendFigures): string[] {
  const rows: readonly (readonly [what: string, value: number, bar: number])[] = [
    ['one after another, ours / undici', figures.sequentialRatio, 1.5],
    ['50 at a time, ours / undici', figures.parallelRatio, 1.5],
    ['upload of 1 GB, growth, MB', figures.uploadRssMb, 160],
    ['download of 1 GB, growth, MB', figures.downloadRssMb, 160],
    ['upload, 1 GB over 256 MB, MB', figures.uploadExtraMb, 48],
    ['download, 1 GB over 256 MB, MB', figures.downloadExtraMb, 48],
  ];
  return rows.map(([what, value, bar]) => {
    const verdict = value <= bar ? 'met' : 'NOT MET';
    return `${what.padEnd(36)}${value.toFixed(2).padStart(10)}   ${`≤ ${bar}`.padEnd(10)}${verdict}`;
  });
}
