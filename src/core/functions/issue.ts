import type { TextEdit } from '../cbhttp/actions/codeAction.ts';
import type { Severity, Span } from '../cbhttp/document.ts';
import type { Message } from '../message.ts';

/** What can be wrong with a function's files. */
export type IssueCode =
  | 'config-syntax'
  | 'config-shape'
  | 'config-unreadable'
  | 'config-code'
  | 'config-ignored'
  | 'unresolved-template'
  | 'function-without-name'
  | 'function-name'
  | 'duplicate-function'
  | 'unknown-key'
  | 'timeout-range'
  | 'memory-range'
  | 'missing-folder'
  | 'missing-bootstrap'
  | 'function-type'
  | 'not-executable'
  | 'line-endings'
  | 'byte-order-mark'
  | 'no-shebang'
  | 'port'
  | 'loopback-address';

/** How an issue can be ended by a click. */
export type IssueFix = { readonly title: Message } & (
  | { readonly kind: 'edit'; readonly edits: readonly TextEdit[] }
  /** LF for the whole file: more than a replacement of text. */
  | { readonly kind: 'line-endings' }
  /** A file an editor cannot make executable, or that is not there: done on the disk. */
  | { readonly kind: 'make-executable' }
  | { readonly kind: 'create-bootstrap'; readonly functionName: string }
);

/** Something its author should know about a config or a function's file, at its place in the text. */
export interface FunctionIssue {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly message: Message;
  readonly span: Span;
  /** The best one first. */
  readonly fixes: readonly IssueFix[];
}

/** An issue without a fix, or with these. */
export function issue(
  code: IssueCode,
  severity: Severity,
  message: Message,
  span: Span,
  ...fixes: readonly IssueFix[]
): FunctionIssue {
  return { code, severity, message, span: { start: span.start, end: span.end }, fixes };
}

/** A fix that replaces text. */
export function editFix(title: Message, ...edits: readonly TextEdit[]): IssueFix {
  return { kind: 'edit', title, edits };
}
