import * as vscode from 'vscode';
import { textStrings } from './textStrings.ts';
import { bodyStrings } from './bodyStrings.ts';
import { headersStrings } from './headersStrings.ts';
import { problemsStrings } from './problemsStrings.ts';
import { recordStrings } from './recordStrings.ts';
import { contentStrings } from './contentStrings.ts';
import { timelineStrings } from './timelineStrings.ts';
import { chunksStrings } from './chunksStrings.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';

/** The panel's words in the display language. */
export function panelStrings(): PanelStrings {
  const { t } = vscode.l10n;
  return {
    cancel: t('Cancel'),
    sendAgain: t('Send again'),
    copy: t('Copy'),
    close: t('Close'),
    following: t('Following new events'),
    follow: t('Follow new events'),
    preparing: t('Preparing'),
    connecting: t('Waiting for the response'),
    streaming: t('Streaming'),
    receiving: t('Receiving'),
    reasons: {
      complete: t('Complete'),
      cancelled: t('Cancelled'),
      timeout: t('Time limit reached'),
      'connect-timeout': t('No connection in time'),
      'headers-timeout': t('No response in time'),
      'idle-timeout': t('Silent for too long'),
      reset: t('Connection broken'),
      truncated: t('Cut off'),
      error: t('Failed'),
    },
    events: t('{0} events'),
    bytes: t('{0} bytes'),
    columnIndex: '#',
    columnTime: t('Time'),
    columnType: t('Type'),
    columnId: t('ID'),
    columnData: t('Data'),
    comment: t('Comment'),
    retry: t('Retry'),
    incomplete: t('Incomplete'),
    eventsLabel: t('Events'),
    waitingForEvents: t('The stream is open. No event has come yet.'),
    noEvents: t('The stream ended without an event.'),
    nothingSent: t('Nothing has been sent yet.'),
    eventTitle: t('Event {0}'),
    announceEvents: t('{0} new events'),
    protectedProfile: t('Protected profile'),
    columnGap: t('Gap'),
    tabs: {
      events: t('Events'),
      text: t('Text'),
      timeline: t('Timeline'),
      chunks: t('Chunks'),
      body: t('Body'),
      headers: t('Headers'),
      problems: t('Problems'),
    },
    tabsLabel: t('Views of the response'),
    toolbarLabel: t('Actions'),
    pause: t('Pause display; receiving goes on'),
    resume: t('Resume display'),
    copyAll: t('Copy all'),
    openBeside: t('Open in an editor beside'),
    save: t('Save…'),
    pin: t('Pin: keep this answer, send again in another panel'),
    unpin: t('Unpin'),
    filterPlaceholder: t('Filter events'),
    matchCase: t('Match case'),
    useRegex: t('Use a regular expression'),
    useJsonPath: t('Use JSONPath: $.choices or @.type == "text"'),
    filterType: t('Event type'),
    allTypes: t('All types'),
    showComments: t('Show comments (heartbeats)'),
    clearFilter: t('Clear filter'),
    filterCount: t('{0} of {1} rows'),
    noMatches: t('No event matches the filter.'),
    timeLeft: t('{0} left until the time limit of the function'),
    tokensPerSecond: t('{0} tokens/s'),
    charactersPerSecond: t('{0} characters/s'),
    lostRunning: t(
      'The window was reloaded while this stream was running: its connection was closed. {0} events had come; they are gone.',
    ),
    lostEnded: t('The window was reloaded. This exchange had ended ({0}, {1} events); its events are gone.'),
    lostUnknown: t('The window was reloaded. Nothing is known of this request’s last exchange any more.'),
    text: textStrings(),
    body: bodyStrings(),
    headers: headersStrings(),
    problems: problemsStrings(),
    record: recordStrings(),
    content: contentStrings(),
    timeline: timelineStrings(),
    chunks: chunksStrings(),
  };
}
