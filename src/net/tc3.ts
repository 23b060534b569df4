import { createHash, createHmac } from 'node:crypto';

/** A key of a Tencent Cloud account. Never show it. */
export interface Tc3Key {
  readonly secretId: string;
  readonly secretKey: string;
  /** Goes with a temporary key; beside the signature, not in it. */
  readonly sessionToken?: string | undefined;
}

/** What is signed of a request. */
export interface Tc3Request {
  /** As in the host name of the API, e.g. `tcb`. */
  readonly service: string;
  /** As in the Host field, with its port where it has one. */
  readonly host: string;
  /** As in the Content-Type field. */
  readonly contentType?: string;
  readonly method?: 'GET' | 'POST';
  /** As on the request line. */
  readonly path?: string;
  /** Without its question mark. */
  readonly query?: string;
  readonly payload: string;
  /** Seconds since 1970; the service takes it for some minutes. */
  readonly timestampSeconds: number;
}

/**
 * The Authorization field's value by TC3-HMAC-SHA256, of content type, host and payload. Source: Tencent Cloud API,
 * "Signature v3".
 */
export function signTc3(
  { secretId, secretKey }: Pick<Tc3Key, 'secretId' | 'secretKey'>,
  request: Tc3Request,
): string {
  const { service, host, payload, timestampSeconds } = request;
  const { contentType = 'application/json', method = 'POST', path = '/', query = '' } = request;
  const date = new Date(timestampSeconds * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const signedHeaders = 'content-type;host';
  const fields = `content-type:${contentType.toLowerCase()}\nhost:${host.toLowerCase()}\n`;
  const canonical = [method, path, query, fields, signedHeaders, sha256(payload)].join('\n');
  const text = ['TC3-HMAC-SHA256', timestampSeconds, scope, sha256(canonical)].join('\n');
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey}`);
  const signature = hmac(key, text).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
