import type { CbErrorCode } from '../errors.ts';
import { connectionFailures } from './connection.ts';
import { contentFailures } from './content.ts';
import { requestFailures } from './request.ts';
import type { FailureRow } from './row.ts';
import { timeoutFailures } from './timeouts.ts';
import { tlsFailures } from './tls.ts';

/**
 * Every failure of sending: its code, its words, what to do. Each code has a row of its own name; several failures may
 * share a code. What a response can be instead of an answer stands in `responses.ts`.
 */
export const failures = {
  ...requestFailures,
  ...connectionFailures,
  ...tlsFailures,
  ...timeoutFailures,
  ...contentFailures,
} satisfies Readonly<Record<CbErrorCode, FailureRow>> & Readonly<Record<string, FailureRow>>;

/** A row of the table. */
export type FailureKind = keyof typeof failures;
