import { fieldsOf, listOf, textOf, type Fields } from './deployed.ts';

/** A line of a deployed function's log. */
export interface DeployedLog {
  /** As the API writes it, in a zone it does not name. */
  readonly time: string;
  /** As the API gives it: JSON of the log service's own fields. */
  readonly content: string;
  /** The function's own words, where the content names them; else the content. */
  readonly text: string;
  /** Level or stream as the content names it; empty where it does not. */
  readonly level: string;
  readonly requestId: string;
}

/** One page of a log search. */
export interface DeployedLogPage {
  readonly logs: readonly DeployedLog[];
  /** Asks for the next page; null after the last. */
  readonly next: string | null;
}

/** `SearchClsLog`. Which fields a line's content has is not documented: what is known of them is read. */
export function readLogs(response: Fields): DeployedLogPage {
  const results = fieldsOf(response['LogResults']);
  const context = textOf(results, 'Context');
  return {
    logs: listOf(results, 'Results').map(readLog),
    next: results['ListOver'] === true || context === '' ? null : context,
  };
}

/** The search for one function's lines, or one request's. Source: facts sheet, section 5. */
export function logQuery(wanted: { readonly functionName?: string; readonly requestId?: string }): string {
  const { functionName, requestId } = wanted;
  const conditions = [
    ...(functionName === undefined ? [] : [`function_name:${quoted(functionName)}`]),
    ...(requestId === undefined ? [] : [`request_id:${quoted(requestId)}`]),
  ];
  return conditions.join(' AND ');
}

/**
 * A moment as `SearchClsLog` takes it, `YYYY-MM-DD HH:mm:ss`. Which zone it means is not documented.
 * @param ms since 1970
 * @param utcOffsetMinutes of the zone it is written in
 */
export function logTime(ms: number, utcOffsetMinutes: number): string {
  return new Date(ms + utcOffsetMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}

function readLog(item: Fields): DeployedLog {
  const content = textOf(item, 'Content');
  const fields = fieldsOf(parse(content));
  const first = (...names: readonly string[]): string =>
    names.map((name) => textOf(fields, name)).find((text) => text !== '') ?? '';
  return {
    time: textOf(item, 'Timestamp'),
    content,
    text: first('message', 'log', 'msg', 'SCF_Message') || content,
    level: first('level', 'stream', 'SCF_Level'),
    requestId: first('request_id', 'requestId', 'SCF_RequestId'),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no JSON: shown as it is
  }
}

function quoted(value: string): string {
  return `"${value.replaceAll(/["\\]/g, (one) => `\\${one}`)}"`;
}
