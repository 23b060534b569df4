/** The part of the time that a picture shows, or that is selected, in ms since sending. */
export interface TimeView {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The least that can be looked at, in ms. */
const MIN_SPAN_MS = 0.5;
/** How much a step of zooming shows, of what was shown. */
export const ZOOM_STEP = 0.5;
/** How far a step of panning goes, of what is shown. */
export const PAN_STEP = 0.2;

/** All that there is where nothing is zoomed. */
export function shownView(view: TimeView | null, endMs: number): TimeView {
  return view ?? { fromMs: 0, toMs: endMs };
}

/**
 * So much more or less of the time, with the moment `aroundMs` staying where it is; null for all of it.
 * @param share of what is shown now
 */
export function zoomed(
  view: TimeView | null,
  endMs: number,
  share: number,
  aroundMs: number,
): TimeView | null {
  const { fromMs, toMs } = shownView(view, endMs);
  const span = Math.max(MIN_SPAN_MS, (toMs - fromMs) * share);
  if (span >= endMs) return null;
  const before = ((Math.min(toMs, Math.max(fromMs, aroundMs)) - fromMs) / (toMs - fromMs)) * span;
  return within(aroundMs - before, span, endMs);
}

/** As much of the time, earlier or later; nothing changes where all is shown. */
export function panned(view: TimeView | null, endMs: number, byMs: number): TimeView | null {
  return view === null ? null : within(view.fromMs + byMs, view.toMs - view.fromMs, endMs);
}

/** The view moved, no further than it must, so that a moment is in it. */
export function revealing(view: TimeView | null, endMs: number, atMs: number): TimeView | null {
  if (view === null || (atMs >= view.fromMs && atMs <= view.toMs)) return view;
  const span = view.toMs - view.fromMs;
  return within(atMs < view.fromMs ? atMs - span * 0.1 : atMs - span * 0.9, span, endMs);
}

/** What to ask the host for: more than is seen, so that there is something beside it to move to. */
export function askedRange(view: TimeView | null, endMs: number): TimeView | null {
  if (view === null) return null;
  const beside = (view.toMs - view.fromMs) / 2;
  return { fromMs: Math.max(0, view.fromMs - beside), toMs: Math.min(endMs, view.toMs + beside) };
}

function within(fromMs: number, span: number, endMs: number): TimeView {
  const from = Math.max(0, Math.min(fromMs, endMs - span));
  return { fromMs: from, toMs: from + span };
}
