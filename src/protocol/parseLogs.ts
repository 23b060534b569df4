import { lineViews, logRanges, type LogChoice, type LogQuery } from './logs.ts';

/** Zones reach from UTC-12 to UTC+14. */
const MIN_OFFSET = -12 * 60;
const MAX_OFFSET = 14 * 60;

type Fields = Readonly<Record<string, unknown>>;

/** Narrows what a webview wants searched; null for what is none. */
export function parseLogChoice(choice: Fields | null): LogChoice | null {
  if (choice === null) return null;
  const { id, utcOffsetMinutes } = choice;
  const range = logRanges.find((one) => one === choice['range']);
  const isZone =
    Number.isInteger(utcOffsetMinutes) &&
    (utcOffsetMinutes as number) >= MIN_OFFSET &&
    (utcOffsetMinutes as number) <= MAX_OFFSET;
  if (range === undefined || !isZone || !(id === null || isCount(id))) return null;
  return { id, range, utcOffsetMinutes: utcOffsetMinutes as number };
}

/** Narrows a query about logs; null for what is none. */
export function parseLogQuery(query: Fields): LogQuery | null {
  const { kind, listId, from, count, row } = query;
  const view = lineViews.find((one) => one === query['view']);
  if (view === undefined || !isCount(listId)) return null;
  if (kind === 'log') return isCount(row) ? { kind, listId, view, row } : null;
  if (kind !== 'logs') return null;
  return isCount(from) && isCount(count) ? { kind, listId, view, from, count } : null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
