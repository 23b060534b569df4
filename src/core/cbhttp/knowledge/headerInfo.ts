import type { Message } from '../../message.ts';

/** A header field in words. */
export interface HeaderInfo {
  readonly name: string;
  readonly use: 'request' | 'response' | 'both';
  /** Standard or product that defines it; empty for one that is only in wide use. */
  readonly source: string;
  readonly meaning: Message;
  /** Usual values, the ones most used first, as snippets (`${1:name}`, `\$`). */
  readonly values: readonly string[];
}

/** One row of the tables. */
export function header(
  name: string,
  use: HeaderInfo['use'],
  source: string,
  meaning: Message,
  values: readonly string[] = [],
): HeaderInfo {
  return { name, use, source, meaning, values };
}
