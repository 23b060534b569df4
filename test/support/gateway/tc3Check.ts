import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

// Written without a look at src/net/tc3.ts, so that a mistake in one of them shows.

/** A key pair of Tencent Cloud; a temporary one has a token. */
export interface Tc3Secret {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

/** A request whose signature is looked at. */
export interface Tc3Signed {
  readonly method: string;
  /** As on the request line. */
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** What it is looked at with. */
export interface Tc3Rules {
  readonly secrets: readonly Tc3Secret[];
  readonly nowMs: number;
  /** Seconds by which the time may differ. */
  readonly maxSkewSeconds: number;
  /** Seconds since 1970 in a header of its own, for services that have one; else it stands in Authorization. */
  readonly timestamp?: string | undefined;
  /** The session token's header, likewise. */
  readonly token?: string | undefined;
}

/** Why a signature is refused. */
export type Tc3Problem =
  'malformed' | 'unknown-id' | 'scope' | 'signed-headers' | 'expired' | 'signature' | 'token';

export type Tc3Verdict =
  | { readonly secret: Tc3Secret; readonly service: string; readonly timestamp: number }
  | { readonly problem: Tc3Problem };

const authorizationPattern = new RegExp(
  '^TC3-HMAC-SHA256 Credential=(?<id>[^/,\\s]+)/(?<date>\\d{4}-\\d\\d-\\d\\d)/(?<service>[a-z]+)/tc3_request, ' +
    'SignedHeaders=(?<signed>[a-z0-9;-]+), Signature=(?<signature>[0-9a-f]{64})' +
    '(?:, Timestamp=(?<timestamp>\\d+))?(?:, Token=(?<token>\\S+))?$',
);

/** Computes the signature anew. Source: Tencent Cloud's "Signature v3" (TC3-HMAC-SHA256). */
export function checkTc3(request: Tc3Signed, rules: Tc3Rules): Tc3Verdict {
  const parts = authorizationPattern.exec(request.headers.authorization ?? '')?.groups;
  const { id, date, service, signed, signature } = parts ?? {};
  const written = rules.timestamp ?? parts?.['timestamp'];
  if (!id || !date || !service || !signed || !signature || !/^\d{10}$/.test(written ?? '')) {
    return { problem: 'malformed' };
  }
  const secret = rules.secrets.find(({ secretId }) => secretId === id);
  if (!secret) return { problem: 'unknown-id' };
  if (signed !== 'content-type;host') return { problem: 'signed-headers' };
  const timestamp = Number(written);
  if (new Date(timestamp * 1000).toISOString().slice(0, 10) !== date) return { problem: 'scope' };
  if (Math.abs(rules.nowMs / 1000 - timestamp) > rules.maxSkewSeconds) return { problem: 'expired' };
  const lines = signed.split(';').map((name) => `${name}:${valueOf(request.headers, name)}\n`);
  const canonical = [
    request.method,
    request.path,
    request.query,
    lines.join(''),
    signed,
    sha256(request.body),
  ];
  const scope = [date, service, 'tc3_request'];
  const toSign = ['TC3-HMAC-SHA256', timestamp, scope.join('/'), sha256(canonical.join('\n'))].join('\n');
  const key = scope.reduce<string | Buffer>((last, part) => hmac(last, part), `TC3${secret.secretKey}`);
  if (!timingSafeEqual(Buffer.from(signature, 'hex'), hmac(key, toSign))) return { problem: 'signature' };
  if ((rules.token ?? parts?.['token']) !== secret.token) return { problem: 'token' };
  return { secret, service, timestamp };
}

function valueOf(headers: IncomingHttpHeaders, name: string): string {
  return String(headers[name] ?? '')
    .trim()
    .toLowerCase();
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
