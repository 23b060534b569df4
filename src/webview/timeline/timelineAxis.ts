import type { TimeView } from './timelineView.ts';

/** Widths of more than half a second that clocks count in, in s. */
const CLOCK_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const HOUR_MS = 3_600_000;

/** A mark of the axis. */
export interface AxisTick {
  /** ms since sending. */
  readonly atMs: number;
  readonly label: string;
}

/** The narrowest round width of at least `minMs`, in ms: 1, 2 or 5 of a power of ten; from a second on as clocks count. */
export function roundStep(minMs: number): number {
  if (minMs <= 500) return decimalStep(minMs);
  const clockStep = CLOCK_STEPS_S.find((seconds) => seconds * 1000 >= minMs);
  return clockStep === undefined ? decimalStep(minMs / HOUR_MS) * HOUR_MS : clockStep * 1000;
}

/** Marks at round times of a view, at most `maxCount` of them, with the one at 0 where the view begins there. */
export function axisTicks({ fromMs, toMs }: TimeView, maxCount: number): AxisTick[] {
  const step = roundStep((toMs - fromMs) / Math.max(1, maxCount - 1));
  const first = Math.ceil(fromMs / step - 1e-9);
  const count = Math.max(0, Math.floor(toMs / step + 1e-9) - first + 1);
  return Array.from({ length: count }, (_, index) => {
    const atMs = (first + index) * step;
    return { atMs, label: tickLabel(atMs, step, toMs) };
  });
}

/** 1, 2 or 5 of a power of ten, at least `minimum`. */
function decimalStep(minimum: number): number {
  const exponent = Math.floor(Math.log10(Math.max(minimum, 0.001)));
  const power = Number(`1e${exponent}`);
  // 3 × 0.1 is more than 0.3: what is equal but for that is equal.
  return ([1, 2, 5].find((digit) => digit * power >= minimum * (1 - 1e-9)) ?? 10) * power;
}

function tickLabel(atMs: number, step: number, endMs: number): string {
  if (atMs === 0) return '0';
  if (endMs < 1000) return `${Number(atMs.toFixed(3))} ms`;
  if (endMs < 120_000 || step < 1000) return `${(atMs / 1000).toFixed(decimalsOf(step / 1000))} s`;
  const seconds = Math.round(atMs / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function decimalsOf(step: number): number {
  return step >= 1 ? 0 : Math.ceil(-Math.log10(step) - 1e-9);
}
