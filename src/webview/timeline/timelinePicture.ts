import type { Timeline } from '../../protocol/answers.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { element, setAttribute, setText } from '../dom.ts';
import { formatDuration } from './duration.ts';
import { fill } from '../format.ts';
import { drawPicture, type PictureStyle } from './timelineDrawing.ts';
import { layoutPicture, mostOf, type PictureLayout } from './timelineLayout.ts';
import { phasesOf } from './timelineFacts.ts';
import { binWidth, readBin } from './timelineReadout.ts';
import { onThemeChange, readPictureStyle } from './timelineStyle.ts';

/** Bins a page key goes. */
const PAGE_BINS = 10;

/** What the picture is of. */
export interface PictureState {
  readonly timeline: Timeline;
  /** The right edge, in ms since sending. */
  readonly endMs: number;
  readonly isStream: boolean;
  /** The function's time limit in ms; null where it is not known. */
  readonly limitMs: number | null;
}

/**
 * The drawn timeline and the line above it that reads out a bin. With the keyboard it is a slider over the bins (ARIA:
 * slider), with the mouse the bin under the pointer is read out. Lives as long as the page.
 */
export class TimelinePicture {
  readonly element: HTMLElement;
  readonly #strings: TimelineStrings;
  readonly #caption = element('p', 'timeline-caption');
  readonly #canvas = element('canvas', '', { attributes: { 'aria-hidden': 'true' } });
  readonly #frame: HTMLElement;
  #state: PictureState | null = null;
  #style: PictureStyle | null = null;
  #layout: PictureLayout | null = null;
  /** Where the keyboard and the mouse stand, in ms: bins grow wider while a stream goes on. */
  #cursorMs = 0;
  #hoverMs: number | null = null;

  constructor(strings: TimelineStrings) {
    this.#strings = strings;
    this.#frame = element('div', 'timeline-frame', { id: 'timeline', children: [this.#canvas] });
    this.element = element('div', 'timeline-picture', { children: [this.#caption, this.#frame] });
    this.#frame.addEventListener('keydown', (event) => this.#keyPressed(event));
    this.#frame.addEventListener('pointermove', (event) => this.#hover(this.#msAt(event)));
    this.#frame.addEventListener('pointerleave', () => this.#hover(null));
    this.#frame.addEventListener('click', (event) => (this.#cursorMs = this.#msAt(event)));
    this.#frame.addEventListener('focus', () => this.#draw());
    this.#frame.addEventListener('blur', () => this.#draw());
    onThemeChange(() => {
      this.#style = null;
      this.#draw();
    });
    // Told of another size as well as of another scale: the window may have gone to another screen.
    new ResizeObserver(() => this.#draw()).observe(this.#canvas, { box: 'device-pixel-content-box' });
  }

  /** Takes the cursor back to the beginning. */
  reset(): void {
    this.#cursorMs = 0;
    this.#hoverMs = null;
  }

  /** Draws a timeline. */
  update(state: PictureState): void {
    const { isStream } = state;
    if (isStream !== this.#state?.isStream) {
      this.#frame.classList.toggle('is-stream', isStream);
      setAttribute(this.#frame, 'role', isStream ? 'slider' : 'img');
      setAttribute(this.#frame, 'tabindex', isStream ? '0' : null);
    }
    this.#state = state;
    this.#draw();
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const context = this.#canvas.getContext('2d');
    const state = this.#state;
    if (state === null || context === null || width === 0 || height === 0) return;
    this.#fitPixels(context, width, height);
    const style = (this.#style ??= readPictureStyle(this.#canvas));
    context.font = style.font;
    const measure = (text: string): number => context.measureText(text).width;
    const { lineHeight } = style;
    const layout = layoutPicture({ ...state, width, height, lineHeight, measure, strings: this.#strings });
    this.#layout = layout;
    const isFocused = document.activeElement === this.#frame;
    const shownMs = this.#hoverMs ?? (isFocused ? this.#cursorMs : null);
    const cursor = shownMs === null || !state.isStream ? null : binOf(shownMs, layout);
    drawPicture(context, layout, style, cursor);
    this.#describe(state, layout, cursor);
  }

  #fitPixels(context: CanvasRenderingContext2D, width: number, height: number): void {
    const scale = window.devicePixelRatio;
    const [pixelWidth, pixelHeight] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.#canvas.width !== pixelWidth) this.#canvas.width = pixelWidth;
    if (this.#canvas.height !== pixelHeight) this.#canvas.height = pixelHeight;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
  }

  #describe(state: PictureState, layout: PictureLayout, cursor: number | null): void {
    const { timeline } = state;
    const { bins } = layout;
    if (!state.isStream) {
      this.#caption.hidden = true;
      for (const name of ['aria-valuemin', 'aria-valuemax', 'aria-valuenow', 'aria-valuetext']) {
        setAttribute(this.#frame, name, null);
      }
      const phases = phasesOf(timeline, state.endMs, false, this.#strings);
      const words = phases.map(({ label, fromMs, toMs }) => `${label}: ${formatDuration(toMs - fromMs)}`);
      setAttribute(this.#frame, 'aria-label', words.join(', '));
      return;
    }
    this.#caption.hidden = false;
    const most = mostOf(bins.events);
    const scale = fill(this.#strings.eventsPer, binWidth(bins.binMs), String(most));
    setText(this.#caption, cursor === null ? scale : readBin(cursor, bins, timeline.stalls, this.#strings));
    this.#caption.classList.toggle('is-readout', cursor !== null);
    const here = binOf(this.#cursorMs, layout);
    setAttribute(this.#frame, 'aria-label', this.#strings.label);
    setAttribute(this.#frame, 'aria-valuemin', '0');
    setAttribute(this.#frame, 'aria-valuemax', String(bins.events.length - 1));
    setAttribute(this.#frame, 'aria-valuenow', String(here));
    setAttribute(this.#frame, 'aria-valuetext', readBin(here, bins, timeline.stalls, this.#strings));
  }

  #msAt(event: MouseEvent): number {
    if (this.#layout === null) return 0;
    const x = event.clientX - this.#canvas.getBoundingClientRect().left;
    return (this.#layout.binAt(x) + 0.5) * this.#layout.bins.binMs;
  }

  #hover(atMs: number | null): void {
    this.#hoverMs = atMs;
    this.#draw();
  }

  #keyPressed(event: KeyboardEvent): void {
    if (this.#layout === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { bins } = this.#layout;
    const here = binOf(this.#cursorMs, this.#layout);
    const last = bins.events.length - 1;
    const wanted = new Map([
      ['ArrowLeft', here - 1],
      ['ArrowDown', here - 1],
      ['ArrowRight', here + 1],
      ['ArrowUp', here + 1],
      ['PageDown', here - PAGE_BINS],
      ['PageUp', here + PAGE_BINS],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    if (wanted === undefined) return;
    event.preventDefault();
    this.#hoverMs = null;
    this.#cursorMs = (Math.max(0, Math.min(last, wanted)) + 0.5) * bins.binMs;
    this.#draw();
  }
}

function binOf(atMs: number, { bins }: PictureLayout): number {
  return Math.min(bins.events.length - 1, Math.floor(atMs / bins.binMs));
}
