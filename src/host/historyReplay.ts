import * as vscode from 'vscode';
import type { Frame } from '../core/history/journal.ts';
import type { KeptHead } from '../core/history/keptRun.ts';
import { tellFrame } from '../core/history/tellFrame.ts';
import { unpackRequest } from '../core/history/unpackRequest.ts';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { FollowListener } from '../core/stream/resume/followStream.ts';
import { Run } from './run.ts';
import type { RunDeps } from './runDeps.ts';
import type { RunSubject } from './runSubject.ts';

/** ms of one slice of telling. */
const SLICE_MS = 5;

/** A kept run as it is read from the disk. */
export interface KeptJournal {
  readonly head: KeptHead;
  readonly frames: AsyncIterable<Frame>;
  /** True while another window writes it. */
  readonly isLive: boolean;
}

/** What a replayed run needs; it sends nothing. */
export interface ReplayDeps extends Omit<RunDeps, 'ports' | 'log' | 'recorder'> {
  /** Names the run to its panel. */
  readonly runId: number;
}

/**
 * Makes a kept run again: it is told what it was told then, so that whoever shows, searches or compares it knows no
 * difference. Resolves at its end. @throws what reading throws
 */
export async function replayRun(kept: KeptJournal, { runId, ...deps }: ReplayDeps): Promise<Run> {
  const { head } = kept;
  let atMs = 0;
  const ports = {
    transport: { send: () => Promise.reject(new Error('A kept run is not sent.')) },
    clock: { now: () => atMs, after: () => () => undefined },
  };
  const ignore = (): void => undefined;
  const log = { info: ignore, warn: ignore, error: ignore };
  const run = new Run(runId, subjectOf(head), { ...deps, ports, log, recorder: null }, head.id);
  const frames = kept.frames[Symbol.asyncIterator]();
  let next = await frames.next();
  const body = next.done !== true && next.value.kind === 'sentBody' ? next.value.payload.slice() : null;
  if (body !== null) next = await frames.next();
  const prepared = head.sent === null ? null : unpackRequest(head.sent, body);
  const { timeoutSeconds, summary } = head;
  const sentMs = head.sentMs ?? head.startedMs;
  const about = { prepared, sentMs, timeoutSeconds, notes: notesOn(head), isCut: summary.kept !== null };
  await run.replay(about, async (listener) => {
    const clipped = clip(listener, summary.kept?.bytes ?? Infinity);
    let sliceMs = performance.now();
    for (; next.done !== true; next = await frames.next()) {
      atMs = next.value.atMs;
      await tellFrame(next.value, clipped, NOTHING);
      if (performance.now() - sliceMs < SLICE_MS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceMs = performance.now();
    }
    if (!run.isRunning) return;
    const { elapsedMs } = summary.result;
    atMs = kept.isLive ? Math.max(atMs, elapsedMs) : atMs;
    listener.onEnd(atMs, { reason: 'cancelled', error: whyNoEnd(kept.isLive), bytes: run.byteLength });
  });
  return run;
}

const NOTHING: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

function whyNoEnd(isLive: boolean): CbError {
  return new CbError(
    'cancelled',
    isLive
      ? msg('It is still running in another window. This is how far it had come.')
      : msg('It was still running when the window was closed or reloaded, and ended with it.'),
  );
}

function subjectOf({ request, method, target }: KeptHead): RunSubject {
  const { uri, key, label } = request;
  return { uri: vscode.Uri.parse(uri), key, label, method, target, located: null };
}

function notesOn({ summary: { kept, result, byteCount } }: KeptHead): string[] {
  if (kept === null) return [];
  const { eventCount } = result;
  return eventCount === null
    ? [vscode.l10n.t('The first {0} of {1} bytes were kept.', kept.bytes, byteCount)]
    : [vscode.l10n.t('The first {0} of {1} events were kept.', kept.events, eventCount)];
}

/** Tells no more than the first bytes of a body, so that it does not end within an event. */
function clip(listener: FollowListener, bytes: number): FollowListener {
  let left = bytes;
  return {
    ...listener,
    onChunk: (atMs, chunk) => {
      const part = chunk.length <= left ? chunk : chunk.subarray(0, left);
      left -= part.length;
      return part.length === 0 ? undefined : listener.onChunk(atMs, part);
    },
  };
}
