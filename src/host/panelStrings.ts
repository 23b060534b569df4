import * as vscode from 'vscode';
import type { PanelStrings } from '../protocol/messages.ts';

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
    requestHeaders: t('Request headers'),
    responseHeaders: t('Response headers'),
    eventsLabel: t('Events'),
    detailLabel: t('Event detail'),
    bodyLabel: t('Response body'),
    waitingForEvents: t('The stream is open. No event has come yet.'),
    noEvents: t('The stream ended without an event.'),
    emptyBody: t('The response has no body.'),
    shortened: t('Only the beginning is shown.'),
    nothingSent: t('Nothing has been sent yet.'),
    eventTitle: t('Event {0}'),
    announceEvents: t('{0} new events'),
    protectedProfile: t('Protected profile'),
  };
}
