import { msg, type Message } from '../../message.ts';

/** One line or block of a hover. */
export type HoverPart =
  /** The word that is explained. */
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly message: Message }
  /** A value as it is, in a block of its own. */
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'fact'; readonly label: Message; readonly value: string; readonly link?: string };

/** A sentence. */
export function text(message: Message): HoverPart {
  return { kind: 'text', message };
}

/** A value and what it is. */
export function fact(label: Message, value: string): HoverPart {
  return { kind: 'fact', label, value };
}

/** What is said of a function's kind. */
export function functionKind(kind: 'http' | 'event'): Message {
  return kind === 'http' ? msg('HTTP function') : msg('Event function: it takes no HTTP requests.');
}
