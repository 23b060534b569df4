import * as vscode from 'vscode';
import { textStrings } from './textStrings.ts';
import { bodyStrings } from './bodyStrings.ts';
import { headersStrings } from './headersStrings.ts';
import { problemsStrings } from './problemsStrings.ts';
import { recordStrings } from './recordStrings.ts';
import { contentStrings } from './contentStrings.ts';
import { timelineStrings } from './timelineStrings.ts';
import { chunksStrings } from './chunksStrings.ts';
import { logsStrings } from './logsStrings.ts';
import { phaseStrings, reasonStrings } from './runStrings.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';

/** The panel's words in the display language. */
export function panelStrings(): PanelStrings {
  const { t } = vscode.l10n;
  return {
    cancel: t('Cancel'),
    sendAgain: t('Send again'),
    resumeStream: t('Resume'),
    resumeStreamHint: t('Send the request again with Last-Event-ID, to go on after the break'),
    startFunction: t('Start function and send'),
    copyUrl: t('Copy URL'),
    unverified: t('Certificate not checked'),
    unverifiedHint: t(
      'The profile sets rejectUnauthorized to false: anybody can answer in the server’s name.',
    ),
    copy: t('Copy'),
    close: t('Close'),
    follow: t('Follow new events'),
    ...phaseStrings(),
    waiting: t('Sending again in {0}'),
    waitingAttempt: t('Sending again in {0} ({1} of {2})'),
    reasons: reasonStrings(),
    events: t('{0} {0|event|events}'),
    bytes: t('{0} {0|byte|bytes}'),
    columnIndex: '#',
    columnTime: t('Time'),
    columnType: t('Type'),
    columnId: t('ID'),
    columnData: t('Data'),
    comment: t('Comment'),
    retry: t('Retry'),
    incomplete: t('Incomplete'),
    resumed: t('Resumed'),
    duplicate: t('came again'),
    eventsLabel: t('Events'),
    waitingForEvents: t('The stream is open. No event has come yet.'),
    noEvents: t('The stream ended without an event.'),
    nothingSent: t('Nothing has been sent yet.'),
    announceEvents: t('{0} new {0|event|events}'),
    protectedProfile: t('Protected profile'),
    columnGap: t('Gap'),
    tabs: {
      events: t('Events'),
      text: t('Text'),
      timeline: t('Timeline'),
      chunks: t('Chunks'),
      body: t('Body'),
      headers: t('Headers'),
      logs: t('Logs'),
      problems: t('Problems'),
    },
    tabsLabel: t('Views of the response'),
    toolbarLabel: t('Actions'),
    pause: t('Pause display; receiving goes on'),
    resume: t('Resume display'),
    copyAll: t('Copy all'),
    openBeside: t('Open in an editor beside'),
    save: t('Save…'),
    compareWithPrevious: t('Compare with the run before'),
    copyAs: t('Copy as…'),
    pin: t('Pin: keep this answer, send again in another panel'),
    unpin: t('Unpin'),
    filterPlaceholder: t('Filter events'),
    matchCase: t('Match case'),
    useRegex: t('Use a regular expression'),
    useJsonPath: t('Use JSONPath: $.choices or @.type == "text"'),
    filterType: t('Event type'),
    allTypes: t('All types'),
    otherTypes: t('Other types ({0})'),
    hideComments: t('Hide comments (heartbeats)'),
    clearFilter: t('Clear filter'),
    filterCount: t('{0} of {1} {1|row|rows}'),
    noMatches: t('No event matches the filter.'),
    rowsCut: t('{0} long {0|row was|rows were} searched in {0|its|their} first {1} only.'),
    timeLeft: t('{0} left until the time limit of the function'),
    tokensPerSecond: t('{0} {0|token|tokens}/s'),
    charactersPerSecond: t('{0} {0|character|characters}/s'),
    lostRunning: t(
      'The window was reloaded while this stream was running: its connection was closed. {0} {0|event|events} had come and {0|is|are} gone.',
    ),
    lostEnded: t(
      'The window was reloaded. This exchange had ended ({0}, {1} {1|event|events}); what came is gone.',
    ),
    lostUnknown: t(
      'The window was reloaded, and nothing is known of what this panel showed. Send the request again from its file.',
    ),
    text: textStrings(),
    body: bodyStrings(),
    headers: headersStrings(),
    problems: problemsStrings(),
    record: recordStrings(),
    content: contentStrings(),
    timeline: timelineStrings(),
    chunks: chunksStrings(),
    logs: logsStrings(),
  };
}
