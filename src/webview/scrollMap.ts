/**
 * The tallest an element is made, in px; browsers break down somewhere above 16 million. Longer lists scroll
 * scaled: the scroll bar covers the whole list, one px of it stands for more than one px of rows.
 */
export const MAX_SCROLL_HEIGHT = 15_000_000;

/** A list of rows of one height and the window onto it, in px. */
export interface Extent {
  readonly rowCount: number;
  readonly rowHeight: number;
  readonly viewHeight: number;
}

/** The height the scrolling element's content gets. */
export function scrollHeight({ rowCount, rowHeight }: Extent): number {
  return Math.min(rowCount * rowHeight, MAX_SCROLL_HEIGHT);
}

/** True if the list is too tall for the browser and scrolls scaled. */
export function isScaled({ rowCount, rowHeight }: Extent): boolean {
  return rowCount * rowHeight > MAX_SCROLL_HEIGHT;
}

/** The largest top: px of rows above the window when it shows the last row. */
export function maxTop({ rowCount, rowHeight, viewHeight }: Extent): number {
  return Math.max(0, rowCount * rowHeight - viewHeight);
}

/** A top kept within the list. */
export function clampTop(top: number, extent: Extent): number {
  return Math.min(Math.max(0, top), maxTop(extent));
}

/** The element's `scrollTop` for a top. */
export function scrollTopFor(top: number, extent: Extent): number {
  return isScaled(extent) ? (top * (MAX_SCROLL_HEIGHT - extent.viewHeight)) / maxTop(extent) : top;
}

/** The top for the element's `scrollTop`; the inverse of {@link scrollTopFor}. */
export function topFor(scrollTop: number, extent: Extent): number {
  const top = isScaled(extent)
    ? (scrollTop * maxTop(extent)) / (MAX_SCROLL_HEIGHT - extent.viewHeight)
    : scrollTop;
  return clampTop(top, extent);
}

/** The rows that show at a top, `overscan` more on either side: 0-based, `to` not included. */
export function rowsInView(top: number, extent: Extent, overscan: number): { from: number; to: number } {
  const { rowCount, rowHeight, viewHeight } = extent;
  const from = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const to = Math.min(rowCount, Math.ceil((top + viewHeight) / rowHeight) + overscan);
  return { from: Math.min(from, to), to };
}

/** The top nearest to `top` at which a row shows in full. */
export function topToReveal(row: number, top: number, extent: Extent): number {
  const rowTop = row * extent.rowHeight;
  const lowest = rowTop + extent.rowHeight - extent.viewHeight;
  return clampTop(rowTop < top ? rowTop : Math.max(top, lowest), extent);
}
