import { isCbError, type CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import type { CertificateFacts } from '../core/failures/tls.ts';

/** What connecting was at when it failed. */
export type ConnectStep = 'dns' | 'tcp' | 'proxy' | 'tls';

/** What is known about the exchange that failed. */
export interface FailureContext {
  /** `host:port` as people read it. */
  readonly host: string;
  /** True if the response said how long its body is: a shorter one is cut off, not reset. */
  readonly bodyLengthKnown: boolean;
  /** True once the response's headers are there. */
  readonly isAnswered?: boolean;
  /** Where connecting failed; absent once connected. */
  readonly step?: ConnectStep;
  /** The origin of the proxy on the way, if there is one. */
  readonly proxy?: string | null;
  /** The server's certificate, where it came. */
  readonly certificate?: CertificateFacts | null;
}

/**
 * Wraps what undici, Node's sockets, TLS or zlib threw: the one place that reads their codes. The words come from the
 * table of failures.
 */
export function wrapNetworkError(cause: unknown, context: FailureContext): CbError {
  if (isCbError(cause)) return cause;
  const { host, step, proxy } = context;
  const raw = codeOf(cause);
  const detail = detailOf(cause, raw);
  if (step !== undefined && step !== 'tls' && typeof proxy === 'string') {
    return failed('proxy', [proxy, detail], { cause });
  }
  const ofCertificate = step === 'tls' ? certificateKinds.get(raw) : undefined;
  if (ofCertificate !== undefined) {
    return failed(ofCertificate, [host, context.certificate ?? UNKNOWN_CERTIFICATE], { cause });
  }
  const kind = kindOf(cause, raw, context);
  switch (kind) {
    case 'connect-timeout':
    case 'header-overflow':
      return failed(kind, [host], { cause });
    default:
      return failed(kind, [host, detail], { cause });
  }
}

/** Rows that are told with the host and, but for two, with what the system says. */
type Kind =
  | 'dns'
  | 'dns-unavailable'
  | 'unreachable'
  | 'connection-refused'
  | 'connect-timeout'
  | 'reset'
  | 'reset-before-answer'
  | 'truncated'
  | 'truncated-coding'
  | 'decompression'
  | 'protocol'
  | 'header-overflow'
  | 'network'
  | TlsKind;
type TlsKind = 'tls' | 'tls-client-certificate' | 'tls-not-tls' | 'tls-version' | 'tls-closed';

const UNKNOWN_CERTIFICATE: CertificateFacts = {
  subject: '?',
  issuer: '?',
  validFrom: '?',
  validTo: '?',
  names: '?',
};

const certificateKinds = new Map([
  ['CERT_HAS_EXPIRED', 'tls-expired'],
  ['CERT_NOT_YET_VALID', 'tls-not-yet-valid'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-unknown-authority'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-unknown-authority'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'tls-unknown-authority'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-unknown-authority'],
  ['CERT_UNTRUSTED', 'tls-unknown-authority'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-wrong-host'],
  ['HOSTNAME_MISMATCH', 'tls-wrong-host'],
] as const) as ReadonlyMap<
  string,
  'tls-expired' | 'tls-not-yet-valid' | 'tls-self-signed' | 'tls-unknown-authority' | 'tls-wrong-host'
>;

function kindOf(cause: unknown, raw: string, context: FailureContext): Kind {
  const { step, bodyLengthKnown, isAnswered = false } = context;
  const ofTls = tlsKind(raw, step);
  if (ofTls !== null) return ofTls;
  const broken = isAnswered ? 'reset' : 'reset-before-answer';
  // undici leaves out the code of its parser's errors. A chunked body that ends inside a chunk is a broken connection.
  if (cause instanceof Error && cause.name === 'HTTPParserError') {
    return cause.message.includes('Invalid EOF state') ? broken : 'protocol';
  }
  switch (raw) {
    case 'ECONNREFUSED':
      return 'connection-refused';
    case 'ENOTFOUND':
    case 'EAI_FAIL':
    case 'EAI_NONAME':
      return 'dns';
    case 'EAI_AGAIN':
      return 'dns-unavailable';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return 'unreachable';
    case 'ETIMEDOUT':
      return step === undefined ? broken : 'connect-timeout';
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'connect-timeout';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_HTTP2_STREAM_ERROR':
    case 'ERR_HTTP2_STREAM_CANCEL':
    case 'ERR_HTTP2_SESSION_ERROR':
    case 'ERR_HTTP2_GOAWAY_SESSION':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return broken;
    case 'UND_ERR_SOCKET':
      return bodyLengthKnown ? 'truncated' : broken;
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return isAnswered ? 'truncated' : 'protocol'; // undici's word also for headers that it could not read
    case 'Z_BUF_ERROR':
      return 'truncated-coding';
    case 'UND_ERR_HEADERS_OVERFLOW':
      return 'header-overflow';
  }
  if (/^(?:Z_|ZSTD_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING|ERR_ZSTD)/.test(raw)) return 'decompression';
  if (/^(?:HPE_|ERR_HTTP2_)/.test(raw)) return 'protocol';
  return 'network';
}

/** TLS's own failures; an alert about a certificate is the server's word on ours, and may come after the handshake. */
function tlsKind(raw: string, step: ConnectStep | undefined): TlsKind | null {
  if (/ALERT.*(?:CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(raw)) return 'tls-client-certificate';
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_TOO_LARGE|HTTP_REQUEST/.test(raw))
    return 'tls-not-tls';
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_CIPHER|HANDSHAKE_FAILURE/.test(raw))
    return 'tls-version';
  if (step === 'tls') return /^(?:ECONNRESET|EPIPE|)$/.test(raw) ? 'tls-closed' : 'tls';
  return /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(raw) ? 'tls' : null;
}

/** What the system says, without what only its makers read. */
function detailOf(cause: unknown, raw: string): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message.includes(raw) && raw !== '') return raw; // `read ECONNRESET`
  const reason: unknown = cause instanceof Error && 'reason' in cause ? cause.reason : undefined;
  const words = typeof reason === 'string' && message.includes('SSL routines') ? reason : message;
  return raw === '' || raw.startsWith('UND_ERR_') ? words : `${raw}: ${words}`;
}

/** The first code along the chain of causes and aggregated errors. */
function codeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 4) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const inner = error instanceof AggregateError ? (error.errors as unknown[])[0] : undefined;
  return codeOf(inner ?? (error instanceof Error ? error.cause : undefined), depth + 1);
}
