import { msg, type Message } from '../../message.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { ResumeFinding } from './resumeWatch.ts';

/** What became of a stream where it went on, in sentences. */
export function resumeMessages(finding: ResumeFinding): readonly Message[] {
  const { point, events, isFromStart } = finding;
  const sent =
    point.lastEventId === ''
      ? msg('Sent again without Last-Event-ID: no event had an id.')
      : msg('Sent again with Last-Event-ID: {0}.', point.lastEventId);
  if (events === 0) return [sent];
  const beginning = isFromStart
    ? [msg('The first event is that of the stream’s beginning: the server began anew.')]
    : [];
  return [sent, ...beginning, ...duplicateMessages(finding), missingMessage(finding)];
}

/** The same as a judgement. */
export function judgeResume(finding: ResumeFinding): Verdict<'resumed'> {
  const { duplicates, missing, events } = finding;
  const isWhole = missing === 0 && duplicates === 0;
  const [title, ...evidence] = resumeMessages(finding);
  return {
    verdict: 'resumed',
    tone: isWhole ? 'good' : events > 0 && missing !== null && missing > 0 ? 'bad' : 'neutral',
    title: title ?? msg('Resumed'),
    evidence,
    advice:
      duplicates > 0 || (missing ?? 0) > 0
        ? [msg('Have the function read the header Last-Event-ID and go on with the event after it.')]
        : events > 0 && missing === null
          ? [msg('Have the function give each event an id that counts up.')]
          : [],
  };
}

function duplicateMessages({ duplicates }: ResumeFinding): Message[] {
  if (duplicates === 0) return [];
  return [
    duplicates === 1
      ? msg('One event came again: its id had been seen. It is marked and adds nothing to the text.')
      : msg(
          '{0} events came again: their ids had been seen. They are marked and add nothing to the text.',
          duplicates,
        ),
  ];
}

function missingMessage({ point, duplicates, missing, nextId }: ResumeFinding): Message {
  if (nextId === '' && duplicates > 0) return msg('No new event has come yet.');
  if (missing === null) {
    return point.lastEventId === '' || nextId === ''
      ? msg('Whether events are missing or came again cannot be told: they have no ids.')
      : msg('Whether events are missing cannot be told: their ids do not count.');
  }
  if (missing === 0) return msg('Nothing is missing: the ids go on with {0}.', nextId);
  return missing === 1
    ? msg('A gap: one event is missing before id {0}.', nextId)
    : msg('A gap: {0} events are missing before id {1}.', missing, nextId);
}
