import type { LogRange } from '../logs.ts';

/** Words of the tab of a function's logs. */
export interface LogsStrings {
  readonly label: string;
  readonly columnTime: string;
  readonly columnStream: string;
  readonly columnText: string;
  /** Which lines are shown; `{0}` is their number. */
  readonly lines: string;
  readonly ofRequest: string;
  readonly all: string;
  /** What is said of the request's lines. `{0}` is a number. */
  readonly holdId: string;
  readonly noLineHoldsId: string;
  readonly noId: string;
  readonly nothingWritten: string;
  readonly nothingOfRequest: string;
  readonly holdsId: string;
  readonly meanwhile: string;
  /** Of deployed functions. */
  readonly searchLogs: string;
  readonly cancel: string;
  readonly more: string;
  readonly searchFor: string;
  /** `{0}` is the id. */
  readonly byId: string;
  /** `{0}` is the function. */
  readonly byFunction: string;
  readonly range: string;
  readonly ranges: Readonly<Record<LogRange, string>>;
  readonly zone: string;
  /** `{0}` is an offset such as +08:00. */
  readonly utc: string;
  readonly zoneUnknown: string;
  /** Environment `{0}`, profile `{1}`. */
  readonly environment: string;
  /** Why there may be no id to search for. */
  readonly noIdToSearch: string;
  readonly notSearched: string;
  readonly searching: string;
  /** From `{0}` to `{1}`. */
  readonly nothingFound: string;
  readonly found: string;
  readonly detailLabel: string;
  readonly sinceSending: string;
  readonly beginning: string;
  readonly copy: string;
  readonly close: string;
}
