import { CbError, type CbErrorOptions } from '../errors.ts';
import type { Message } from '../message.ts';
import { failures, type FailureKind } from './failures.ts';

/** The error of a row of the table, in its words. */
export function failed<K extends FailureKind>(
  kind: K,
  facts: Parameters<(typeof failures)[K]['message']>,
  options: Omit<CbErrorOptions, 'kind'> = {},
): CbError {
  const { code } = failures[kind];
  const message = failures[kind].message as (...facts: readonly unknown[]) => Message;
  return new CbError(code, message(...facts), { ...options, kind });
}
