import type { CbErrorCode } from '../errors.ts';
import type { FailureKind } from '../failures/failures.ts';
import type { Message } from '../message.ts';
import type { WireResponse } from '../ports.ts';
import { redactText } from '../profiles/redact.ts';
import type { EndReason, ExchangeEnd } from '../stream/exchange.ts';
import type { StreamFormat } from '../stream/streamFormat.ts';

/** A {@link CbError} as it is kept. */
interface PackedError {
  readonly code: CbErrorCode;
  readonly kind: FailureKind;
  readonly display: Message;
}

/** What the frames of a journal say that are JSON. */
export interface PackedFrames {
  readonly redirect: { readonly status: number; readonly url: string };
  readonly response: {
    readonly response: Omit<WireResponse, 'body'>;
    readonly hasRecords: boolean;
    readonly format: StreamFormat | null;
  };
  readonly wait: { readonly untilMs: number; readonly attempt: number; readonly attempts: number };
  readonly resume: { readonly lastEventId: string };
  readonly end: { readonly reason: EndReason; readonly bytes: number; readonly error: PackedError | null };
}

/** An end as it is kept: its words without secrets. */
export function packEnd(
  { reason, bytes, error }: ExchangeEnd,
  hidden: readonly string[],
): PackedFrames['end'] {
  if (error === null) return { reason, bytes, error: null };
  const { code, kind, display } = error;
  const args = display.args.map((arg) => (typeof arg === 'number' ? arg : redactText(arg, hidden)));
  return { reason, bytes, error: { code, kind, display: { text: display.text, args } } };
}
