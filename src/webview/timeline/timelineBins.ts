import type { Timeline } from '../../protocol/answers.ts';
import { roundStep } from './timelineAxis.ts';
import type { TimeView } from './timelineView.ts';

/** Narrowest bar of the picture with its gap, in px. */
const MIN_BAR_PX = 5;

/** A stream's counts in the bins that are drawn: of round widths and at round times, so that bars keep their place. */
export interface DrawnBins {
  /** Where the first begins. */
  readonly fromMs: number;
  readonly binMs: number;
  readonly events: readonly number[];
  readonly heartbeats: readonly number[];
  readonly bytes: readonly number[];
}

/**
 * Gathers the host's narrow bins into those that are drawn of a view over `widthPx`. A narrow bin counts whole where its
 * middle lies.
 */
export function gatherBins(timeline: Timeline, { fromMs, toMs }: TimeView, widthPx: number): DrawnBins {
  const binMs = roundStep(((toMs - fromMs) * MIN_BAR_PX) / Math.max(widthPx, MIN_BAR_PX));
  const first = Math.floor(fromMs / binMs + 1e-9);
  const length = Math.max(1, Math.ceil(toMs / binMs - 1e-9) - first);
  const gather = (counts: readonly number[]): number[] => {
    const gathered = new Array<number>(length).fill(0);
    for (const [index, count] of counts.entries()) {
      const middleMs = timeline.fromMs + (index + 0.5) * timeline.binMs;
      if (middleMs < fromMs || middleMs > toMs + timeline.binMs) continue;
      const bin = Math.min(length - 1, Math.max(0, Math.floor(middleMs / binMs) - first));
      gathered[bin] = (gathered[bin] ?? 0) + count;
    }
    return gathered;
  };
  return {
    fromMs: first * binMs,
    binMs,
    events: gather(timeline.events),
    heartbeats: gather(timeline.heartbeats),
    bytes: gather(timeline.bytes),
  };
}
