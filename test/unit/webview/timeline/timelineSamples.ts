import type { Timeline } from '../../../../src/protocol/answers.ts';
import type { TimelineStrings } from '../../../../src/protocol/strings/timelineStrings.ts';

/** Words that are their own names. */
export const timelineWords: TimelineStrings = {
  label: 'label',
  notSent: 'notSent',
  phases: 'phases',
  phase: 'phase',
  waitingForHeaders: 'waitingForHeaders',
  waitingForFirstByte: 'waitingForFirstByte',
  streaming: 'streaming',
  receiving: 'receiving',
  ended: 'ended',
  moments: 'moments',
  moment: 'moment',
  sent: 'sent',
  firstByte: 'firstByte',
  firstEvent: 'firstEvent',
  firstText: 'firstText',
  timeLimit: 'timeLimit',
  firstOf: '{0} (first)',
  lastOf: '{0} (last of {1})',
  duration: 'duration',
  eventsPerSecond: 'eventsPerSecond',
  gapP50: 'gapP50',
  gapP95: 'gapP95',
  longestGap: 'longestGap',
  stalls: 'stalls',
  heartbeats: 'heartbeats',
  nextEvent: 'nextEvent',
  noEvent: 'noEvent',
  time: 'time',
  from: 'from',
  length: 'length',
  eventsPer: 'eventsPer {0} {1}',
  events: 'Events',
  bytes: 'Bytes',
  comments: 'Comments',
  inStall: 'in a stall of {0}',
  event: 'Event {0}',
};

/** A stream of two seconds that has ended, with whatever a test wants different. */
export function sampleTimeline(changes: Partial<Timeline> = {}): Timeline {
  return {
    endMs: 2000,
    binMs: 500,
    events: [0, 3, 0, 1],
    comments: [0, 0, 2, 0],
    bytes: [0, 300, 20, 100],
    chunks: [0, 2, 2, 1],
    stalls: [],
    headersAtMs: 100,
    firstByteMs: 600,
    firstEventMs: 600,
    firstTextMs: 700,
    end: { atMs: 2000, callback: 'success' },
    chunkAtMs: [600, 700, 1100, 1300, 1900],
    eventsPerSecond: 2,
    gaps: { p50: 10, p95: 20, max: 1200, maxBefore: 3, maxBeforeRow: 5 },
    ...changes,
  };
}
