import type { Timeline } from '../../protocol/answers.ts';
import { roundStep } from './timelineAxis.ts';

/** Narrowest bar of the picture with its gap, in px. */
const MIN_BAR_PX = 5;

/** A stream's counts in the bins that are drawn: of round widths, so that bars keep their place as time goes on. */
export interface DrawnBins {
  readonly binMs: number;
  readonly events: readonly number[];
  readonly comments: readonly number[];
  readonly bytes: readonly number[];
}

/**
 * Gathers the host's narrow bins into those that are drawn from sending to `endMs` over `widthPx`. A narrow bin counts
 * whole where its middle lies.
 */
export function gatherBins(timeline: Timeline, endMs: number, widthPx: number): DrawnBins {
  const binMs = roundStep((endMs * MIN_BAR_PX) / Math.max(widthPx, MIN_BAR_PX));
  const length = Math.max(1, Math.ceil(endMs / binMs - 1e-9));
  const gather = (counts: readonly number[]): number[] => {
    const gathered = new Array<number>(length).fill(0);
    for (const [index, count] of counts.entries()) {
      const bin = Math.min(length - 1, Math.floor(((index + 0.5) * timeline.binMs) / binMs));
      gathered[bin] = (gathered[bin] ?? 0) + count;
    }
    return gathered;
  };
  return {
    binMs,
    events: gather(timeline.events),
    comments: gather(timeline.comments),
    bytes: gather(timeline.bytes),
  };
}
