import * as vscode from 'vscode';
import type { LogsStrings } from '../../protocol/strings/logsStrings.ts';

/** The words of the logs tab in the display language. */
export function logsStrings(): LogsStrings {
  const { t } = vscode.l10n;
  return {
    label: t('Log lines'),
    columnTime: t('Time'),
    columnStream: t('Stream'),
    columnText: t('Text'),
    lines: t('Lines'),
    ofRequest: t('During this request ({0})'),
    all: t('All ({0})'),
    holdId: t(
      '{0} {0|line holds|lines hold} the id of this request and {0|is|are} marked. The others were printed meanwhile, perhaps for other requests.',
    ),
    noLineHoldsId: t(
      'No line holds the id of this request. These were printed meanwhile, perhaps for other requests.',
    ),
    noId: t(
      'The request and its answer have no id, such as X-Request-Id. These lines were printed meanwhile, perhaps for other requests.',
    ),
    nothingWritten: t('The function has not printed anything yet.'),
    nothingOfRequest: t('The function has printed nothing during this request.'),
    holdsId: t('holds the id of this request'),
    meanwhile: t('printed meanwhile'),
    searchLogs: t('Search logs'),
    cancel: t('Cancel'),
    more: t('More'),
    searchFor: t('Search for'),
    byId: t('this request: {0}'),
    byFunction: t('the function {0}'),
    range: t('Range of time'),
    ranges: {
      run: t('this run, 5 minutes before and after'),
      hour: t('last hour'),
      day: t('last 24 hours'),
      week: t('last 7 days'),
    },
    zone: t('Time zone'),
    utc: t('UTC{0}'),
    zoneUnknown: t(
      'The log service names no time zone: the range is asked for in the zone chosen here, and times stand as the service writes them. Where lines are missing, try another zone, or search again later.',
    ),
    environment: t('Environment {0}, profile {1}'),
    noIdToSearch: t('The answer has no request id: only the logs of the whole function can be searched.'),
    notSearched: t('Nothing has been searched yet.'),
    searching: t('Searching …'),
    nothingFound: t('Nothing was found from {0} to {1}.'),
    found: t('{0} {0|line|lines}, the newest first, from {1} to {2}'),
    detailLabel: t('Log line'),
    sinceSending: t('Since sending'),
    beginning: t('Only the beginning is shown.'),
    copy: t('Copy the line'),
    close: t('Close'),
  };
}
