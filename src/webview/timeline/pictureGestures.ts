import type { PictureLayout } from './timelineLayout.ts';
import { binAt } from './timelineLayout.ts';
import { PAN_STEP, ZOOM_STEP, type TimeView } from './timelineView.ts';

/** px that a pressed pointer may move and still click. */
const CLICK_PX = 3;
/** Bins a page key goes. */
const PAGE_BINS = 10;
/** A notch of a wheel zooms by this, and so much of `deltaY` is one. */
const WHEEL_ZOOM = 0.8;
const WHEEL_NOTCH = 100;

/** What is done with a picture. */
export interface GestureActions {
  /** Null while there is no picture of a stream. */
  readonly layout: () => PictureLayout | null;
  readonly cursorMs: () => number;
  readonly isZoomed: () => boolean;
  readonly setCursor: (atMs: number) => void;
  readonly setHover: (atMs: number | null) => void;
  /** Shows `share` of what is shown, around a moment. */
  readonly onZoom: (share: number, aroundMs: number) => void;
  readonly onPan: (byMs: number) => void;
  readonly onFit: () => void;
  readonly onSelect: (range: TimeView | null) => void;
  /** The first event at or after a moment is selected, and gone to. */
  readonly onPick: (atMs: number, isGoneTo: boolean) => void;
}

/**
 * Mouse and keys on a picture: a wheel with Ctrl zooms; dragging pans where it is zoomed, else, or with Shift, selects;
 * arrows move the cursor, with Shift they select, with Ctrl they pan; + − 0 zoom and fit.
 */
export class PictureGestures {
  readonly #frame: HTMLElement;
  readonly #canvas: HTMLElement;
  readonly #actions: GestureActions;
  #drag: {
    readonly fromX: number;
    lastX: number;
    readonly fromMs: number;
    readonly isPan: boolean;
    isMoved: boolean;
  } | null = null;
  /** Where a selection by keys began. */
  #anchorMs: number | null = null;

  constructor(frame: HTMLElement, canvas: HTMLElement, actions: GestureActions) {
    this.#frame = frame;
    this.#canvas = canvas;
    this.#actions = actions;
    frame.addEventListener('keydown', (event) => this.#keyPressed(event));
    frame.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    frame.addEventListener('pointerdown', (event) => this.#pressed(event));
    frame.addEventListener('pointermove', (event) => this.#moved(event));
    frame.addEventListener('pointerup', (event) => this.#released(event));
    frame.addEventListener('pointercancel', () => (this.#drag = null));
    frame.addEventListener('pointerleave', () => actions.setHover(null));
    frame.addEventListener('dblclick', (event) => {
      const layout = actions.layout();
      if (layout !== null) actions.onPick(layout.msAt(this.#xOf(event)), true);
    });
  }

  #xOf(event: MouseEvent): number {
    return event.clientX - this.#canvas.getBoundingClientRect().left;
  }

  #wheel(event: WheelEvent): void {
    const layout = this.#actions.layout();
    if (layout === null) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.#actions.onZoom(WHEEL_ZOOM ** (-event.deltaY / WHEEL_NOTCH), layout.msAt(this.#xOf(event)));
      return;
    }
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (sideways === 0 || !this.#actions.isZoomed()) return;
    event.preventDefault();
    this.#actions.onPan(sideways * msPerPx(layout));
  }

  #pressed(event: PointerEvent): void {
    const layout = this.#actions.layout();
    if (layout === null || event.button !== 0) return;
    const x = this.#xOf(event);
    const isPan = this.#actions.isZoomed() && !event.shiftKey;
    this.#drag = { fromX: x, lastX: x, fromMs: layout.msAt(x), isPan, isMoved: false };
    this.#frame.setPointerCapture(event.pointerId);
  }

  #moved(event: PointerEvent): void {
    const layout = this.#actions.layout();
    if (layout === null) return;
    const x = this.#xOf(event);
    const drag = this.#drag;
    if (drag === null) {
      this.#actions.setHover(layout.msAt(x));
      return;
    }
    drag.isMoved ||= Math.abs(x - drag.fromX) > CLICK_PX;
    if (!drag.isMoved) return;
    if (drag.isPan) this.#actions.onPan((drag.lastX - x) * msPerPx(layout));
    else this.#actions.onSelect(spanOf(drag.fromMs, layout.msAt(x)));
    drag.lastX = x;
  }

  #released(event: PointerEvent): void {
    const layout = this.#actions.layout();
    const drag = this.#drag;
    this.#drag = null;
    if (layout === null || drag === null) return;
    if (drag.isMoved) {
      if (!drag.isPan) this.#actions.setCursor(drag.fromMs);
      return;
    }
    this.#anchorMs = null;
    const x = this.#xOf(event);
    this.#actions.setCursor(layout.msAt(x));
    // From the bin's beginning on: what is seen of it is meant.
    const bin = layout.binAt(x);
    const isEmpty = (layout.bins.events[bin] ?? 0) === 0;
    if (!isEmpty) this.#actions.onPick(layout.bins.fromMs + bin * layout.bins.binMs, false);
  }

  #keyPressed(event: KeyboardEvent): void {
    const layout = this.#actions.layout();
    if (layout === null || event.altKey) return;
    if (this.#command(event, layout)) {
      event.preventDefault();
      return;
    }
    const target = this.#moveOf(event, layout);
    if (target === null) return;
    event.preventDefault();
    const isPan = event.ctrlKey || event.metaKey;
    if (isPan) {
      const span = layout.view.toMs - layout.view.fromMs;
      this.#actions.onPan((event.key === 'ArrowLeft' ? -PAN_STEP : PAN_STEP) * span);
      return;
    }
    const beforeMs = this.#actions.cursorMs();
    this.#actions.setCursor(target);
    if (!event.shiftKey) {
      this.#anchorMs = null;
      return;
    }
    this.#anchorMs ??= beforeMs;
    this.#actions.onSelect(binsBetween(this.#anchorMs, target, layout));
  }

  /** @returns true for a key that is no move */
  #command(event: KeyboardEvent, layout: PictureLayout): boolean {
    const { onZoom, onFit, onSelect, onPick, cursorMs } = this.#actions;
    switch (event.key) {
      case '+':
      case '=':
        onZoom(ZOOM_STEP, cursorMs());
        return true;
      case '-':
      case '_':
        onZoom(1 / ZOOM_STEP, cursorMs());
        return true;
      case '0':
        onFit();
        return true;
      case 'Escape':
        this.#anchorMs = null;
        onSelect(null);
        return true;
      case 'Enter': {
        const { bins } = layout;
        onPick(bins.fromMs + binAt(cursorMs(), bins) * bins.binMs, true);
        return true;
      }
      default:
        return false;
    }
  }

  /** The moment a key leads to; null for another key. */
  #moveOf({ key, ctrlKey, metaKey }: KeyboardEvent, { bins, view }: PictureLayout): number | null {
    const here = this.#actions.cursorMs();
    const { binMs } = bins;
    if ((ctrlKey || metaKey) && !['ArrowLeft', 'ArrowRight'].includes(key)) return null;
    const wanted = new Map([
      ['ArrowLeft', here - binMs],
      ['ArrowDown', here - binMs],
      ['ArrowRight', here + binMs],
      ['ArrowUp', here + binMs],
      ['PageDown', here - PAGE_BINS * binMs],
      ['PageUp', here + PAGE_BINS * binMs],
      ['Home', view.fromMs + binMs / 2],
      ['End', view.toMs],
    ]).get(key);
    return wanted ?? null;
  }
}

function msPerPx({ view, left, right }: PictureLayout): number {
  return (view.toMs - view.fromMs) / (right - left);
}

function spanOf(oneMs: number, otherMs: number): TimeView {
  return { fromMs: Math.min(oneMs, otherMs), toMs: Math.max(oneMs, otherMs) };
}

/** The bins of two moments and those between. */
function binsBetween(oneMs: number, otherMs: number, { bins }: PictureLayout): TimeView {
  const { fromMs, toMs } = spanOf(oneMs, otherMs);
  const beginOf = (atMs: number): number =>
    bins.fromMs + Math.floor((atMs - bins.fromMs) / bins.binMs) * bins.binMs;
  return { fromMs: Math.max(0, beginOf(fromMs)), toMs: beginOf(toMs) + bins.binMs };
}
