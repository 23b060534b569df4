import type { Timeline } from '../../protocol/answers.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { element, setText } from '../dom.ts';
import { svgFile } from './svgCanvas.ts';
import { TimelineBar } from './timelineBar.ts';
import { spanOf } from './timelineLayout.ts';
import { TimelinePicture } from './timelinePicture.ts';
import { askedRange, panned, revealing, ZOOM_STEP, zoomed, type TimeView } from './timelineView.ts';

/** One of the runs. */
export interface TimedRun {
  readonly heading: string;
  readonly timeline: Timeline;
  readonly isStream: boolean;
  readonly limitMs: number | null;
}

/** What the pictures do besides being looked at. */
export interface ComparedTimelineActions {
  /** Another part is looked at: ask for it, and draw. */
  readonly onView: () => void;
  readonly onSave: (svg: string) => void;
}

/** The pictures of two runs over one another: one scale of time, zoomed and moved together. */
export class ComparedTimelines {
  readonly element: HTMLElement;
  readonly #actions: ComparedTimelineActions;
  readonly #bar: TimelineBar;
  readonly #pictures: readonly TimelinePicture[];
  readonly #headings = [element('h2', 'timeline-heading'), element('h2', 'timeline-heading')];
  #runs: readonly TimedRun[] = [];
  #view: TimeView | null = null;
  #range: TimeView | null = null;

  constructor(strings: TimelineStrings, names: readonly [string, string], actions: ComparedTimelineActions) {
    this.#actions = actions;
    this.#bar = new TimelineBar(strings, {
      onZoom: (isIn) => this.#zoom(isIn ? ZOOM_STEP : 1 / ZOOM_STEP, this.#centre()),
      onFit: () => this.#setView(null),
      onSave: () => this.#save(),
      onClear: () => this.#select(null),
    });
    this.#pictures = names.map(
      (name, index) =>
        new TimelinePicture(strings, `timeline-${index}`, `${name}: ${strings.label}`, {
          onZoom: (share, aroundMs) => this.#zoom(share, aroundMs),
          onPan: (byMs) => this.#setView(panned(this.#view, this.#endMs(), byMs)),
          onFit: () => this.#setView(null),
          onReveal: (atMs) => this.#setView(revealing(this.#view, this.#endMs(), atMs)),
          onSelect: (range) => this.#select(range),
          onPick: () => undefined,
        }),
    );
    const pictures = this.#pictures.flatMap((picture, index) => [
      this.#headings[index] ?? element('h2', ''),
      picture.element,
    ]);
    this.element = element('div', 'timeline-tab compared', { children: [this.#bar.element, ...pictures] });
    this.element.hidden = true; // until there is something to draw
  }

  /** The range to ask the host for; null for all. */
  get asked(): TimeView | null {
    return askedRange(this.#view, this.#endMs());
  }

  update(runs: readonly [TimedRun, TimedRun]): void {
    this.#runs = runs;
    this.element.hidden = false;
    const endMs = this.#endMs();
    this.#bar.update({ view: this.#view, range: this.#range });
    const draw = (scale: number): void =>
      runs.forEach(({ heading, timeline, isStream, limitMs }, index) => {
        const target = this.#headings[index];
        if (target !== undefined) setText(target, heading);
        this.#pictures[index]?.update({
          timeline,
          endMs: timeline.endMs,
          isStream,
          limitMs,
          view: this.#view ?? { fromMs: 0, toMs: endMs },
          isZoomed: this.#view !== null,
          selection: { range: this.#range, atMs: null },
          scale,
        });
      });
    draw(0);
    // How high a bar is means the same in both: known once both have their bins.
    draw(Math.max(...this.#pictures.map(({ most }) => most)));
  }

  /** The right edge of both, where nothing is zoomed. */
  #endMs(): number {
    return Math.max(
      0.1,
      ...this.#runs.map(({ timeline, limitMs }) => spanOf({ endMs: timeline.endMs, limitMs })),
    );
  }

  #centre(): number {
    const { fromMs, toMs } = this.#view ?? { fromMs: 0, toMs: this.#endMs() };
    return (fromMs + toMs) / 2;
  }

  #zoom(share: number, aroundMs: number): void {
    this.#setView(zoomed(this.#view, this.#endMs(), share, aroundMs));
  }

  #setView(view: TimeView | null): void {
    this.#view = view;
    this.#redraw();
  }

  #select(range: TimeView | null): void {
    this.#range = range;
    this.#redraw();
  }

  #redraw(): void {
    const [left, right] = this.#runs;
    if (left !== undefined && right !== undefined) this.update([left, right]);
    this.#actions.onView();
  }

  #save(): void {
    const style = this.#pictures[0]?.style ?? null;
    if (style === null) return;
    const pictures = this.#pictures.flatMap((picture, index) => {
      const svg = picture.svg();
      return svg === null ? [] : [{ ...svg, heading: this.#runs[index]?.heading ?? '' }];
    });
    this.#actions.onSave(svgFile(pictures, style));
  }
}
