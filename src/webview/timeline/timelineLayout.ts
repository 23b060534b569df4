import type { Timeline } from '../../protocol/answers.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { formatDuration } from './duration.ts';
import { axisTicks, type AxisTick } from './timelineAxis.ts';
import { gatherBins, type DrawnBins } from './timelineBins.ts';
import { shownView, type TimeView } from './timelineView.ts';
import {
  CHUNK_CALLBACK,
  END_CALLBACK,
  HEADERS_CALLBACK,
  phasesOf,
  type TimelinePhase,
} from './timelineFacts.ts';

/** What the picture is laid out from; lengths in CSS px. */
export interface PictureInput {
  readonly timeline: Timeline;
  /** Until when there is something to draw, in ms since sending. */
  readonly endMs: number;
  /** The part that is shown; null for all. */
  readonly view: TimeView | null;
  readonly selection: Selection;
  /** How many events the highest bar stands for, at least. */
  readonly scale?: number;
  /** The function's time limit in ms; null where it is not known. */
  readonly limitMs: number | null;
  /** False for an answer that is no event stream: it has phases and moments alone. */
  readonly isStream: boolean;
  readonly width: number;
  readonly height: number;
  /** The height of a line of the picture's text. */
  readonly lineHeight: number;
  /** The width of a text. */
  readonly measure: (text: string) => number;
  readonly strings: TimelineStrings;
}

/** What is selected among the events. */
export interface Selection {
  readonly range: TimeView | null;
  /** When the selected event came. */
  readonly atMs: number | null;
}

/** A text and where it begins. */
export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A span of time as it is drawn; the label is empty where there is no room for it. */
export interface PlacedSpan {
  readonly x: number;
  readonly width: number;
  readonly label: string;
}

/** A row of small marks under its name. */
export interface MarkLane {
  readonly label: PlacedLabel;
  readonly xs: readonly number[];
  readonly top: number;
  readonly height: number;
}

/** Everything the picture shows and where, in CSS px from its upper left corner. */
export interface PictureLayout {
  readonly left: number;
  readonly right: number;
  readonly bins: DrawnBins;
  readonly xOf: (atMs: number) => number;
  /** The drawn bin at a place, kept within the picture. */
  readonly binAt: (x: number) => number;
  /** The moment at a place, kept within the picture. */
  readonly msAt: (x: number) => number;
  readonly view: TimeView;
  readonly moments: readonly (PlacedLabel & {
    readonly lineX: number;
    readonly kind: 'headers' | 'success' | 'fail' | 'limit';
  })[];
  readonly phases: readonly (PlacedSpan & { readonly kind: TimelinePhase['kind'] })[];
  readonly phasesTop: number;
  readonly bars: readonly {
    readonly x: number;
    readonly width: number;
    readonly height: number;
    readonly bin: number;
  }[];
  readonly barsTop: number;
  /** The lower edge of the bars. */
  readonly barsBottom: number;
  readonly stalls: readonly PlacedSpan[];
  /** Null where nothing, or nothing in view, is selected. */
  readonly selected: PlacedSpan | null;
  readonly selectedX: number | null;
  readonly lanes: readonly MarkLane[];
  readonly axis: readonly (PlacedLabel & { readonly tickX: number })[];
  readonly axisTop: number;
}

/** Room at the sides, as in the rest of the page, and between things. */
const EDGE = 12;
const SPACE = 6;
const MARK_HEIGHT = 7;
const LABEL_SPACE = 4;
/** How far ahead the time limit may be, as a multiple of the time so far, for the picture to reach to it. */
const NEAR_LIMIT = 1.25;

/** Works out the picture. */
export function layoutPicture(input: PictureInput): PictureLayout {
  const { timeline, endMs, isStream, width, height, lineHeight, measure, selection } = input;
  const left = EDGE;
  const right = Math.max(left + 1, width - EDGE);
  const view = shownView(input.view, spanOf(input));
  const spanMs = view.toMs - view.fromMs;
  const inView = (atMs: number): number => Math.max(view.fromMs, Math.min(atMs, view.toMs));
  const isSeen = (span: TimeView): boolean => span.toMs >= view.fromMs && span.fromMs <= view.toMs;
  const xOf = (atMs: number): number => left + ((right - left) * (inView(atMs) - view.fromMs)) / spanMs;
  const msAt = (x: number): number => inView(view.fromMs + ((x - left) / (right - left)) * spanMs);
  const bins = gatherBins(timeline, view, right - left);
  const moments = placeMoments(input, view, xOf);
  const phasesTop = Math.max(lineHeight, ...moments.map(({ y }) => y + lineHeight)) + 2;
  const axisTop = height - lineHeight - 5;
  const lanes = isStream ? placeLanes(input, view, xOf, axisTop) : [];
  const barsTop = isStream ? phasesTop + lineHeight + SPACE : axisTop;
  const barsBottom = Math.max(barsTop, lanes[0] === undefined ? axisTop : lanes[0].label.y - SPACE);
  return {
    left,
    right,
    bins,
    xOf,
    binAt: (x) => binAt(msAt(x), bins),
    msAt,
    view,
    moments,
    phases: phasesOf(timeline, endMs, isStream, input.strings)
      .filter(isSeen)
      .map((phase) => ({ kind: phase.kind, ...placeSpan(phase, phase.label, xOf, measure) })),
    phasesTop,
    bars: isStream ? placeBars(bins, xOf, barsBottom - barsTop, input.scale) : [],
    barsTop,
    barsBottom,
    stalls: timeline.stalls
      .filter(isSeen)
      .map((stall) => placeSpan(stall, formatDuration(stall.toMs - stall.fromMs), xOf, measure)),
    selected:
      selection.range !== null && isSeen(selection.range)
        ? placeSpan(selection.range, '', xOf, measure)
        : null,
    selectedX:
      selection.atMs !== null && selection.atMs === inView(selection.atMs) ? xOf(selection.atMs) : null,
    lanes,
    axis: axisTicks(view, Math.max(2, Math.floor((right - left) / (lineHeight * 5)))).map((tick) =>
      placeTick(tick, xOf, width, axisTop + 5, measure),
    ),
    axisTop,
  };
}

/** The time the picture spans, in ms: up to the limit where that is near. */
export function spanOf({ endMs, limitMs }: Pick<PictureInput, 'endMs' | 'limitMs'>): number {
  const isNear = limitMs !== null && limitMs > endMs && limitMs <= endMs * NEAR_LIMIT;
  return Math.max(isNear ? limitMs : endMs, 0.1);
}

/** The drawn bin of a moment, kept within the picture. */
export function binAt(atMs: number, { fromMs, binMs, events }: DrawnBins): number {
  return Math.max(0, Math.min(events.length - 1, Math.floor((atMs - fromMs) / binMs)));
}

/**
 * Names of moments stand right of their lines, left where the edge is near. Where two would meet, the later of this order
 * takes the second line, which its own line then begins at: the end, the headers, the time limit. That goes without its
 * name where there is no room.
 */
function placeMoments(
  { timeline, limitMs, lineHeight, width, measure, strings }: PictureInput,
  view: TimeView,
  xOf: (atMs: number) => number,
): PictureLayout['moments'] {
  const { headersAtMs, end } = timeline;
  type Moment = PictureLayout['moments'][number];
  const moments: Moment[] = [];
  const place = (text: string, kind: Moment['kind'], atMs: number): void => {
    if (atMs < view.fromMs || atMs > view.toMs) return;
    const lineX = xOf(atMs);
    const textWidth = measure(text);
    const isRight = lineX + LABEL_SPACE + textWidth <= width - EDGE;
    const x = isRight ? lineX + LABEL_SPACE : Math.max(EDGE, lineX - LABEL_SPACE - textWidth);
    const isFree = (y: number): boolean =>
      moments.every(
        (one) => one.y !== y || x >= one.x + measure(one.text) + EDGE || one.x >= x + textWidth + EDGE,
      );
    const y = isFree(0) ? 0 : lineHeight;
    moments.push({ text: kind === 'limit' && !isFree(y) ? '' : text, kind, lineX, x, y });
  };
  if (end !== null) place(`${end.callback} · ${END_CALLBACK}`, end.callback, end.atMs);
  if (headersAtMs !== null) place(HEADERS_CALLBACK, 'headers', headersAtMs);
  if (limitMs !== null) place(strings.timeLimit, 'limit', limitMs);
  return moments;
}

function placeSpan(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  label: string,
  xOf: (atMs: number) => number,
  measure: (text: string) => number,
): PlacedSpan {
  const x = xOf(fromMs);
  const width = Math.max(0, xOf(toMs) - x);
  return { x, width, label: measure(label) + 8 <= width ? label : '' };
}

/** Heights by the most events in a bin; what is not nothing shows. */
function placeBars(
  bins: DrawnBins,
  xOf: (atMs: number) => number,
  room: number,
  scale = 0,
): PictureLayout['bars'] {
  const most = Math.max(scale, mostOf(bins.events));
  return bins.events.flatMap((count, bin) => {
    if (count === 0) return [];
    const x = xOf(bins.fromMs + bin * bins.binMs);
    const width = Math.max(1, xOf(bins.fromMs + (bin + 1) * bins.binMs) - x - 1);
    return [{ x, width, height: Math.max(2, (room * count) / most), bin }];
  });
}

/** The highest of some counts; 0 for none. */
export function mostOf(counts: readonly number[]): number {
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

/** One lane for the chunks and, where there are any, one for the heartbeats, upwards from the axis. */
function placeLanes(
  { timeline, lineHeight, strings }: PictureInput,
  view: TimeView,
  xOf: (atMs: number) => number,
  axisTop: number,
): MarkLane[] {
  const height = lineHeight + MARK_HEIGHT;
  const lane = (name: string, count: number, xs: readonly number[], top: number): MarkLane => ({
    label: { text: `${name} · ${count}`, x: EDGE, y: top },
    xs,
    top: top + lineHeight,
    height: MARK_HEIGHT,
  });
  const { totals } = timeline;
  const hasBeats = totals.heartbeats > 0;
  const beatsTop = axisTop - SPACE - height;
  const beats = marksOf(timeline, timeline.heartbeats, view, xOf);
  const beatLanes = hasBeats ? [lane(strings.heartbeats, totals.heartbeats, beats, beatsTop)] : [];
  const chunksTop = (hasBeats ? beatsTop : axisTop) - SPACE - height;
  // Beyond a thousand chunks only the first and the last come with their exact times.
  const areAllExact = timeline.chunkAtMs.length >= sumOf(timeline.chunks);
  const chunks = areAllExact
    ? distinct(timeline.chunkAtMs.filter((atMs) => atMs >= view.fromMs && atMs <= view.toMs).map(xOf))
    : marksOf(timeline, timeline.chunks, view, xOf);
  return [lane(CHUNK_CALLBACK, totals.chunks, chunks, chunksTop), ...beatLanes];
}

function marksOf(
  { fromMs, binMs }: Timeline,
  counts: readonly number[],
  view: TimeView,
  xOf: (atMs: number) => number,
): number[] {
  const marks = counts.flatMap((count, bin) => (count === 0 ? [] : [fromMs + (bin + 0.5) * binMs]));
  return distinct(marks.filter((atMs) => atMs >= view.fromMs && atMs <= view.toMs).map(xOf));
}

/** A mark for a px, however many fall on it. */
function distinct(xs: readonly number[]): number[] {
  return [...new Set(xs.map(Math.round))];
}

/** The sum of some counts. */
export function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function placeTick(
  { atMs, label }: AxisTick,
  xOf: (atMs: number) => number,
  width: number,
  y: number,
  measure: (text: string) => number,
): PictureLayout['axis'][number] {
  const tickX = xOf(atMs);
  const labelWidth = measure(label);
  return { tickX, text: label, x: Math.max(0, Math.min(tickX - labelWidth / 2, width - labelWidth)), y };
}
