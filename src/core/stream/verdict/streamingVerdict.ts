import { headerValue } from '../../cbhttp/resolve.ts';
import { msg, type Message } from '../../message.ts';
import type { HeaderList } from '../../ports.ts';
import type { Route } from '../../profiles/profile.ts';
import { durationText } from '../durationText.ts';
import { adviseOnStreaming, isCompressed } from './streamingAdvice.ts';
import type { TimingSnapshot } from '../timing/streamTiming.ts';
import type { Verdict } from './verdict.ts';

/** What an answer to "is it really streaming?" rests on. */
export interface StreamingFacts {
  /** Of the response. */
  readonly headers: HeaderList;
  /** True if the response is read as an event stream. */
  readonly isEventStream: boolean;
  /** True if the request asked for one: by its Accept header or its directives. */
  readonly wantsStream: boolean;
  /** Null for a URL that no profile resolved. */
  readonly route: Route | null;
  readonly timing: TimingSnapshot;
  /** Of `bufferBlockBytes`. */
  readonly blockBytes: number | null;
}

/**
 * - `streams`: events came apart from each other
 * - `buffered`: headers and events came together, late; or something collects bytes on the way
 * - `burst`: the headers came early, all events at once and late
 * - `compressed`: as `buffered` or `burst`, and a compressor is the likeliest reason
 * - `too-short-to-tell`: too few events, or too quick
 * - `waiting`: no event yet
 * - `no-events`: ended without one
 * - `not-a-stream`
 */
export type StreamingKind =
  | 'streams'
  | 'buffered'
  | 'burst'
  | 'compressed'
  | 'too-short-to-tell'
  | 'waiting'
  | 'no-events'
  | 'not-a-stream';

/** Events of a stream spread over this much time, or this share of it, were sent one after the other. */
const SPREAD_MS = 500;
const SPREAD_SHARE = 0.2;
/** Events within this share of the whole time came at once; a quick function may well be done that soon. */
const BURST_SHARE = 0.05;
const MIN_BURST_AFTER_MS = 1000;
const MIN_BURST_EVENTS = 3;
/** Headers this late, as a share of the first event's time, waited for it. */
const LATE_HEADERS_SHARE = 0.9;

/** Judges a stream, live or ended: a burst can be told from a beginning only at the end. */
export function judgeStreaming(facts: StreamingFacts): Verdict<StreamingKind> {
  const verdict = facts.isEventStream ? kindOf(facts) : 'not-a-stream';
  const isWanted = facts.isEventStream || facts.wantsStream;
  return {
    verdict,
    tone: toneOf(verdict, isWanted),
    title: titleOf(verdict),
    evidence:
      verdict === 'not-a-stream'
        ? contentEvidence(facts)
        : [...timeEvidence(facts), ...headerEvidence(facts)],
    advice: isWanted ? adviseOnStreaming(verdict, facts) : [],
  };
}

function kindOf({ headers, timing, blockBytes }: StreamingFacts): StreamingKind {
  const { eventCount, endAtMs } = timing;
  const isKnownInAdvance = headerValue(headers, 'content-length') !== undefined;
  if (eventCount === 0) return endAtMs === null ? 'waiting' : 'no-events';
  if (blockBytes !== null) return isCompressed(headers) ? 'compressed' : 'buffered';
  if (isSpread(timing)) return 'streams';
  if (isCompressed(headers) && isBurst(timing)) return 'compressed';
  if (isKnownInAdvance) return 'buffered';
  if (!isBurst(timing)) return 'too-short-to-tell';
  const headersLate = (timing.headersAtMs ?? 0) >= LATE_HEADERS_SHARE * (timing.firstEventAtMs ?? 0);
  return headersLate ? 'buffered' : 'burst';
}

function isSpread({ arrivals, eventCount, firstEventAtMs, lastEventAtMs }: TimingSnapshot): boolean {
  const last = lastEventAtMs ?? 0;
  const span = last - (firstEventAtMs ?? 0);
  if (arrivals < 2) return false;
  if (span >= SPREAD_MS) return true;
  return arrivals >= 3 && (span >= SPREAD_SHARE * last || (arrivals >= 5 && arrivals >= eventCount / 2));
}

function isBurst({ endAtMs, eventCount, firstEventAtMs, lastEventAtMs }: TimingSnapshot): boolean {
  const last = lastEventAtMs ?? 0;
  const span = last - (firstEventAtMs ?? 0);
  const isLate = last >= MIN_BURST_AFTER_MS && span <= BURST_SHARE * last;
  return endAtMs !== null && eventCount >= MIN_BURST_EVENTS && isLate;
}

function toneOf(verdict: StreamingKind, isWanted: boolean): Verdict<StreamingKind>['tone'] {
  switch (verdict) {
    case 'streams':
      return 'good';
    case 'buffered':
    case 'burst':
    case 'compressed':
    case 'no-events':
      return 'bad';
    case 'not-a-stream':
      return isWanted ? 'bad' : 'neutral';
    case 'too-short-to-tell':
    case 'waiting':
      return 'neutral';
  }
}

function titleOf(verdict: StreamingKind): Message {
  switch (verdict) {
    case 'streams':
      return msg('It streams: events come as they are written.');
    case 'buffered':
      return msg('Buffered: something collects the events before it passes them on.');
    case 'burst':
      return msg('Not streamed: all events came at once.');
    case 'compressed':
      return msg('Held back by compression.');
    case 'too-short-to-tell':
      return msg('Too few events in too short a time to tell whether it streams.');
    case 'waiting':
      return msg('No event yet.');
    case 'no-events':
      return msg('The stream ended without an event.');
    case 'not-a-stream':
      return msg('Not an event stream.');
  }
}

function timeEvidence({ timing, blockBytes }: StreamingFacts): Message[] {
  const { headersAtMs, firstByteAtMs, firstEventAtMs, lastEventAtMs, eventCount, arrivals } = timing;
  const evidence: Message[] = [];
  if (firstEventAtMs !== null && lastEventAtMs !== null && eventCount > 1) {
    const span = durationText(lastEventAtMs - firstEventAtMs);
    evidence.push(
      arrivals > 1
        ? msg('{0} events came at {1} different moments within {2}.', eventCount, arrivals, span)
        : msg('{0} events came within {1}.', eventCount, span),
    );
  } else if (eventCount === 1) {
    evidence.push(msg('Only one event came.'));
  }
  if (headersAtMs !== null && firstByteAtMs !== null) {
    const headers = durationText(headersAtMs);
    evidence.push(
      firstEventAtMs === null
        ? msg('Headers after {0}, first byte after {1}.', headers, durationText(firstByteAtMs))
        : msg(
            'Headers after {0}, first byte after {1}, first event after {2}, last event after {3}.',
            headers,
            durationText(firstByteAtMs),
            durationText(firstEventAtMs),
            durationText(lastEventAtMs ?? 0),
          ),
    );
  }
  if (blockBytes !== null) {
    evidence.push(
      msg('The bytes came in blocks of {0} bytes: the size of a buffer, not of events.', blockBytes),
    );
  }
  return evidence;
}

function headerEvidence({ headers }: StreamingFacts): Message[] {
  const evidence: Message[] = [];
  const length = headerValue(headers, 'content-length');
  if (length !== undefined) {
    evidence.push(msg('Content-Length is {0}: the whole answer was there before it was sent.', length));
  }
  if (isCompressed(headers)) {
    const coding = headerValue(headers, 'content-encoding') ?? '';
    evidence.push(
      msg('Content-Encoding is {0}: a compressor may hold events back to compress them together.', coding),
    );
  }
  if (headerValue(headers, 'x-accel-buffering')?.toLowerCase() === 'yes') {
    evidence.push(msg('X-Accel-Buffering is yes: a proxy is told to buffer.'));
  }
  const via = headerValue(headers, 'via');
  if (via !== undefined) evidence.push(msg('Via is {0}: a proxy stands between.', via));
  return evidence;
}

function contentEvidence({ headers }: StreamingFacts): Message[] {
  const type = headerValue(headers, 'content-type');
  return [type === undefined ? msg('The response has no Content-Type.') : msg('Content-Type is {0}.', type)];
}
