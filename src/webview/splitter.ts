import { element, setAttribute } from './dom.ts';

const STEP_PX = 22;

/** What a splitter moves: the height of the pane below it. */
export interface SplitterOptions {
  readonly label: string;
  /** Id of the pane. */
  readonly controls: string;
  /** The pane's height and its bounds, in px, now. */
  readonly bounds: () => { readonly height: number; readonly min: number; readonly max: number };
  readonly onResize: (height: number) => void;
}

/** A bar that is dragged, or moved by the arrow keys, to resize the pane below it (ARIA: window splitter). */
export function splitter(options: SplitterOptions): HTMLElement {
  const bar = element('div', 'splitter', {
    role: 'separator',
    attributes: {
      tabindex: '0',
      'aria-orientation': 'horizontal',
      'aria-label': options.label,
      'aria-controls': options.controls,
    },
  });
  const tell = (height: number, min: number, max: number): void => {
    setAttribute(bar, 'aria-valuemin', String(min));
    setAttribute(bar, 'aria-valuemax', String(max));
    setAttribute(bar, 'aria-valuenow', String(height));
  };
  const resizeTo = (wanted: number): void => {
    const { min, max } = options.bounds();
    const height = Math.round(Math.max(min, Math.min(max, wanted)));
    tell(height, min, max);
    options.onResize(height);
  };

  // Also when the pane is first shown: before that it has no height.
  new ResizeObserver(() => {
    const { height, min, max } = options.bounds();
    tell(height, min, max);
  }).observe(bar);
  let grabbed: { readonly y: number; readonly height: number } | null = null;
  bar.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    grabbed = { y: event.clientY, height: options.bounds().height };
    bar.setPointerCapture(event.pointerId);
  });
  bar.addEventListener('pointermove', (event) => {
    if (grabbed !== null) resizeTo(grabbed.height + grabbed.y - event.clientY);
  });
  bar.addEventListener('lostpointercapture', () => (grabbed = null));
  bar.addEventListener('keydown', (event) => {
    const { height, min, max } = options.bounds();
    const wanted = new Map([
      ['ArrowUp', height + STEP_PX],
      ['ArrowDown', height - STEP_PX],
      ['Home', min],
      ['End', max],
    ]).get(event.key);
    if (wanted === undefined) return;
    event.preventDefault();
    resizeTo(wanted);
  });
  return bar;
}
