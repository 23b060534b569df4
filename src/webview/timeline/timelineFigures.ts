import type { Timeline } from '../../protocol/answers.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { element, setAttribute, setText, setTitle } from '../dom.ts';
import { formatDuration } from './duration.ts';
import { fill } from '../format.ts';

/** The host lists no more stalls than this. */
const MAX_STALLS = 100;
/** Stands for what has not happened, or cannot be told. */
const NOTHING = '–';

/** The stream's figures, in a row above the picture. */
export class TimelineFigures {
  readonly element: HTMLElement;
  readonly #strings: TimelineStrings;
  readonly #values = new Map<string, HTMLElement>();
  readonly #longest: HTMLButtonElement;
  #longestRow = -1;

  /** @param onRow the event after the longest gap was asked for, by its row among all records */
  constructor(strings: TimelineStrings, onRow: (row: number) => void) {
    this.#strings = strings;
    this.#longest = element('button', 'link-button', { attributes: { type: 'button' } });
    this.#longest.addEventListener('click', () => onRow(this.#longestRow));
    const { firstByte, firstEvent, firstText, duration } = strings;
    const { eventsPerSecond, gapP50, gapP95, longestGap, stalls } = strings;
    const labels = [
      firstByte,
      firstEvent,
      firstText,
      duration,
      eventsPerSecond,
      gapP50,
      gapP95,
      longestGap,
      stalls,
    ];
    this.element = element('dl', 'timeline-figures', {
      children: labels.map((label) => this.#figure(label)),
    });
    this.#values.get(longestGap)?.append(this.#longest, element('span', '', { text: NOTHING }));
  }

  update(
    { firstByteMs, firstEventMs, firstTextMs, gaps, stalls, eventsPerSecond }: Timeline,
    endMs: number,
  ): void {
    const strings = this.#strings;
    this.#show(strings.firstByte, duration(firstByteMs));
    this.#show(strings.firstEvent, duration(firstEventMs));
    this.#show(strings.firstText, duration(firstTextMs));
    this.#show(strings.duration, formatDuration(endMs));
    this.#show(strings.eventsPerSecond, rate(eventsPerSecond));
    this.#show(strings.gapP50, duration(gaps?.p50 ?? null));
    this.#show(strings.gapP95, duration(gaps?.p95 ?? null));
    this.#show(strings.stalls, stalls.length < MAX_STALLS ? String(stalls.length) : `${MAX_STALLS}+`);
    this.#longest.hidden = gaps === null;
    (this.#longest.nextElementSibling as HTMLElement).hidden = gaps !== null;
    if (gaps === null) return;
    this.#longestRow = gaps.maxBeforeRow;
    setText(this.#longest, formatDuration(gaps.max));
    const event = fill(strings.event, String(gaps.maxBefore));
    setTitle(this.#longest, event);
    setAttribute(this.#longest, 'aria-label', `${formatDuration(gaps.max)}, ${event}`);
  }

  #figure(label: string): HTMLElement {
    const value = element('dd', '');
    this.#values.set(label, value);
    return element('div', 'timeline-figure', { children: [element('dt', '', { text: label }), value] });
  }

  #show(label: string, text: string): void {
    const value = this.#values.get(label);
    if (value !== undefined) setText(value, text);
  }
}

function duration(ms: number | null): string {
  return ms === null ? NOTHING : formatDuration(ms);
}

function rate(perSecond: number | null): string {
  if (perSecond === null) return NOTHING;
  return perSecond < 9.95
    ? String(Number(perSecond.toPrecision(2)))
    : Math.round(perSecond).toLocaleString('en-US');
}
