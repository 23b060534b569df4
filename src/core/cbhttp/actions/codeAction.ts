import type { Message } from '../../message.ts';
import {
  shift,
  type CbDocument,
  type PlacedRequest,
  type Problem,
  type Section,
  type Span,
} from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';

/** One replacement in a document. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
  /** Offset in `text` where the author writes on; absent where nothing is left to write. */
  readonly caret?: number;
}

/** What an action does that is no edit. */
export type ActionCommand =
  /** Asks for the value of a variable and writes it to a profile in the settings. */
  | { readonly kind: 'set-profile-variable'; readonly profile: string; readonly name: string }
  /** Moves the text at `span` to the secret storage; the action's edits are made when it is there. */
  | {
      readonly kind: 'store-secret';
      readonly profile: string;
      readonly name: string;
      readonly span: Span;
      /** Where the request goes; null where that is not known yet. */
      readonly origin: string | null;
    }
  | { readonly kind: 'open-settings' };

/** Something the editor can do at a place. */
export interface CodeAction {
  readonly title: Message;
  /** `quickfix` ends a problem, `refactor` says the same in another way. */
  readonly kind: 'quickfix' | 'refactor';
  /** Ascending, not overlapping, spans of the document. */
  readonly edits: readonly TextEdit[];
  /** True for the one thing to do about a problem. */
  readonly isPreferred: boolean;
  readonly problem?: Problem;
  readonly command?: ActionCommand;
}

/** Where actions are asked for. */
export interface ActionPlace {
  readonly document: CbDocument;
  readonly context: LanguageContext;
  readonly section: Section;
  /** At which the section starts. */
  readonly offset: number;
  /** Of the document. */
  readonly span: Span;
  /** The request the span stands in. */
  readonly placed: PlacedRequest | undefined;
}

/** A quick fix by edits alone. */
export function quickFix(title: Message, edits: readonly TextEdit[], isPreferred: boolean): CodeAction {
  return { title, kind: 'quickfix', edits, isPreferred };
}

/** A replacement of a section's span, as one of the document. */
export function replaceAt(place: ActionPlace, span: Span, text: string): TextEdit {
  return { span: shift(span, place.offset), text };
}

/** A line of a section by an offset in it: its first and last offset, and that of the line below. */
export function lineAt({ section }: ActionPlace, at: number): { start: number; end: number; next: number } {
  const { text, lineStarts } = section;
  const index = Math.max(
    0,
    lineStarts.findLastIndex((start) => start <= at),
  );
  const start = lineStarts[index] ?? 0;
  const next = lineStarts[index + 1] ?? text.length;
  return { start, end: start + (/^[^\r\n]*/.exec(text.slice(start, next))?.[0].length ?? 0), next };
}

/** What ends the lines of a document. */
export function lineEnd({ sections }: CbDocument): string {
  for (const { text } of sections) {
    const found = /\r\n|\n|\r/.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return '\n';
}

/** Takes the line out. */
export function removeLine(place: ActionPlace, at: number): TextEdit {
  const { start, next } = lineAt(place, at);
  return replaceAt(place, { start, end: next }, '');
}
