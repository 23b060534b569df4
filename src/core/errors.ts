import { formatMessage, type Message } from './message.ts';

/** Why a request could not be made at all: nothing was sent. */
export type RefusalCode =
  | 'usage'
  | 'parse'
  | 'settings'
  | 'unresolved-variable'
  | 'unknown-profile'
  | 'no-url'
  | 'invalid-url'
  | 'invalid-header'
  | 'body-file'
  | 'tls-file'
  | 'unsupported'
  | 'missing-credential'
  | 'missing-secret'
  | 'credential-refused'
  | 'token-refused'
  | 'cli-login'
  | 'management-api'
  | 'sub-path-body'
  | 'untrusted-workspace';

/** Why an exchange that had begun did not end well. */
export type ExchangeCode =
  | 'cancelled'
  | 'timeout'
  | 'connect-timeout'
  | 'headers-timeout'
  | 'idle-timeout'
  | 'connection-refused'
  | 'dns'
  | 'unreachable'
  | 'tls'
  | 'reset'
  | 'truncated'
  | 'proxy'
  | 'protocol'
  | 'decompression'
  | 'too-many-redirects'
  | 'event-too-large'
  | 'network';

/** Every way this product fails on purpose. Switch on it exhaustively; never match a message's text. */
export type CbErrorCode = RefusalCode | ExchangeCode;

/** The only error class thrown on purpose. `message` is English; show `display` through a translator. */
export class CbError extends Error {
  override readonly name = 'CbError';
  readonly code: CbErrorCode;
  /** The same sentence, translatable. */
  readonly display: Message;
  /** Where in the document the cause stands, in UTF-16 offsets, where it stands in one. */
  readonly span: { readonly start: number; readonly end: number } | undefined;

  constructor(
    code: CbErrorCode,
    display: Message,
    options: { readonly cause?: unknown; readonly span?: { start: number; end: number } } = {},
  ) {
    super(formatMessage(display), { cause: options.cause });
    this.code = code;
    this.display = display;
    this.span = options.span;
  }
}

/** True for a {@link CbError}, also one made by another bundle of this extension. */
export function isCbError(error: unknown): error is CbError {
  return error instanceof Error && error.name === 'CbError' && 'code' in error;
}
