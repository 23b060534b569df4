import type { Timeline } from '../../protocol/answers.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { element, setAttribute, setText } from '../dom.ts';
import { fill } from '../format.ts';
import { formatDuration } from './duration.ts';
import { PictureGestures, type GestureActions } from './pictureGestures.ts';
import { SvgCanvas, type SvgPicture } from './svgCanvas.ts';
import { drawPicture, type PictureStyle } from './timelineDrawing.ts';
import { binAt, layoutPicture, mostOf, type PictureLayout, type Selection } from './timelineLayout.ts';
import { phasesOf } from './timelineFacts.ts';
import { binWidth, readBin } from './timelineReadout.ts';
import { onThemeChange, readPictureStyle } from './timelineStyle.ts';
import type { TimeView } from './timelineView.ts';

/** What the picture is of. */
export interface PictureState {
  readonly timeline: Timeline;
  /** The right edge of all, in ms since sending. */
  readonly endMs: number;
  readonly isStream: boolean;
  /** The function's time limit in ms; null where it is not known. */
  readonly limitMs: number | null;
  /** The part that is shown; null for all. */
  readonly view: TimeView | null;
  /** True where the view is the user's, not all there is. */
  readonly isZoomed: boolean;
  readonly selection: Selection;
  /** How many events the highest bar stands for, at least. */
  readonly scale?: number;
}

/** What is done with the picture; see {@link GestureActions}. */
export interface PictureActions extends Pick<
  GestureActions,
  'onZoom' | 'onPan' | 'onFit' | 'onSelect' | 'onPick'
> {
  /** The keyboard has gone to a moment: it should be in view. */
  readonly onReveal: (atMs: number) => void;
}

/**
 * The drawn timeline and the line above it that reads out a bin. With the keyboard it is a slider over the bins (ARIA:
 * slider), with the mouse the bin under the pointer is read out. Lives as long as the page.
 */
export class TimelinePicture {
  readonly element: HTMLElement;
  readonly #strings: TimelineStrings;
  readonly #name: string;
  readonly #caption = element('p', 'timeline-caption');
  readonly #canvas = element('canvas', '', { attributes: { 'aria-hidden': 'true' } });
  readonly #frame: HTMLElement;
  #state: PictureState | null = null;
  #style: PictureStyle | null = null;
  #layout: PictureLayout | null = null;
  /** Where the keyboard and the mouse stand, in ms: bins have another width from view to view. */
  #cursorMs = 0;
  #hoverMs: number | null = null;

  /** @param name what the picture shows, as its name */
  constructor(strings: TimelineStrings, id: string, name: string, actions: PictureActions) {
    this.#strings = strings;
    this.#name = name;
    this.#frame = element('div', 'timeline-frame', { id, children: [this.#canvas] });
    this.element = element('div', 'timeline-picture', { children: [this.#caption, this.#frame] });
    new PictureGestures(this.#frame, this.#canvas, {
      ...actions,
      layout: () => (this.#state?.isStream === true ? this.#layout : null),
      cursorMs: () => this.#cursorMs,
      isZoomed: () => this.#state?.isZoomed === true,
      setCursor: (atMs) => {
        this.#hoverMs = null;
        this.#cursorMs = Math.max(0, Math.min(this.#state?.endMs ?? 0, atMs));
        actions.onReveal(this.#cursorMs);
        this.#draw();
      },
      setHover: (atMs) => {
        this.#hoverMs = atMs;
        this.#draw();
      },
    });
    this.#frame.addEventListener('focus', () => this.#draw());
    this.#frame.addEventListener('blur', () => this.#draw());
    onThemeChange(() => {
      this.#style = null;
      this.#draw();
    });
    // Told of another size as well as of another scale: the window may have gone to another screen.
    new ResizeObserver(() => this.#draw()).observe(this.#canvas, { box: 'device-pixel-content-box' });
  }

  /** The moment the keyboard stands at. */
  get cursorMs(): number {
    return this.#cursorMs;
  }

  /** Events in the fullest bin that is drawn. */
  get most(): number {
    return mostOf(this.#layout?.bins.events ?? []);
  }

  /** The colours and font it is drawn in; null before it was. */
  get style(): PictureStyle | null {
    return this.#style;
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
    this.#frame.classList.toggle('is-zoomed', state.isZoomed);
    this.#state = state;
    this.#draw();
  }

  /** The picture as it stands there, without a cursor; null where there is none. */
  svg(): SvgPicture | null {
    const context = this.#canvas.getContext('2d');
    if (this.#layout === null || this.#style === null || context === null) return null;
    const canvas = new SvgCanvas(this.#style, (text) => context.measureText(text));
    drawPicture(canvas, this.#layout, this.#style, null);
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    return { width, height, content: canvas.content };
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
    const cursor = shownMs === null || !state.isStream ? null : binAt(shownMs, layout.bins);
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
    const here = binAt(this.#cursorMs, bins);
    setAttribute(this.#frame, 'aria-label', this.#name);
    setAttribute(this.#frame, 'aria-valuemin', '0');
    setAttribute(this.#frame, 'aria-valuemax', String(bins.events.length - 1));
    setAttribute(this.#frame, 'aria-valuenow', String(here));
    setAttribute(this.#frame, 'aria-valuetext', readBin(here, bins, timeline.stalls, this.#strings));
  }
}
