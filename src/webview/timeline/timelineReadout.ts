import type { StallShown } from '../../protocol/answers.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { formatDuration } from './duration.ts';
import { fill, formatBytes, formatTime } from '../format.ts';
import type { DrawnBins } from './timelineBins.ts';

/** What a drawn bin holds, in words: its time, its counts and the stall it lies in. */
export function readBin(
  bin: number,
  { binMs, events, bytes, comments }: DrawnBins,
  stalls: readonly StallShown[],
  strings: TimelineStrings,
): string {
  const fromMs = bin * binMs;
  const toMs = fromMs + binMs;
  const commentCount = comments[bin] ?? 0;
  const stall = stalls.find((one) => one.fromMs < toMs && one.toMs > fromMs);
  return [
    binMs < 1
      ? `${Number(fromMs.toFixed(2))}–${Number(toMs.toFixed(2))} ms`
      : `${(fromMs / 1000).toFixed(3)}–${formatTime(toMs)}`,
    `${strings.events} ${events[bin] ?? 0}`,
    `${strings.bytes} ${formatBytes(bytes[bin] ?? 0)}`,
    ...(commentCount === 0 ? [] : [`${strings.comments} ${commentCount}`]),
    ...(stall === undefined ? [] : [fill(strings.inStall, formatDuration(stall.toMs - stall.fromMs))]),
  ].join(' · ');
}

/** The width of a drawn bin: a round one, so `20 ms`, `5 s`. */
export function binWidth(binMs: number): string {
  return binMs < 1000 ? `${Number(binMs.toFixed(3))} ms` : `${Math.round(binMs / 1000)} s`;
}
