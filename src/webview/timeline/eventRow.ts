import type { Row } from '../../protocol/messages.ts';

/** Rows looked at with one question. */
const ROWS = 100;
/** Questions after which an event counts as not there. */
const MAX_QUESTIONS = 50;

/**
 * The row of an event among all records; null if it is not there.
 * @param eventIndex 0-based among the events
 * @param rowsFrom asks for so many rows, from one on, of all kinds
 */
export async function findEventRow(
  eventIndex: number,
  rowsFrom: (from: number, count: number) => Promise<readonly Row[]>,
): Promise<number | null> {
  // A row is one event at most: an event never comes before its own number, and no step goes too far.
  let from = eventIndex;
  for (let question = 0; question < MAX_QUESTIONS; question++) {
    const rows = await rowsFrom(from, ROWS);
    const found = rows.find((row) => row.eventIndex === eventIndex);
    if (found !== undefined) return found.row;
    const lastEvent = rows.findLast((row) => row.eventIndex >= 0);
    if (rows.length === 0) return null;
    from = lastEvent === undefined ? from + rows.length : lastEvent.row + eventIndex - lastEvent.eventIndex;
  }
  return null;
}
