import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { TimeShift } from './systemVariables.ts';

dayjs.extend(utc);

/**
 * A moment as `$datetime` (UTC) and `$localDatetime` write it; the same library and patterns as REST Client and httpYac.
 * Null where it is outside the years that dates have.
 */
export function formatDate(
  now: Date,
  use: { readonly isLocal: boolean; readonly format: string; readonly shift: TimeShift | null },
): string | null {
  const { isLocal, format, shift } = use;
  const start = isLocal ? dayjs(now) : dayjs.utc(now);
  const date = shift === null ? start : start.add(shift.amount, shift.unit);
  if (!date.isValid()) return null;
  if (format === 'rfc1123') {
    return isLocal ? date.format('ddd, DD MMM YYYY HH:mm:ss ZZ') : date.toDate().toUTCString();
  }
  if (format === 'iso8601') return isLocal ? date.format() : date.toISOString();
  return date.format(format.slice(1, -1));
}

/** Seconds since 1970, moved; null like {@link formatDate}. */
export function unixSeconds(now: Date, shift: TimeShift | null): string | null {
  const date = shift === null ? dayjs.utc(now) : dayjs.utc(now).add(shift.amount, shift.unit);
  return date.isValid() ? String(date.unix()) : null;
}
