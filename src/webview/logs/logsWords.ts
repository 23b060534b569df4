import type { LineView } from '../../core/functions/requestLines.ts';
import type { LogsSnapshot } from '../../protocol/logs.ts';
import type { LogsStrings } from '../../protocol/strings/logsStrings.ts';
import { fill } from '../format.ts';

/** What is said of the lines: how far they are the request's, or what was searched. Empty for nothing. */
export function logsWords(logs: LogsSnapshot, strings: LogsStrings): string {
  const { search, idCount, counts, requestIds, hasRequest } = logs;
  if (search === null) {
    if (counts.request === 0) return '';
    if (idCount > 0) return fill(strings.holdId, String(idCount));
    return requestIds.length > 0 ? strings.noLineHoldsId : strings.noId;
  }
  if (counts.all > 0) return fill(strings.found, String(counts.all), search.from, search.to);
  return hasRequest && requestIds.length === 0 ? strings.noIdToSearch : '';
}

/** What stands in place of lines where there are none. */
export function logsHint({ search, counts }: LogsSnapshot, view: LineView, strings: LogsStrings): string {
  if (search === null) {
    return view === 'all' || counts.all === 0 ? strings.nothingWritten : strings.nothingOfRequest;
  }
  switch (search.state) {
    case 'idle':
      return strings.notSearched;
    case 'searching':
      return strings.searching;
    case 'found':
      return fill(strings.nothingFound, search.from, search.to);
    case 'failed':
      return '';
  }
}
