import { CbError, isCbError, type ExchangeCode } from '../core/errors.ts';
import { msg, type Message } from '../core/message.ts';

/** What connecting was at when it failed. */
export type ConnectStep = 'dns' | 'tcp' | 'proxy' | 'tls';

/** What is known about the exchange that failed. */
export interface FailureContext {
  /** `host:port` as people read it. */
  readonly host: string;
  /** True if the response said how long its body is: a shorter one is cut off, not reset. */
  readonly bodyLengthKnown: boolean;
  /** Where connecting failed; absent once connected. */
  readonly step?: ConnectStep;
  /** The origin of the proxy on the way, if there is one. */
  readonly proxy?: string | null;
}

/** Wraps what undici, Node's sockets, TLS or zlib threw: the one place that reads their codes. */
export function wrapNetworkError(cause: unknown, context: FailureContext): CbError {
  if (isCbError(cause)) return cause;
  const raw = codeOf(cause);
  const isParserError = cause instanceof Error && cause.name === 'HTTPParserError'; // undici leaves out its code
  const message = cause instanceof Error ? cause.message : String(cause);
  const detail = raw === '' || message.startsWith(raw) ? message : `${raw}: ${message}`;
  const { step, proxy } = context;
  if (step !== undefined && step !== 'tls' && typeof proxy === 'string') {
    return new CbError('proxy', msg('The proxy {0} cannot be reached ({1}).', proxy, detail), { cause });
  }
  const code = step === 'tls' ? 'tls' : isParserError ? classifyParserError(cause) : classify(raw, context);
  return new CbError(code, describe(code, context.host, detail), { cause });
}

function classify(raw: string, context: FailureContext): ExchangeCode {
  switch (raw) {
    case 'ECONNREFUSED':
      return 'connection-refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NONAME':
      return 'dns';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return 'unreachable';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_HTTP2_STREAM_ERROR':
    case 'ERR_HTTP2_STREAM_CANCEL':
    case 'ERR_HTTP2_SESSION_ERROR':
    case 'ERR_HTTP2_GOAWAY_SESSION':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return 'reset';
    case 'UND_ERR_SOCKET':
      return context.bodyLengthKnown ? 'truncated' : 'reset';
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
    case 'Z_BUF_ERROR':
      return 'truncated';
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'connect-timeout';
    case 'UND_ERR_HEADERS_OVERFLOW':
      return 'protocol';
  }
  if (/^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(raw))
    return 'tls';
  if (/^(?:Z_|ZSTD_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING|ERR_ZSTD)/.test(raw)) return 'decompression';
  if (/^(?:HPE_|ERR_HTTP2_)/.test(raw)) return 'protocol';
  return 'network';
}

/** A chunked body that ends inside a chunk is a broken connection; anything else is no HTTP. */
function classifyParserError(cause: Error): ExchangeCode {
  return cause.message.includes('Invalid EOF state') ? 'reset' : 'protocol';
}

function describe(code: ExchangeCode, host: string, detail: string): Message {
  switch (code) {
    case 'connection-refused':
      return msg('Nothing answers at {0}: the connection was refused.', host);
    case 'dns':
      return msg('The host name of {0} is not known (DNS: {1}).', host, detail);
    case 'unreachable':
      return msg('There is no way to {0} from here ({1}).', host, detail);
    case 'tls':
      return msg('No secure connection to {0} ({1}).', host, detail);
    case 'connect-timeout':
      return msg('No connection to {0} within the time limit.', host);
    case 'reset':
      return msg('The connection to {0} broke before the end of the response ({1}).', host, detail);
    case 'truncated':
      return msg('The response of {0} was cut off ({1}).', host, detail);
    case 'decompression':
      return msg('The response of {0} is not compressed as its Content-Encoding says ({1}).', host, detail);
    case 'protocol':
      return msg('The answer of {0} is not valid HTTP ({1}).', host, detail);
    default:
      return msg('The exchange with {0} failed ({1}).', host, detail);
  }
}

/** The first code along the chain of causes and aggregated errors. */
function codeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 4) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const inner = error instanceof AggregateError ? (error.errors as unknown[])[0] : undefined;
  return codeOf(inner ?? (error instanceof Error ? error.cause : undefined), depth + 1);
}
