import type { Message } from '../message.ts';
import type { ImportedSecret } from './imported.ts';

/** So many requests are read from one text. */
export const MAX_REQUESTS = 200;

/** A piece of a body: text with holes, or a file's path. */
export type BodyPiece =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly path: string };

/** A request that is being read from code. Texts may have holes. */
export interface RequestParts {
  method: string;
  target: string;
  /** Words and values of `# @word value`. */
  directives: [word: string, value: string][];
  headers: [name: string, value: string][];
  /** Each begins on a line of its own. */
  body: BodyPiece[];
  hints: Message[];
  secrets: ImportedSecret[];
  /** The environment the code names. */
  envId: string | null;
}

export function emptyParts(): RequestParts {
  return {
    method: 'GET',
    target: '',
    directives: [],
    headers: [],
    body: [],
    hints: [],
    secrets: [],
    envId: null,
  };
}

/** The value of the first header of that name, given in lower case. */
export function headerOf({ headers }: RequestParts, name: string): string | undefined {
  return headers.find(([written]) => written.toLowerCase() === name)?.[1];
}
