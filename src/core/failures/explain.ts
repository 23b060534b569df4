import type { CbError } from '../errors.ts';
import type { Message } from '../message.ts';
import { failures } from './failures.ts';
import { adviceIn, ANYWHERE, type Circumstances, type FailureRow } from './row.ts';

/** A failure in words. */
export interface Explained {
  /** Of the table: a `CbErrorCode`, a code of the gateway, or what a response is instead of an answer. */
  readonly code: string;
  readonly message: Message;
  /** More of what is known, apart from what to do. */
  readonly details: readonly Message[];
  readonly advice: readonly Message[];
  readonly page: string | null;
}

/** An error of sending, with what to do in these circumstances. */
export function explainError({ code, kind, display }: CbError, at: Circumstances): Explained {
  const row: FailureRow = failures[kind];
  return { code, message: display, details: [], advice: adviceIn(row, at), page: row.page ?? null };
}

/** What to do, and where to read more, as the lines that are shown below the message. */
export function adviceLines({ advice, page }: Pick<Explained, 'advice' | 'page'>): readonly Message[] {
  return page === null ? advice : [...advice, { text: '{0}', args: [page] }];
}

/** What to do first, where nothing more is known; null where the message says it all. */
export function firstAdvice({ kind }: CbError): Message | null {
  return adviceIn(failures[kind], ANYWHERE)[0] ?? null;
}
