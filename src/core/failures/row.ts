import type { CbErrorCode } from '../errors.ts';
import type { Message } from '../message.ts';
import type { Route } from '../profiles/profile.ts';

/** What the advice on a failure may depend on. */
export interface Circumstances {
  /** Null for a URL that no profile resolved, or where nothing is known yet. */
  readonly route: Route | null;
  readonly functionName: string | null;
  /** Its name; empty where none was picked. */
  readonly profile: string;
}

/** Where nothing is known. */
export const ANYWHERE: Circumstances = { route: null, functionName: null, profile: '' };

/** What a user can do, the likeliest first; none where the message says it all. */
export type Advice = readonly Message[] | ((at: Circumstances) => readonly Message[]);

/** How one failure is told. */
export interface FailureRow {
  readonly code: CbErrorCode;
  /** Its words, from the facts that whoever saw it has. */
  readonly message: (...facts: never[]) => Message;
  readonly advice: Advice;
  /** A page that explains it. */
  readonly page?: string;
}

/** How a response that is no answer to its request is told; its code is its key in the table. */
export interface ResponseRow extends Omit<FailureRow, 'code'> {
  readonly code?: string;
}

/** The message of rows whose words are found where the failure is, since only there its parts have names. */
export function said(words: Message): Message {
  return words;
}

/** The advice of a row in its circumstances. */
export function adviceIn({ advice }: Pick<FailureRow, 'advice'>, at: Circumstances): readonly Message[] {
  return typeof advice === 'function' ? advice(at) : advice;
}
