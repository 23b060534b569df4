import { element } from './dom.ts';
import { clampTop, isScaled, maxTop, scrollHeight, scrollTopFor, topFor, type Extent } from './scrollMap.ts';

/** What a scroller tells its owner. */
export interface ScrollerEvents {
  /** The user has scrolled, up or down. */
  readonly onScroll: (isUp: boolean) => void;
  /** The window has another size; it still shows the same top. */
  readonly onResize: (viewHeightBefore: number) => void;
}

/**
 * A scrolling element for any number of rows. It knows where in the list it stands (`top`); what is put into
 * `layer` stays at the window's upper edge and is moved by the owner. Lives as long as the page.
 */
export class VirtualScroller {
  readonly element = element('div', 'scroller');
  readonly layer = element('div', 'layer', { role: 'rowgroup' });
  readonly #spacer = element('div', 'spacer', { role: 'presentation', children: [this.layer] });
  readonly #events: ScrollerEvents;
  #extent: Extent;
  #top = 0;
  /** The element's `scrollTop` as this class knows it: what differs was the user. */
  #scrollTop = 0;
  readonly #onWheel = (event: WheelEvent): void => this.#wheel(event);

  constructor(rowHeight: number, events: ScrollerEvents) {
    this.#events = events;
    this.#extent = { rowCount: 0, rowHeight, viewHeight: 0 };
    this.element.append(this.#spacer);
    this.element.addEventListener('scroll', () => this.#scrolled());
    this.element.addEventListener('wheel', (event) => event.deltaY < 0 && this.#lock(), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(this.element);
  }

  get extent(): Extent {
    return this.#extent;
  }

  /** px of rows above the window. */
  get top(): number {
    return this.#top;
  }

  /** True if the last row shows in full. */
  get isAtEnd(): boolean {
    return this.#top >= maxTop(this.#extent) - 2;
  }

  setRowCount(rowCount: number): void {
    if (rowCount === this.#extent.rowCount) return;
    this.#extent = { ...this.#extent, rowCount };
    this.#spacer.style.height = `${scrollHeight(this.#extent)}px`;
    // Scaled, every px of the list has another wheel step than the browser's.
    this.element.removeEventListener('wheel', this.#onWheel);
    if (isScaled(this.#extent)) this.element.addEventListener('wheel', this.#onWheel, { passive: false });
    if (isScaled(this.#extent) || this.#top > maxTop(this.#extent)) this.setTop(this.#top);
  }

  /** Scrolls, as near to `top` as the list allows. */
  setTop(top: number): void {
    this.#top = Math.round(clampTop(top, this.#extent));
    const scrollTop = scrollTopFor(this.#top, this.#extent);
    if (Math.abs(scrollTop - this.#scrollTop) < 0.01) return;
    this.element.scrollTop = scrollTop;
    this.#scrollTop = this.element.scrollTop;
  }

  /** Scrolls to the last row. */
  setToEnd(): void {
    this.setTop(maxTop(this.#extent));
  }

  #scrolled(): void {
    const { scrollTop } = this.element;
    if (Math.abs(scrollTop - this.#scrollTop) < 1) return;
    const isUp = scrollTop < this.#scrollTop;
    this.#scrollTop = scrollTop;
    this.#top = Math.round(topFor(scrollTop, this.#extent));
    this.#events.onScroll(isUp);
  }

  /** The first px of a smooth scroll upwards must not be taken back by rows that come in meanwhile. */
  #lock(): void {
    if (this.#top > 0) this.#events.onScroll(true);
  }

  #wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    this.setTop(this.#top + event.deltaY);
    this.#events.onScroll(event.deltaY < 0);
  }

  #resized(): void {
    const viewHeightBefore = this.#extent.viewHeight;
    this.#extent = { ...this.#extent, viewHeight: this.element.clientHeight };
    this.#scrollTop = this.element.scrollTop;
    this.setTop(this.#top);
    this.#events.onResize(viewHeightBefore);
  }
}
