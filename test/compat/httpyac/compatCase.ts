import type { Reason } from './reasons.ts';

/** The rows of the language specification's tables, and what else the texts stand for. */
export const rows = [
  'separator',
  'comment',
  'directive',
  'file variable',
  'request line',
  'long query',
  'header',
  'body',
  'body from a file',
  'scripts and other tools’ lines',
  'GraphQL',
  'target: path with Host',
  'target: host and port',
  'target: URL',
  'target: variable',
  'encoding of URLs',
  'Basic authorization',
  'computed and added headers',
  'variables',
  'escapes',
  'system variables',
  'multipart',
  'form',
  'habits of REST Client',
  'habits of httpYac',
  'habits of JetBrains',
  'habits of Visual Studio',
] as const;

export type Row = (typeof rows)[number];

/** A request as it should arrive: what is named is compared, except that the body is always. */
export interface ExpectedRequest {
  /** `GET /path?query`, or what it must match. */
  readonly line: string | RegExp;
  /** By lower-case name; null where there must be none. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
}

/** One text and what it is there for. In text and files, `localhost:9000` and `localhost:9443` become the servers'. */
export interface CompatCase {
  /** Unique; says what is special. */
  readonly name: string;
  readonly row: Row;
  readonly text: string;
  /** Files beside the text, by relative path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Variables of the profile, and of `$shared`: httpYac calls them environments. */
  readonly profile?: Readonly<Record<string, string>>;
  readonly shared?: Readonly<Record<string, string>>;
  /** Parts of URL, header values and body that differ from send to send, such as a time. */
  readonly mask?: RegExp;
  /** Where the specification says something else than httpYac does: why, and what arrives from ours. */
  readonly differs?: { readonly because: Reason; readonly ours: readonly ExpectedRequest[] };
}
