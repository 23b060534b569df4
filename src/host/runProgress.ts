import type { WireResponse } from '../core/ports.ts';
import type { StreamFormat } from '../core/stream/streamFormat.ts';
import type { Phase, RunSnapshot, SentFacts } from '../protocol/messages.ts';

/** A response, and how it is shown. */
export interface ReceivedResponse {
  /** Of a resumed stream, the last one. */
  readonly received: WireResponse;
  readonly format: StreamFormat | null;
  /** When the first one's headers came. */
  readonly atMs: number;
}

/** How far a run has come, by what it was told; not what it received. Times in ms since it was sent first. */
export class RunProgress {
  phase: Phase = 'preparing';
  /** When it was sent last. */
  sentAtMs = 0;
  /** What it was resumed with; null where it was not. */
  lastEventId: string | null = null;
  /** Those of the last sending. */
  redirects: SentFacts['redirects'] = [];
  wait: RunSnapshot['wait'] = null;
  response: ReceivedResponse | undefined;
  /** When the body's first and last bytes came; null before. */
  bytesAtMs: { readonly first: number; readonly last: number } | null = null;

  /** @param url without secrets */
  redirected(status: number, url: string): void {
    this.redirects = [...this.redirects, { status, url }];
  }

  /** @param format null for a body that is shown as a whole */
  responded(atMs: number, received: WireResponse, format: StreamFormat | null): void {
    // A stream stays one, whatever comes in place of its rest.
    this.response = { received, format: this.response?.format ?? format, atMs: this.response?.atMs ?? atMs };
    this.phase = format === null ? 'receiving' : 'streaming';
  }

  cameBytes(atMs: number): void {
    this.bytesAtMs = { first: this.bytesAtMs?.first ?? atMs, last: atMs };
  }

  waits(untilMs: number, attempt: number, attempts: number): void {
    this.wait = { untilMs, attempt, attempts };
    this.phase = 'waiting';
  }

  resumed(atMs: number, lastEventId: string): void {
    this.wait = null;
    this.phase = 'connecting';
    this.sentAtMs = atMs;
    this.lastEventId = lastEventId;
    this.redirects = [];
  }

  ended(): void {
    this.wait = null;
    this.phase = 'ended';
  }
}
