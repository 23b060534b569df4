import type { HeaderList } from '../core/ports.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import { redactText, withoutUserInfo } from '../core/profiles/redact.ts';
import type { RunSnapshot } from '../protocol/messages.ts';
import type { Run } from './run.ts';
import type { RunProgress } from './runProgress.ts';

/** Everything the panel shows of a run but what it asks for, as it is now. */
export function snapshotOf(
  run: Run,
  progress: Readonly<RunProgress>,
  facts: Pick<RunSnapshot, 'canStart' | 'problemCount' | 'end'>,
): RunSnapshot {
  const { subject, prepared, ended, stream, timeoutSeconds } = run;
  const { response } = progress;
  const elapsedMs = ended?.atMs ?? run.elapsedMs();
  return {
    ...facts,
    runId: run.runId,
    method: prepared?.wire.method ?? subject.method,
    url: prepared?.shownUrl ?? withoutUserInfo(subject.target),
    requestHeaders: sentHeaders(prepared, progress.lastEventId),
    profile: prepared?.profile.name ?? '',
    isProtected: prepared?.profile.protected ?? false,
    phase: progress.phase,
    wait: progress.wait,
    response:
      response === undefined
        ? null
        : {
            status: response.received.status,
            statusText: response.received.statusText,
            httpVersion: response.received.httpVersion,
            headers: response.received.headers,
            format: response.format,
          },
    sent: {
      route: prepared?.route ?? null,
      functionName: prepared?.functionName ?? null,
      connection: response?.received.connection ?? null,
      redirects: progress.redirects,
    },
    canResume: run.canResume && ended?.exchange.reason !== 'complete',
    elapsedMs,
    functionTimeoutMs: timeoutSeconds === null ? null : progress.sentAtMs + timeoutSeconds * 1000,
    rowCount: stream?.store.length ?? 0,
    eventCount: stream?.store.eventCount ?? 0,
    byteCount: run.byteLength,
    stream: stream?.snapshot(elapsedMs) ?? null,
  };
}

/** Of the last request, without secrets. */
function sentHeaders(prepared: PreparedRequest | undefined, lastEventId: string | null): HeaderList {
  const headers = prepared?.shownHeaders ?? [];
  if (lastEventId === null) return headers;
  const others = headers.filter(([name]) => name.toLowerCase() !== 'last-event-id');
  if (lastEventId === '') return others;
  return [...others, ['Last-Event-ID', redactText(lastEventId, prepared?.secrets ?? [])]];
}
