/** What `npm run bench:language` gives: ms, and bytes. */
export interface LanguageFigures {
  readonly fullParseMs: number;
  readonly httpyacParseMs: number;
  readonly updateMedianMs: number;
  readonly updateP99Ms: number;
  readonly providersMs: number;
  readonly modelBytes: number;
  readonly textBytes: number;
  readonly completionMs: number;
  readonly hoverMs: number;
}

/** The figures as lines of a table, each with its bar and whether it is met. */
export function languageTable(figures: LanguageFigures): string[] {
  const { httpyacParseMs, textBytes } = figures;
  const rows: readonly (readonly [what: string, value: number, bar: number, barText: string])[] = [
    ['text, bytes', textBytes, Infinity, ''],
    ['httpYac, full parse, ms', httpyacParseMs, Infinity, ''],
    ['full parse, ms', figures.fullParseMs, httpyacParseMs / 25, 'httpYac / 25'],
    ['update after one character, median, ms', figures.updateMedianMs, 1, ''],
    ['update after one character, p99, ms', figures.updateP99Ms, 5, ''],
    ['lenses + symbols + diagnostics, ms', figures.providersMs, 10, ''],
    ['memory of the model, bytes', figures.modelBytes, 10 * textBytes, '10 × text'],
    ['completion in 100 requests, ms', figures.completionMs, 5, ''],
    ['hover in 100 requests, ms', figures.hoverMs, 5, ''],
  ];
  return rows.map(([what, value, bar, barText]) => {
    const limit = bar === Infinity ? '' : `≤ ${format(bar)}${barText === '' ? '' : ` (${barText})`}`;
    const verdict = bar === Infinity ? '' : value <= bar ? 'met' : 'NOT MET';
    return `${what.padEnd(42)}${format(value).padStart(12)}   ${limit.padEnd(26)}${verdict}`.trimEnd();
  });
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}
