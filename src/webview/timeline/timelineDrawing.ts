import type { PictureLayout, PlacedSpan } from './timelineLayout.ts';

/** What a picture is drawn on: a canvas's context, or what stands in for one. */
export type PictureCanvas = Pick<
  CanvasRenderingContext2D,
  | 'font'
  | 'textBaseline'
  | 'lineWidth'
  | 'globalAlpha'
  | 'fillRect'
  | 'strokeRect'
  | 'clearRect'
  | 'fillText'
  | 'measureText'
  | 'beginPath'
  | 'arc'
  | 'fill'
> & { fillStyle: unknown; strokeStyle: unknown };

/** The colours and the font the picture is drawn in: the editor's. */
export interface PictureStyle {
  readonly foreground: string;
  readonly background: string;
  /** Of what is selected. */
  readonly selection: string;
  readonly events: string;
  readonly heartbeats: string;
  readonly stalls: string;
  readonly success: string;
  readonly fail: string;
  /** A CSS font. */
  readonly font: string;
  /** px */
  readonly lineHeight: number;
  /** True in the high-contrast themes: no tints, edges instead. */
  readonly isHighContrast: boolean;
}

/** Strength of the tints, as opacity. */
const PHASE_TINT = { headers: 0.14, firstByte: 0.24, body: 0.3 } as const;
const STALL_TINT = 0.18;
const CURSOR_TINT = 0.16;
const RANGE_TINT = 0.22;
const QUIET = 0.72;
const GRID_LINE = 0.16;

/** Draws the picture on a canvas whose px are CSS px. `cursor` is the bin that is read out, null for none. */
export function drawPicture(
  canvas: PictureCanvas,
  layout: PictureLayout,
  style: PictureStyle,
  cursor: number | null,
): void {
  canvas.font = style.font;
  canvas.textBaseline = 'middle';
  drawAxis(canvas, layout, style);
  drawStalls(canvas, layout, style);
  drawRange(canvas, layout, style);
  if (cursor !== null) drawCursor(canvas, layout, style, cursor);
  drawBars(canvas, layout, style, cursor);
  drawPhases(canvas, layout, style);
  drawLanes(canvas, layout, style);
  drawStallLabels(canvas, layout, style);
  drawSelected(canvas, layout, style);
  drawMoments(canvas, layout, style);
}

function withOpacity(canvas: PictureCanvas, opacity: number, draw: () => void): void {
  canvas.globalAlpha = opacity;
  draw();
  canvas.globalAlpha = 1;
}

function write(
  canvas: PictureCanvas,
  style: PictureStyle,
  { text, x, y }: { readonly text: string; readonly x: number; readonly y: number },
): void {
  canvas.fillText(text, x, y + style.lineHeight / 2);
}

/** A line of one px, on whole px so that it is sharp. */
function verticalLine(canvas: PictureCanvas, x: number, top: number, bottom: number): void {
  canvas.fillRect(Math.round(x), top, 1, bottom - top);
}

function dashedLine(canvas: PictureCanvas, x: number, top: number, bottom: number): void {
  for (let y = top; y < bottom; y += 7) verticalLine(canvas, x, y, Math.min(y + 4, bottom));
}

function drawAxis(canvas: PictureCanvas, layout: PictureLayout, style: PictureStyle): void {
  const { left, right, axis, axisTop, barsTop, barsBottom } = layout;
  canvas.fillStyle = style.foreground;
  withOpacity(canvas, GRID_LINE, () => {
    for (const { tickX } of axis) verticalLine(canvas, tickX, barsTop, barsBottom);
    canvas.fillRect(left, barsBottom, right - left, 1);
  });
  withOpacity(canvas, QUIET, () => {
    canvas.fillRect(left, axisTop, right - left, 1);
    for (const label of axis) {
      verticalLine(canvas, label.tickX, axisTop, axisTop + 4);
      write(canvas, style, label);
    }
  });
}

function drawStalls(canvas: PictureCanvas, layout: PictureLayout, style: PictureStyle): void {
  const { barsTop, barsBottom } = layout;
  canvas.fillStyle = style.stalls;
  for (const { x, width } of layout.stalls) {
    if (!style.isHighContrast) {
      withOpacity(canvas, STALL_TINT, () => canvas.fillRect(x, barsTop, width, barsBottom - barsTop));
    }
    canvas.fillRect(x, barsTop, Math.max(1, width), 2);
  }
}

/** The selected range: its edges say it without colour. */
function drawRange(canvas: PictureCanvas, layout: PictureLayout, style: PictureStyle): void {
  const { selected, barsTop, axisTop } = layout;
  if (selected === null) return;
  canvas.fillStyle = style.selection;
  const width = Math.max(1, selected.width);
  if (!style.isHighContrast) {
    withOpacity(canvas, RANGE_TINT, () => canvas.fillRect(selected.x, barsTop, width, axisTop - barsTop));
  }
  verticalLine(canvas, selected.x, barsTop, axisTop);
  verticalLine(canvas, selected.x + width, barsTop, axisTop);
}

/** The selected event: a line with a head. */
function drawSelected(canvas: PictureCanvas, layout: PictureLayout, style: PictureStyle): void {
  const { selectedX: x, barsTop, axisTop } = layout;
  if (x === null) return;
  canvas.fillStyle = style.selection;
  canvas.fillRect(Math.round(x) - 1, barsTop, 2, axisTop - barsTop);
  canvas.beginPath();
  canvas.arc(x, barsTop, 4, 0, 2 * Math.PI);
  canvas.fill();
}

function drawStallLabels(canvas: PictureCanvas, layout: PictureLayout, style: PictureStyle): void {
  canvas.fillStyle = style.foreground;
  for (const span of layout.stalls) writeInside(canvas, style, span, layout.barsTop + 4);
}

function writeInside(canvas: PictureCanvas, style: PictureStyle, span: PlacedSpan, y: number): void {
  if (span.label === '') return;
  const x = span.x + (span.width - canvas.measureText(span.label).width) / 2;
  write(canvas, style, { text: span.label, x, y });
}

function drawCursor(
  canvas: PictureCanvas,
  { bins, xOf, barsTop, axisTop }: PictureLayout,
  style: PictureStyle,
  cursor: number,
): void {
  const x = xOf(bins.fromMs + cursor * bins.binMs);
  const width = Math.max(1, xOf(bins.fromMs + (cursor + 1) * bins.binMs) - x);
  canvas.fillStyle = style.foreground;
  withOpacity(canvas, CURSOR_TINT, () => canvas.fillRect(x, barsTop, width, axisTop - barsTop));
  if (!style.isHighContrast) return;
  verticalLine(canvas, x - 1, barsTop, axisTop);
  verticalLine(canvas, x + width, barsTop, axisTop);
}

function drawBars(
  canvas: PictureCanvas,
  { bars, barsBottom }: PictureLayout,
  style: PictureStyle,
  cursor: number | null,
): void {
  for (const { x, width, height, bin } of bars) {
    canvas.fillStyle = bin === cursor ? style.foreground : style.events;
    canvas.fillRect(x, barsBottom - height, width, height);
  }
}

function drawPhases(canvas: PictureCanvas, layout: PictureLayout, style: PictureStyle): void {
  const { phases, phasesTop } = layout;
  const height = style.lineHeight;
  for (const span of phases) {
    canvas.fillStyle = span.kind === 'body' ? style.events : style.foreground;
    if (style.isHighContrast) {
      canvas.strokeStyle = style.foreground;
      canvas.lineWidth = 1;
      canvas.strokeRect(Math.round(span.x) + 0.5, phasesTop + 0.5, Math.max(1, span.width - 1), height - 1);
    } else {
      withOpacity(canvas, PHASE_TINT[span.kind], () =>
        canvas.fillRect(span.x, phasesTop, Math.max(1, span.width), height),
      );
    }
    canvas.fillStyle = style.foreground;
    writeInside(canvas, style, span, phasesTop);
  }
}

function drawLanes(canvas: PictureCanvas, { lanes }: PictureLayout, style: PictureStyle): void {
  for (const [index, { label, xs, top, height }] of lanes.entries()) {
    canvas.fillStyle = style.foreground;
    withOpacity(canvas, QUIET, () => write(canvas, style, label));
    // The second lane is that of the heartbeats: round marks, so that not the colour alone tells them from chunks.
    if (index === 0)
      withOpacity(canvas, QUIET, () => xs.forEach((x) => verticalLine(canvas, x, top, top + height)));
    else drawDots(canvas, xs, top + height / 2, style);
  }
}

function drawDots(canvas: PictureCanvas, xs: readonly number[], y: number, style: PictureStyle): void {
  canvas.fillStyle = style.heartbeats;
  for (const x of xs) {
    canvas.beginPath();
    canvas.arc(x + 0.5, y, 2.5, 0, 2 * Math.PI);
    canvas.fill();
  }
}

function drawMoments(canvas: PictureCanvas, layout: PictureLayout, style: PictureStyle): void {
  const { foreground, success, fail } = style;
  const colours = { headers: foreground, success, fail, limit: fail };
  for (const { y, lineX, kind } of layout.moments) {
    const x = Math.min(lineX, layout.right - 1);
    canvas.fillStyle = colours[kind];
    if (kind === 'limit') dashedLine(canvas, x, y, layout.barsBottom);
    else verticalLine(canvas, x, y, layout.barsBottom);
  }
  canvas.fillStyle = foreground;
  for (const { text, x, y } of layout.moments) {
    // No line goes through a name: the canvas is clear, what it lies on shows.
    canvas.clearRect(x - 2, y, canvas.measureText(text).width + 4, text === '' ? 0 : style.lineHeight);
    write(canvas, style, { text, x, y });
  }
}
