import { headerValue } from '../core/cbhttp/resolve.ts';
import { bufferBlockBytes } from '../core/stream/timing/bufferBlocks.ts';
import { judgeEnd, judgeRefusal } from '../core/stream/verdict/endVerdict.ts';
import { EventStore } from '../core/stream/eventStore.ts';
import { judgeResume } from '../core/stream/resume/resumeMessage.ts';
import { lintHeaders } from '../core/stream/lint/lintHeaders.ts';
import type { LintItem } from '../core/stream/lint/lintItem.ts';
import { judgeStreaming } from '../core/stream/verdict/streamingVerdict.ts';
import { StreamTiming, type TimingSnapshot } from '../core/stream/timing/streamTiming.ts';
import type { Verdict } from '../core/stream/verdict/verdict.ts';
import type { FindingShown, Problems } from '../protocol/answers.ts';
import type { VerdictShown } from '../protocol/messages.ts';
import type { Run } from './run.ts';
import { say } from './translate.ts';

/** Breaks that are judged: the last ones. */
const MAX_RESUMED = 5;
/** Bytes of a body that tell what it is. */
const START_BYTES = 256;

/** What was judged and found about a run so far, in the user's language. */
export function problemsOf(run: Run): Problems {
  const list = run.stream?.analysis.linter.list;
  const items = list?.items ?? [];
  const aboutHeaders =
    run.response === undefined
      ? []
      : lintHeaders(run.response.received.headers, run.bytes(0, START_BYTES)).map((item) => ({
          ...toFinding(item),
          byteOffset: null,
          eventIndex: null,
        }));
  const totals = [...(list?.counts ?? [])].map(([code, count]) => ({
    code,
    count,
    listed: items.filter((item) => item.code === code).length,
  }));
  return {
    verdicts: judgementsOn(run).map(toShown),
    findings: [...aboutHeaders, ...items.map(toFinding)],
    totals: totals.filter(({ count, listed }) => count > listed),
  };
}

/** Bad verdicts and findings about the headers: what the linter does not count. */
export function countProblems(run: Run): number {
  const bad = judgementsOn(run).filter(({ tone }) => tone === 'bad').length;
  const aboutHeaders =
    run.response === undefined
      ? 0
      : lintHeaders(run.response.received.headers, run.bytes(0, START_BYTES)).length;
  return bad + aboutHeaders;
}

/** How the stream went by so far, in ms since sending. */
export function timingOf(run: Run): TimingSnapshot {
  const timing = run.stream?.analysis.timing ?? new StreamTiming(new EventStore());
  const moments = {
    headersAtMs: run.response?.atMs ?? null,
    firstTextAtMs: run.stream?.analysis.assembly.firstTextMs ?? null,
    endAtMs: run.ended?.atMs ?? null,
  };
  return timing.snapshot(moments, run.elapsedMs());
}

/** "Is it really streaming?" and, at the end, how it ended. */
export function judgementsOn(run: Run): Verdict<string>[] {
  const { response, prepared, stream, ended } = run;
  if (prepared === undefined) return ended?.exchange.error ? [judgeRefusal(ended.exchange.error)] : [];
  const { route, functionName } = prepared;
  const isEventStream = response?.format === 'event-stream';
  const wantsStream = /text\/event-stream/i.test(headerValue(prepared.wire.headers, 'accept') ?? '');
  const verdicts: Verdict<string>[] = [];
  if (response !== undefined && (isEventStream || wantsStream)) {
    const { headers } = response.received;
    const blockBytes = stream === undefined ? null : bufferBlockBytes(stream.store);
    const timing = timingOf(run);
    verdicts.push(judgeStreaming({ headers, isEventStream, wantsStream, route, timing, blockBytes }));
  }
  // Its last word is known only when all of it has been read.
  if (ended === undefined || stream?.analysis.isDone === false) return verdicts;
  const assembly = stream?.analysis.assembly;
  const lastRow = (stream?.store.length ?? 0) - 1;
  const end = judgeEnd({
    end: ended.exchange,
    elapsedMs: ended.atMs - run.sentAtMs,
    status: response?.received.status ?? null,
    isEventStream,
    eventCount: stream?.store.eventCount ?? 0,
    terminator: assembly?.terminator ?? '',
    hasTerminators:
      assembly !== undefined && assembly.convention !== null && assembly.convention !== 'json-path',
    failure: assembly?.failure ?? '',
    unexpected: run.unexpected,
    hasOpenTail: lastRow >= 0 && stream?.store.kind(lastRow) === 'incomplete',
    timeoutSeconds: run.timeoutSeconds,
    route,
    functionName,
    profile: prepared.profile.name,
  });
  const resumed = stream?.analysis.resumes.findings.slice(-MAX_RESUMED).map(judgeResume) ?? [];
  return [...verdicts, ...resumed, end];
}

function toShown({ verdict, tone, title, evidence, advice }: Verdict<string>): VerdictShown {
  return { verdict, tone, title: say(title), evidence: evidence.map(say), advice: advice.map(say) };
}

function toFinding({ code, severity, message, byteOffset, eventIndex, row }: LintItem): FindingShown {
  return { code, severity, message: say(message), byteOffset, eventIndex, row };
}
