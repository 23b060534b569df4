import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CbError, type CbErrorCode } from '../../../../../src/core/errors.ts';
import { explainResponse } from '../../../../../src/core/failures/explainResponse.ts';
import { formatMessage, msg } from '../../../../../src/core/message.ts';
import { judgeEnd, type EndFacts } from '../../../../../src/core/stream/verdict/endVerdict.ts';
import type { EndReason } from '../../../../../src/core/stream/exchange.ts';

const CODES: Partial<Record<EndReason, CbErrorCode>> = { error: 'network' };

/** How an exchange ended by this reason, with what differs from a clean end of a stream through the gateway. */
function judge(
  reason: EndReason,
  more: Partial<EndFacts> & { readonly code?: CbErrorCode; readonly bytes?: number } = {},
) {
  const code = more.code ?? CODES[reason] ?? (reason as CbErrorCode);
  const error =
    reason === 'complete' || reason === 'cancelled' ? null : new CbError(code, msg('What the port says.'));
  const { verdict, tone, title, evidence, advice } = judgeEnd({
    end: { reason, error, bytes: more.bytes ?? 1000 },
    elapsedMs: 3300,
    status: 200,
    isEventStream: true,
    eventCount: 10,
    terminator: '',
    hasTerminators: false,
    failure: '',
    unexpected: null,
    hasOpenTail: false,
    timeoutSeconds: null,
    route: 'gateway',
    functionName: 'chat',
    profile: 'dev',
    ...more,
  });
  const words = (messages: typeof evidence): string => messages.map((m) => formatMessage(m)).join(' ');
  return { verdict, tone, title: formatMessage(title), evidence: words(evidence), advice: words(advice) };
}

/** What a status is, through the gateway. */
function explain(status: number) {
  return explainResponse({
    route: 'gateway',
    functionName: 'chat',
    profile: 'dev',
    url: 'https://dev.api.tcloudbasegateway.com/v1/functions/chat',
    accept: '*/*',
    status,
    headers: [],
    isEventStream: false,
    proxy: null,
    body: new Uint8Array(),
  });
}

describe('judgeEnd', () => {
  it('knows a clean end with a terminator, without one, and where none is due', () => {
    const done = judge('complete', { terminator: '[DONE]', hasTerminators: true });
    assert.deepEqual(done, {
      verdict: 'complete',
      tone: 'good',
      title: 'Complete: the stream said that it is over.',
      evidence: 'It ended after 3.3 s. Its last word was [DONE].',
      advice: '',
    });
    assert.equal(judge('complete').verdict, 'clean');
    const early = judge('complete', { hasTerminators: true });
    assert.deepEqual([early.verdict, early.tone], ['no-terminator', 'bad']);
    assert.match(early.advice, /log/);
  });

  it('sees an event cut short, whatever came before', () => {
    assert.equal(judge('complete', { hasOpenTail: true }).verdict, 'incomplete');
    assert.equal(judge('complete', { hasOpenTail: true, terminator: '[DONE]' }).verdict, 'incomplete');
  });

  it('recognises the function’s timeout', () => {
    const at = (elapsedMs: number, timeoutSeconds = 15) =>
      judge('reset', { elapsedMs, timeoutSeconds }).verdict;
    assert.deepEqual([14_499, 14_500, 15_000, 17_000, 17_001].map((ms) => at(ms)), ['reset', 'function-timeout', 'function-timeout', 'function-timeout', 'reset']); // prettier-ignore
    assert.deepEqual([881_000, 883_000, 917_000].map((ms) => at(ms, 900)), ['reset', 'function-timeout', 'function-timeout']); // prettier-ignore
    const plain = judge('complete', { elapsedMs: 15_100, timeoutSeconds: 15 });
    assert.equal(plain.verdict, 'function-timeout');
    assert.match(plain.evidence, /after 15\.1 s; the function’s timeout is 15 s/);
    assert.match(plain.advice, /Raise "timeout"/);
    assert.equal(
      judge('complete', { elapsedMs: 15_100, timeoutSeconds: 15, terminator: '[DONE]' }).verdict,
      'complete',
    );
    assert.equal(judge('reset', { elapsedMs: 15_100, timeoutSeconds: 15, route: 'local' }).verdict, 'reset');
    const ended = judge('complete', { status: 433, isEventStream: false, unexpected: explain(433) });
    assert.equal(ended.verdict, 'function-timeout');
    assert.match(ended.evidence, /^Status 433: probably/);
    assert.match(ended.advice, /^Raise "timeout".*https:/);
    assert.equal(
      judge('reset', { status: null, elapsedMs: 15_100, timeoutSeconds: 15 }).verdict,
      'function-timeout',
    );
  });

  it('suspects a usual time limit where the end was no clean one', () => {
    const limit = judge('reset', { elapsedMs: 60_080 });
    assert.equal(limit.verdict, 'time-limit');
    assert.match(limit.evidence, /60 s is a usual limit/);
    assert.equal(judge('reset', { elapsedMs: 60_080, timeoutSeconds: 900 }).verdict, 'time-limit');
    assert.equal(judge('complete', { elapsedMs: 60_080 }).verdict, 'clean');
    assert.equal(judge('reset', { elapsedMs: 57_000 }).verdict, 'reset');
  });

  it('warns of a good end close to the timeout', () => {
    const close = judge('complete', { terminator: '[DONE]', elapsedMs: 14_000, timeoutSeconds: 15 });
    assert.equal(close.tone, 'good');
    assert.match(close.advice, /Raise "timeout"/);
  });

  it('tells a break after the end from one before it', () => {
    assert.deepEqual([judge('reset', { terminator: '[DONE]' }).verdict, judge('reset', { terminator: '[DONE]' }).tone], ['broken-after-end', 'neutral']); // prettier-ignore
    const broken = judge('reset');
    assert.deepEqual([broken.verdict, broken.tone], ['reset', 'bad']);
    assert.match(broken.evidence, /^What the port says\./);
    assert.match(broken.advice, /Did the function crash/);
  });

  it('reports errors of the stream itself and of HTTP', () => {
    const failed = judge('complete', { failure: 'model overloaded', terminator: 'RUN_ERROR' });
    assert.deepEqual([failed.verdict, failed.tone], ['failed', 'bad']);
    assert.match(failed.evidence, /The stream says: model overloaded/);
    assert.deepEqual(judge('complete', { status: 502, isEventStream: false }).title, 'HTTP status 502.');
  });

  it('knows limits of its own, cancelling, and failures before an answer', () => {
    assert.equal(judge('timeout').verdict, 'own-time-limit');
    assert.equal(judge('idle-timeout').verdict, 'idle');
    assert.equal(judge('headers-timeout', { status: null }).verdict, 'idle');
    assert.equal(judge('connect-timeout', { status: null }).verdict, 'no-answer');
    assert.match(
      judge('error', { code: 'connection-refused', status: null, route: 'local' }).advice,
      /"chat" running/,
    );
    assert.equal(judge('error').verdict, 'error');
    assert.deepEqual([judge('cancelled').tone, judge('cancelled').advice], ['neutral', '']);
  });

  it('recognises the largest response', () => {
    const cut = judge('truncated', { bytes: 6_291_456 });
    assert.equal(cut.verdict, 'truncated');
    assert.match(cut.evidence, /6291456 bytes came/);
    assert.match(cut.advice, /^Send less in one response/);
    assert.doesNotMatch(judge('truncated', { bytes: 5_000_000 }).advice, /Send less/);
  });
});
