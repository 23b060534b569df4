import { msg, type Message } from '../message.ts';
import { durationText } from '../stream/durationText.ts';
import type { Alignment } from './alignEvents.ts';
import { isFelt, type ComparedTiming } from './compareTiming.ts';
import { MAX_COMPARED } from './eventDigest.ts';

/** What the verdict knows of one run. */
export interface JudgedSide {
  readonly isRunning: boolean;
  /** Null where no response came. */
  readonly status: number | null;
  readonly isStream: boolean;
  readonly byteLength: number;
  /** False where it was cancelled, cut off or ran out of time. */
  readonly isComplete: boolean;
  /** Events beyond the ones that are compared. */
  readonly omittedEvents: number;
  /** True where only the beginning of what came was kept. */
  readonly isCut: boolean;
}

/** How two bodies that are no streams stand to each other; `laidOut` is the same JSON with other white space. */
export type BodyState = 'same' | 'laidOut' | 'different';

/** What a comparison has found. */
export interface Findings {
  readonly left: JudgedSide;
  readonly right: JudgedSide;
  /** Null unless both are streams, and while they are compared. */
  readonly events: Alignment['counts'] | null;
  /** Whether what the events say, put together, is the same text; null where there is none. */
  readonly isSameText: boolean | null;
  /** Null where a side is a stream. */
  readonly body: BodyState | null;
  readonly timing: readonly ComparedTiming[];
}

/** A comparison in a sentence or two; A is the left run, B the right one. */
export interface ComparisonVerdict {
  readonly tone: 'good' | 'neutral' | 'bad';
  readonly sentences: readonly Message[];
}

/** Judges a comparison. */
export function judgeComparison(findings: Findings): ComparisonVerdict {
  const { left, right } = findings;
  if (left.isRunning || right.isRunning) return { tone: 'neutral', sentences: [soFar(findings)] };
  const answer = judgeAnswer(findings);
  const timing = left.status === null || right.status === null ? null : judgeTiming(findings.timing);
  const isCompared = findings.events !== null || findings.body !== null;
  const limit = isCompared ? limitOf(findings) : null;
  const sentences = [answer.sentence, limit, timing].filter((sentence) => sentence !== null);
  return { tone: answer.tone, sentences };
}

/** What was not compared; null where all was. */
function limitOf({ left, right }: Findings): Message | null {
  if (left.isCut && right.isCut)
    return msg('Of both only the beginning was kept: what came after it is not compared.');
  if (left.isCut || right.isCut)
    return msg('Of {0} only the beginning was kept: what came after it is not compared.', left.isCut ? 'A' : 'B'); // prettier-ignore
  return left.omittedEvents + right.omittedEvents === 0
    ? null
    : msg('Only the first {0} events were compared.', MAX_COMPARED);
}

function soFar({ events }: Findings): Message {
  if (events === null) return msg('Not all has come yet.');
  const differing = differingOf(events);
  if (differing === 0) return msg('Still receiving; no difference so far.');
  return differing === 1
    ? msg('Still receiving; one event differs so far.')
    : msg('Still receiving; {0} events differ so far.', differing);
}

function judgeAnswer(findings: Findings): {
  readonly tone: ComparisonVerdict['tone'];
  /** Null where there is no telling. */
  readonly sentence: Message | null;
} {
  const { left, right, events, isSameText, body } = findings;
  const isCut = left.isCut || right.isCut;
  const bad = (sentence: Message) => ({ tone: 'bad', sentence }) as const;
  const good = (sentence: Message) =>
    left.isComplete === right.isComplete
      ? ({ tone: 'good', sentence } as const)
      : bad(msg('The same was received, but {0} did not come to its end.', left.isComplete ? 'B' : 'A'));
  if (left.status === null && right.status === null) return bad(msg('Neither run got a response.'));
  if (left.status === null) return bad(msg('A got no response.'));
  if (right.status === null) return bad(msg('B got no response.'));
  if (left.status !== right.status)
    return bad(msg('Different status: A {0}, B {1}.', left.status, right.status));
  if (left.isStream && !right.isStream) return bad(msg('A is a stream, B came as a whole.'));
  if (right.isStream && !left.isStream) return bad(msg('B is a stream, A came as a whole.'));
  if (events === null) {
    if (left.isStream) return { tone: 'neutral', sentence: msg('Comparing the events…') };
    if (isCut) return { tone: 'neutral', sentence: null };
    if (body === 'same') return good(msg('Same answer.'));
    if (body === 'laidOut') return good(msg('Same answer, with other white space.'));
    return bad(msg('Different answers: {0} and {1} bytes.', left.byteLength, right.byteLength));
  }
  const differing = differingOf(events);
  if (differing === 0 && !isCut && left.omittedEvents !== right.omittedEvents) {
    const [one, other] = [left, right].map(({ omittedEvents }) => MAX_COMPARED + omittedEvents);
    return bad(msg('Different numbers of events: A {0}, B {1}.', one ?? 0, other ?? 0));
  }
  if (differing === 0 && limitOf(findings) !== null)
    return { tone: 'neutral', sentence: msg('No difference in what was compared.') };
  if (differing === 0) {
    return good(
      events.alike === 0 ? msg('Same answer.') : msg('Same answer but for ids, times and long numbers.'),
    );
  }
  if (isSameText === true) {
    const sentence = msg('Same text, in other events.');
    return isCut ? { tone: 'neutral', sentence } : good(sentence);
  }
  return bad(differing === 1 ? msg('One event differs.') : msg('{0} events differ.', differing));
}

function differingOf({ changed, missing, added }: Alignment['counts']): number {
  return changed + missing + added;
}

/** The difference that is felt first: to the first event, to the first byte, in all. */
function judgeTiming(timing: readonly ComparedTiming[]): Message | null {
  const felt = (['firstEvent', 'firstByte', 'total'] as const)
    .map((key) => timing.find((one) => one.key === key))
    .find((one) => one !== undefined && isFelt(one));
  if (felt === undefined) return timing.length === 0 ? null : msg('Both took about the same time.');
  const deltaMs = felt.deltaMs ?? 0;
  const length = durationText(Math.abs(deltaMs));
  switch (felt.key) {
    case 'firstEvent':
      return deltaMs > 0
        ? msg('B was {0} slower to its first event.', length)
        : msg('B was {0} faster to its first event.', length);
    case 'firstByte':
      return deltaMs > 0
        ? msg('B was {0} slower to its first byte.', length)
        : msg('B was {0} faster to its first byte.', length);
    default:
      return deltaMs > 0 ? msg('B took {0} longer in all.', length) : msg('B took {0} less in all.', length);
  }
}
