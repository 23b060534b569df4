import * as vscode from 'vscode';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';

/** The words of the timeline tab in the display language. */
export function timelineStrings(): TimelineStrings {
  const { t } = vscode.l10n;
  return {
    label: t('Events over time'),
    notSent: t('The timeline begins when the request is sent.'),
    phases: t('Phases'),
    phase: t('Phase'),
    waitingForHeaders: t('Waiting for headers'),
    waitingForFirstByte: t('Waiting for the first byte'),
    streaming: t('Streaming'),
    receiving: t('Receiving'),
    ended: t('Ended'),
    moments: t('Moments'),
    moment: t('Moment'),
    sent: t('Request sent'),
    firstByte: t('First byte'),
    firstEvent: t('First event'),
    firstText: t('First text'),
    timeLimit: t('Time limit of the function'),
    firstOf: t('{0} (first)'),
    lastOf: t('{0} (last of {1})'),
    duration: t('Duration'),
    eventsPerSecond: t('Events per second'),
    gapP50: t('Gap p50'),
    gapP95: t('Gap p95'),
    longestGap: t('Longest gap'),
    stalls: t('Stalls'),
    heartbeats: t('Heartbeats'),
    nextEvent: t('Event after it'),
    noEvent: t('none'),
    time: t('Time'),
    from: t('From'),
    length: t('Length'),
    eventsPer: t('Events per {0}, at most {1}'),
    events: t('Events'),
    bytes: t('Bytes'),
    comments: t('Comments'),
    inStall: t('in a stall of {0}'),
    event: t('Event {0}'),
  };
}
