import type { Message } from '../../message.ts';
import type { Span } from '../document.ts';

/** What an item is, for its icon. */
export type CompletionKind =
  | 'method'
  | 'function'
  | 'path'
  | 'scheme'
  | 'header'
  | 'value'
  | 'directive'
  | 'profile'
  | 'variable'
  | 'system-variable'
  | 'secret'
  | 'request'
  | 'template'
  | 'key'
  | 'file'
  | 'folder';

/** One offer at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Beside the label, on its line. */
  readonly detail?: Message | string;
  /** In the box beside the list. */
  readonly documentation?: Message;
  /** Text in that box, below: what is written. */
  readonly preview?: string;
  readonly insertText: string;
  /** True where `insertText` is a snippet: `${1:name}`, `\$`. */
  readonly isSnippet?: boolean;
  /** Absolute; holds the cursor. */
  readonly span: Span;
  /** Lower groups stand first; within one, items keep their order. */
  readonly group: number;
  /** What is typed to find it, where that is not the label. */
  readonly filterText?: string;
  /** Characters that take the item and go on. */
  readonly commitCharacters?: readonly string[];
  /** True where choosing it leads to the next choice: the list opens again. */
  readonly opensNext?: boolean;
}

/** A snippet as plain text: `${1:name}` is `name`, `${1|a,b|}` is `a`, `\$` is `$`. */
export function snippetText(snippet: string): string {
  return snippet.replace(
    /\$\{\d+(?::([^}]*)|\|([^,|]*)[^|]*\|)?\}|\\([$}\\])/g,
    (_, name?: string, choice?: string, escaped?: string) => name ?? choice ?? escaped ?? '',
  );
}

/** True for a text with placeholders. */
export function hasPlaceholders(snippet: string): boolean {
  return /(?<!\\)\$\{/.test(snippet);
}

/** A text as it stands in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
