import type { Span } from '../cbhttp/document.ts';
import { CbError, isCbError } from '../errors.ts';
import type { Message } from '../message.ts';

/** Why a text is no code that can be imported, and where. */
export interface ImportProblem {
  readonly message: Message;
  /** In the text as it was given, UTF-16 offsets. */
  readonly span: Span;
}

/** A value that the text has as it is, and the request only by `{{$secret name}}`. */
export interface ImportedSecret {
  readonly name: string;
  readonly value: string;
}

/** A request that was read from code. */
export interface ImportedRequest {
  /** A section of its own, from its `###` line to a line end. */
  readonly text: string;
  /** What was left out or taken otherwise. */
  readonly hints: readonly Message[];
  /** The environment that the code names and no profile has; else null. */
  readonly envId: string | null;
  readonly secrets: readonly ImportedSecret[];
}

/** What an import gives: requests in the order of the code, or the reason why there is none. */
export interface Imported {
  readonly requests: readonly ImportedRequest[];
  readonly problem: ImportProblem | null;
}

/** The error that a reader of code throws and the importer catches: CbError `parse` with its place. */
export function unreadable(message: Message, span: Span): CbError {
  return new CbError('parse', message, { span });
}

/** What {@link unreadable} says. @throws any other error as it is */
export function problemOf(error: unknown): ImportProblem {
  if (!isCbError(error) || error.span === undefined) throw error;
  return { message: error.display, span: error.span };
}
