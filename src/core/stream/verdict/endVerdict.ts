import type { CbError } from '../../errors.ts';
import { adviceLines, explainError, type Explained } from '../../failures/explain.ts';
import { gatewayFailures } from '../../failures/gateway.ts';
import { timeLimitFailures } from '../../failures/platform.ts';
import { ANYWHERE } from '../../failures/row.ts';
import { msg, type Message } from '../../message.ts';
import type { Route } from '../../profiles/profile.ts';
import { durationText } from '../durationText.ts';
import type { ExchangeEnd } from '../exchange.ts';
import { isNearTimeout, usualLimitSeconds } from './timeLimit.ts';
import type { Verdict } from './verdict.ts';

/** What is known when an exchange has ended. */
export interface EndFacts {
  readonly end: ExchangeEnd;
  /** ms from sending to the end. */
  readonly elapsedMs: number;
  /** HTTP status; null where no response came. */
  readonly status: number | null;
  /** True if the response was read as an event stream. */
  readonly isEventStream: boolean;
  readonly eventCount: number;
  /** The event that says the stream is over, as seen (`[DONE]`, `RUN_FINISHED`); empty where none came. */
  readonly terminator: string;
  /** True if streams of this convention say when they are over. */
  readonly hasTerminators: boolean;
  /** An error that the stream itself reported; empty for none. */
  readonly failure: string;
  /** What the response is instead of an answer; null for one that is. */
  readonly unexpected: Explained | null;
  /** True if the end cut an event short: the store's last record is `incomplete`. */
  readonly hasOpenTail: boolean;
  /** `timeout` of the function in cloudbaserc.json, in s; null where it is not known. */
  readonly timeoutSeconds: number | null;
  /** Null for a URL that no profile resolved. */
  readonly route: Route | null;
  readonly functionName: string | null;
  /** Name of the profile. */
  readonly profile: string;
}

/**
 * - `complete`: ended cleanly, with its terminator; or not a stream, and all there
 * - `clean`: ended cleanly; streams of this kind have no terminator
 * - `no-terminator`, `incomplete`: ended cleanly, but its terminator, or the end of its last event, is missing
 * - `broken-after-end`: broken after its terminator: nothing is missing
 * - `failed`: the stream itself reported an error
 * - `http-error`: a status of 400 or more
 * - `unexpected`: something else than what was asked for
 * - `function-timeout`: most likely ended by the function's timeout; `time-limit`: perhaps by a usual limit
 * - `idle`, `own-time-limit`: ended by a limit of this request
 * - `no-answer`: failed before there was a response
 * - `reset`, `truncated`, `cancelled`, `error`: as the exchange ended
 */
export type EndKind =
  | 'complete'
  | 'clean'
  | 'no-terminator'
  | 'incomplete'
  | 'broken-after-end'
  | 'failed'
  | 'http-error'
  | 'unexpected'
  | 'function-timeout'
  | 'time-limit'
  | 'idle'
  | 'own-time-limit'
  | 'no-answer'
  | 'reset'
  | 'truncated'
  | 'cancelled'
  | 'error';

/** The largest response, 6 MB as either a million or a mebibyte. Source: facts sheet, section 7. */
const RESPONSE_LIMITS = [6_000_000, 6 * 1024 * 1024];
const MAX_SHOWN = 200;

/** Judges how an exchange ended. */
export function judgeEnd(facts: EndFacts): Verdict<EndKind> {
  const verdict = kindOf(facts);
  const advice = adviceOn(verdict, facts);
  return {
    verdict,
    tone: toneOf(verdict),
    title: titleOf(verdict, facts),
    evidence: evidenceOf(verdict, facts),
    advice: isAtResponseLimit(facts)
      ? [...gatewayFailures.EXCEED_MAX_RESPONSE_SIZE.advice, ...advice]
      : advice,
  };
}

/** What kept a request from being sent. */
export function judgeRefusal(error: CbError): Verdict<'not-sent'> {
  const explained = explainError(error, ANYWHERE);
  return {
    verdict: 'not-sent',
    tone: 'bad',
    title: msg('Not sent.'),
    evidence: [explained.message],
    advice: adviceLines(explained),
  };
}

function kindOf(facts: EndFacts): EndKind {
  const { end, status, terminator, failure } = facts;
  switch (end.reason) {
    case 'cancelled':
      return 'cancelled';
    case 'timeout':
      return 'own-time-limit';
    case 'connect-timeout':
      return 'no-answer';
    case 'idle-timeout':
    case 'headers-timeout':
      return 'idle';
    case 'complete':
      return cleanKind(facts);
    case 'reset':
    case 'truncated':
    case 'error':
      if (status === null) return limitKind(facts) ?? 'no-answer';
      if (failure !== '') return 'failed';
      if (terminator !== '') return 'broken-after-end';
      return end.reason === 'error' ? 'error' : (limitKind(facts) ?? end.reason);
  }
}

function cleanKind(facts: EndFacts): EndKind {
  if (facts.unexpected?.code === 'scf-433') return 'function-timeout';
  if ((facts.status ?? 0) >= 400) return 'http-error';
  if (facts.unexpected !== null) return 'unexpected';
  if (facts.failure !== '') return 'failed';
  if (!facts.isEventStream || (facts.terminator !== '' && !facts.hasOpenTail)) return 'complete';
  if (facts.hasOpenTail) return limitKind(facts) ?? 'incomplete';
  if (facts.hasTerminators) return limitKind(facts) ?? 'no-terminator';
  // A plain stream may end whenever it likes, also at a round time; but not by chance at the very timeout.
  return limitKind(facts) === 'function-timeout' ? 'function-timeout' : 'clean';
}

/** Which time limit the end falls on, if any. Nothing limits a local function. */
function limitKind({ elapsedMs, timeoutSeconds, route }: EndFacts): 'function-timeout' | 'time-limit' | null {
  if (route === 'local') return null;
  if (timeoutSeconds !== null && isNearTimeout(elapsedMs, timeoutSeconds)) return 'function-timeout';
  return usualLimitSeconds(elapsedMs) === null ? null : 'time-limit';
}

function toneOf(verdict: EndKind): Verdict<EndKind>['tone'] {
  switch (verdict) {
    case 'complete':
    case 'clean':
      return 'good';
    case 'cancelled':
    case 'broken-after-end':
      return 'neutral';
    default:
      return 'bad';
  }
}

function titleOf(verdict: EndKind, facts: EndFacts): Message {
  switch (verdict) {
    case 'complete':
      return facts.isEventStream ? msg('Complete: the stream said that it is over.') : msg('Complete.');
    case 'clean':
      return msg('Ended cleanly.');
    case 'no-terminator':
      return msg('Ended cleanly, but without saying that it is over.');
    case 'incomplete':
      return msg('Ended in the middle of an event.');
    case 'broken-after-end':
      return msg('All there: the connection broke after the stream was over.');
    case 'failed':
      return msg('The stream reports an error.');
    case 'http-error':
      return msg('HTTP status {0}.', facts.status ?? 0);
    case 'unexpected':
      return msg('Complete, but not what was asked for.');
    case 'function-timeout':
      return msg('Probably ended by the function’s timeout.');
    case 'time-limit':
      return msg('Perhaps ended by a time limit of the function or on the way.');
    case 'idle':
      return msg('Ended by this request’s limit for silence.');
    case 'own-time-limit':
      return msg('Ended by this request’s time limit.');
    case 'no-answer':
      return msg('No answer.');
    case 'reset':
      return msg('The connection broke.');
    case 'truncated':
      return msg('The response was cut off.');
    case 'cancelled':
      return msg('Cancelled by you.');
    case 'error':
      return msg('The exchange failed.');
  }
}

function evidenceOf(verdict: EndKind, facts: EndFacts): Message[] {
  const { end, elapsedMs, isEventStream, eventCount, timeoutSeconds, hasOpenTail, failure } = facts;
  const evidence: Message[] = [];
  if (end.error !== null) evidence.push(end.error.display);
  if (facts.unexpected !== null) evidence.push(facts.unexpected.message, ...facts.unexpected.details);
  const elapsed = durationText(elapsedMs);
  if (verdict === 'function-timeout' && timeoutSeconds !== null) {
    evidence.push(timeLimitFailures['function-timeout'].message(elapsed, timeoutSeconds));
  } else if (verdict === 'time-limit') {
    evidence.push(timeLimitFailures['time-limit'].message(elapsed, usualLimitSeconds(elapsedMs) ?? 0));
  } else {
    evidence.push(msg('It ended after {0}.', elapsed));
  }
  if (failure !== '') evidence.push(msg('The stream says: {0}', failure.slice(0, MAX_SHOWN)));
  if (isEventStream) {
    if (facts.terminator !== '')
      evidence.push(msg('Its last word was {0}.', facts.terminator.slice(0, MAX_SHOWN)));
    else if (facts.hasTerminators)
      evidence.push(msg('Streams of this kind end with a word of their own; none came.'));
    if (hasOpenTail)
      evidence.push(msg('No blank line ends the last event: readers after the standard drop it.'));
    if (eventCount === 0) evidence.push(msg('No event came.'));
  }
  if (isAtResponseLimit(facts))
    evidence.push(msg('{0} bytes came: about the largest response, 6 MB.', end.bytes));
  return evidence;
}

function adviceOn(verdict: EndKind, facts: EndFacts): readonly Message[] {
  switch (verdict) {
    case 'complete':
    case 'clean':
      return isCloseToTimeout(facts) ? timeLimitFailures['function-timeout'].advice : [];
    case 'function-timeout':
      return facts.unexpected === null
        ? timeLimitFailures['function-timeout'].advice
        : adviceLines(facts.unexpected);
    case 'time-limit':
      return timeLimitFailures['time-limit'].advice;
    case 'no-terminator':
      return [msg('Look in the function’s log: did it return early, or throw while it was writing?')];
    case 'incomplete':
      return [msg('End every event with a blank line, also the last one, before the response is ended.')];
    case 'failed':
      return [msg('Read the event that reports it, and the function’s log.')];
    case 'broken-after-end':
      return [msg('Have the function end the response, so that its connection is closed cleanly.')];
    case 'http-error':
    case 'unexpected':
      return facts.unexpected === null ? [] : adviceLines(facts.unexpected);
    case 'cancelled':
      return [];
    case 'idle':
    case 'own-time-limit':
    case 'no-answer':
    case 'reset':
    case 'truncated':
    case 'error': {
      const { error } = facts.end;
      return error === null ? [] : adviceLines(explainError(error, facts));
    }
  }
}

/** True for an end that was well, but in the last tenth of the function's time. */
function isCloseToTimeout({ elapsedMs, timeoutSeconds, route }: EndFacts): boolean {
  return route !== 'local' && timeoutSeconds !== null && elapsedMs >= 900 * timeoutSeconds;
}

function isAtResponseLimit({ end, route }: EndFacts): boolean {
  if (end.reason === 'complete' || end.reason === 'cancelled' || route === 'local') return false;
  return RESPONSE_LIMITS.some((limit) => Math.abs(end.bytes - limit) <= 0.01 * limit);
}
