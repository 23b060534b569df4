import type { StallShown } from '../../protocol/answers.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { formatDuration } from './duration.ts';
import { fill, formatBytes, formatTime } from '../format.ts';
import type { DrawnBins } from './timelineBins.ts';

/** What a drawn bin holds, in words: its time, its counts and the stall it lies in. */
export function readBin(
  bin: number,
  { fromMs: beginMs, binMs, events, bytes, heartbeats }: DrawnBins,
  stalls: readonly StallShown[],
  strings: TimelineStrings,
): string {
  const fromMs = beginMs + bin * binMs;
  const toMs = fromMs + binMs;
  const beatCount = heartbeats[bin] ?? 0;
  const stall = stalls.find((one) => one.fromMs < toMs && one.toMs > fromMs);
  return [
    spanText(fromMs, toMs, binMs),
    `${strings.events} ${events[bin] ?? 0}`,
    `${strings.bytes} ${formatBytes(bytes[bin] ?? 0)}`,
    ...(beatCount === 0 ? [] : [`${strings.heartbeats} ${beatCount}`]),
    ...(stall === undefined ? [] : [fill(strings.inStall, formatDuration(stall.toMs - stall.fromMs))]),
  ].join(' · ');
}

/** A stretch of time, as exact as its steps: `1.200–1.400 s`. */
export function spanText(fromMs: number, toMs: number, stepMs = toMs - fromMs): string {
  return stepMs < 1
    ? `${Number(fromMs.toFixed(2))}–${Number(toMs.toFixed(2))} ms`
    : `${(fromMs / 1000).toFixed(3)}–${formatTime(toMs)}`;
}

/** The width of a drawn bin: a round one, so `20 ms`, `5 s`. */
export function binWidth(binMs: number): string {
  return binMs < 1000 ? `${Number(binMs.toFixed(3))} ms` : `${Math.round(binMs / 1000)} s`;
}
