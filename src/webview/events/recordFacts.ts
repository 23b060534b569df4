import type { RecordDetail } from '../../protocol/answers.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { formatDuration } from '../timeline/duration.ts';
import { fill, formatTime } from '../format.ts';
import { visibleLine } from '../content/visibleControls.ts';

/** Characters of a text from the server that a fact shows. */
const MAX_LENGTH = 1000;

/** Something that is known of a record. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What is known of a record beside its data; `Last-Event-ID` is a name on the wire, the same in any language. */
export function recordFacts(record: RecordDetail, strings: PanelStrings, numbers: Intl.NumberFormat): Fact[] {
  const { bytesAt } = strings.record;
  const { atMs, gapMs, eventType, id, lastEventId, byteLength, byteOffset, chunkIndex } = record;
  const facts: Fact[] = [
    { name: strings.columnTime, value: formatTime(atMs) },
    { name: strings.record.gap, value: `+${formatDuration(gapMs)}` },
    { name: strings.columnType, value: shown(eventType) },
    { name: strings.columnId, value: shown(id) },
    // The standard keeps it from event to event: worth a word only where this event did not set it.
    { name: 'Last-Event-ID', value: lastEventId === id ? '' : shown(lastEventId) },
    {
      name: strings.record.bytes,
      value: fill(bytesAt, numbers.format(byteLength), numbers.format(byteOffset)),
    },
    { name: strings.record.chunk, value: String(chunkIndex) },
  ];
  return facts.filter(({ value }) => value !== '');
}

function shown(text: string): string {
  return visibleLine(text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
}
