/**
 * A sentence for people, not yet in their language: an English template that is also the key of the
 * localisation bundle, and its arguments for `{0}`, `{1}` ….
 */
export interface Message {
  readonly text: string;
  readonly args: readonly (string | number)[];
}

/** Turns a template into the reader's language and fills it; `vscode.l10n.t` has this shape. */
export type Translate = (text: string, ...args: (string | number)[]) => string;

/** Makes a {@link Message}. The template must be a literal: the bundle test collects it from the source. */
export function msg(text: string, ...args: (string | number)[]): Message {
  return { text, args };
}

/** The message in the language of `translate`; in English without it. */
export function formatMessage(message: Message, translate: Translate = fill): string {
  return translate(message.text, ...message.args);
}

/** Fills `{0}`, `{1}` … in a template; a number without an argument stays as it is. */
export function fill(text: string, ...args: (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (written, index: string) => String(args[Number(index)] ?? written));
}
