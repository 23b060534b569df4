import type { CbError } from '../errors.ts';
import { failed } from '../failures/failed.ts';
import type { Clock } from '../ports.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';

/** What can end an exchange before its response does. */
export interface StopSignal {
  readonly signal: AbortSignal;
  /** Why it has ended; undefined while it has not. */
  reason(): CbError | undefined;
  /** A sign of life: silence counts anew, and is then called this. */
  restart(code: 'headers-timeout' | 'idle-timeout'): void;
  /** Nothing ends it any more. */
  callOff(): void;
}

/** The user's signal and the request's time limits together; without limits, the user's alone. */
export function stopSignal(
  { timeoutMs, idleTimeoutMs }: Pick<PreparedRequest, 'timeoutMs' | 'idleTimeoutMs'>,
  clock: Clock,
  cancel: AbortSignal,
): StopSignal {
  const cancelled = (): CbError | undefined => (cancel.aborted ? failed('cancelled', []) : undefined);
  if (!(timeoutMs > 0) && !(idleTimeoutMs > 0)) {
    return { signal: cancel, reason: cancelled, restart: () => {}, callOff: () => {} };
  }
  const stop = new AbortController();
  let reason: CbError | undefined;
  const end = (why: CbError): void => {
    reason ??= why;
    stop.abort(reason);
  };
  const onCancel = (): void => end(failed('cancelled', []));
  if (cancel.aborted) onCancel();
  cancel.addEventListener('abort', onCancel, { once: true });
  const callOffTimeout = startTimer(clock, timeoutMs, () => end(failed('timeout', [seconds(timeoutMs)])));
  let callOffIdle = (): void => {};
  return {
    signal: stop.signal,
    reason: () => reason,
    restart(code) {
      callOffIdle();
      callOffIdle = startTimer(clock, idleTimeoutMs, () => end(failed(code, [seconds(idleTimeoutMs)])));
    },
    callOff() {
      callOffIdle();
      callOffTimeout();
      cancel.removeEventListener('abort', onCancel);
    },
  };
}

function startTimer(clock: Clock, ms: number, callback: () => void): () => void {
  return ms > 0 ? clock.after(ms, callback) : () => {};
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}
