import type { ConnectionFacts } from '../../core/ports.ts';
import type { Timeline } from '../../protocol/answers.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { fill } from '../format.ts';

/** The callbacks of `wx.cloud.callHTTPFunction`: names of an interface, in no language. */
export const HEADERS_CALLBACK = 'onHeadersReceived';
export const CHUNK_CALLBACK = 'onChunkedReceived';
export const END_CALLBACK = 'complete';

/** A stretch of an exchange's time, in ms since sending. */
export interface TimelinePhase {
  readonly kind: 'headers' | 'firstByte' | 'body';
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Something that happened once, in ms since sending. */
export interface TimelineMoment {
  readonly label: string;
  readonly atMs: number;
}

/** The phases in order, without gaps; the last one goes on to `endMs` where the exchange has not ended. */
export function phasesOf(
  timeline: Timeline,
  endMs: number,
  isStream: boolean,
  strings: TimelineStrings,
): TimelinePhase[] {
  const untilMs = timeline.end?.atMs ?? endMs;
  const { headersAtMs } = timeline;
  const label = strings.waitingForHeaders;
  if (headersAtMs === null) return [{ kind: 'headers', label, fromMs: 0, toMs: untilMs }];
  const waited = { kind: 'headers', label, fromMs: 0, toMs: headersAtMs } as const;
  if (!isStream) {
    return [waited, { kind: 'body', label: strings.receiving, fromMs: headersAtMs, toMs: untilMs }];
  }
  const { firstByteMs } = timeline;
  const firstByte = {
    kind: 'firstByte',
    label: strings.waitingForFirstByte,
    fromMs: headersAtMs,
    toMs: firstByteMs ?? untilMs,
  } as const;
  if (firstByteMs === null) return [waited, firstByte];
  return [waited, firstByte, { kind: 'body', label: strings.streaming, fromMs: firstByteMs, toMs: untilMs }];
}

/** What it took to connect, step by step; empty before a response came. */
export function connectionSteps(
  connection: ConnectionFacts | null,
  strings: TimelineStrings,
): { readonly label: string; readonly ms: number | null }[] {
  if (connection === null) return [];
  if (connection.isReused) return [{ label: strings.reused, ms: null }];
  const steps = [
    { label: 'DNS', ms: connection.dnsMs },
    { label: strings.connect, ms: connection.connectMs },
    { label: strings.proxyTunnel, ms: connection.proxyMs },
    { label: 'TLS', ms: connection.tlsMs },
  ];
  return steps.filter(({ ms }) => ms !== null);
}

/**
 * The moments in order, with the callbacks of `wx.cloud.callHTTPFunction` under their names, and the function's time limit,
 * reached or not.
 */
export function momentsOf(
  timeline: Timeline,
  { chunkCount, limitMs }: { readonly chunkCount: number; readonly limitMs: number | null },
  strings: TimelineStrings,
): TimelineMoment[] {
  const { headersAtMs, firstByteMs, firstEventMs, firstTextMs, end } = timeline;
  const moments: TimelineMoment[] = [{ label: strings.sent, atMs: 0 }];
  const add = (label: string, atMs: number | null | undefined): void => {
    if (atMs !== null && atMs !== undefined) moments.push({ label, atMs });
  };
  add(HEADERS_CALLBACK, headersAtMs);
  // A whole is handed over at the end: no callback tells of its bytes.
  add(
    chunkCount === 0
      ? strings.firstByte
      : chunkCount > 1
        ? fill(strings.firstOf, CHUNK_CALLBACK)
        : CHUNK_CALLBACK,
    firstByteMs,
  );
  add(strings.firstEvent, firstEventMs);
  add(strings.firstText, firstTextMs);
  if (chunkCount > 1) {
    add(fill(strings.lastOf, CHUNK_CALLBACK, String(chunkCount)), timeline.lastByteMs);
  }
  add(strings.lastByte, timeline.lastByteMs);
  add(end?.callback ?? '', end?.atMs);
  add(END_CALLBACK, end?.atMs);
  add(strings.timeLimit, limitMs);
  return moments.sort((left, right) => left.atMs - right.atMs);
}
