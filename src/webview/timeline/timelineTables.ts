import type { ConnectionFacts } from '../../core/ports.ts';
import type { TimelineStrings } from '../../protocol/strings/timelineStrings.ts';
import { element } from '../dom.ts';
import { formatDuration } from './duration.ts';
import { FactTable, type FactCell } from './factTable.ts';
import { fill, formatTime } from '../format.ts';
import { connectionSteps, momentsOf, phasesOf } from './timelineFacts.ts';
import type { PictureState } from './timelinePicture.ts';

/** What the tables are of. */
export interface TablesState extends PictureState {
  readonly connection: ConnectionFacts | null;
}

/** The picture's facts as tables: phases, connecting, moments, stalls. */
export class TimelineTables {
  readonly element: HTMLElement;
  readonly #strings: TimelineStrings;
  readonly #phases: FactTable;
  readonly #steps: FactTable;
  readonly #moments: FactTable;
  readonly #stalls: FactTable;

  /** @param onRow an event was asked for, by its row among all records */
  constructor(strings: TimelineStrings, onRow: (row: number) => void) {
    this.#strings = strings;
    const { phase, moment, from, length, time, heartbeats, nextEvent } = strings;
    this.#phases = new FactTable(strings.phases, [phase, from, length], onRow);
    this.#steps = new FactTable(strings.connecting, [strings.step, length], onRow);
    this.#moments = new FactTable(strings.moments, [moment, time], onRow);
    this.#stalls = new FactTable(strings.stalls, [from, length, heartbeats, nextEvent], onRow);
    const tables = [this.#phases, this.#steps, this.#moments, this.#stalls];
    this.element = element('div', 'timeline-tables', { children: tables.map((table) => table.element) });
  }

  update({ timeline, endMs, isStream, limitMs, connection }: TablesState): void {
    const strings = this.#strings;
    const phases: FactCell[][] = phasesOf(timeline, endMs, isStream, strings).map(({ label, fromMs, toMs }) =>
      texts(label, formatTime(fromMs), formatDuration(toMs - fromMs)),
    );
    if (timeline.end !== null) phases.push(texts(strings.ended, formatTime(timeline.end.atMs), ''));
    this.#phases.show(phases);
    const steps = connectionSteps(connection, strings);
    this.#steps.show(steps.map(({ label, ms }) => texts(label, ms === null ? '' : formatDuration(ms))));
    const moments = momentsOf(timeline, { chunkCount: timeline.totals.chunks, limitMs }, strings);
    this.#moments.show(moments.map(({ label, atMs }) => texts(label, formatTime(atMs))));
    this.#stalls.show(
      timeline.stalls.map(({ fromMs, toMs, heartbeats, eventIndex, row }) => [
        ...texts(formatTime(fromMs), formatDuration(toMs - fromMs), String(heartbeats)),
        eventIndex === null || row === null
          ? { text: strings.noEvent }
          : { text: fill(strings.event, String(eventIndex)), row },
      ]),
    );
  }
}

function texts(...cells: readonly string[]): FactCell[] {
  return cells.map((text) => ({ text }));
}
