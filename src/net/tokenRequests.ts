import { CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import type { CredentialRequest, HeaderList } from '../core/ports.ts';
import {
  readTokenRefusal,
  readTokenReply,
  type TokenRefusal,
  type Tokens,
} from '../core/profiles/credentials/tokens.ts';
import { redactText, secretForms } from '../core/profiles/redact.ts';
import { signTc3 } from './tc3.ts';
import type { Grant, TokenSourceDeps } from './tokens.ts';

/** ms for one token request. */
const TIME_LIMIT_MS = 30_000;
/** Bytes of an answer that are read. */
const MAX_REPLY_BYTES = 1_000_000;

/** Signs in. Source: facts sheet, section 1. @throws like {@link refreshTokens} */
export async function signIn(
  deps: TokenSourceDeps,
  request: CredentialRequest,
  grant: Exclude<Grant, { kind: 'tokens' }>,
  now: () => number,
  signal: AbortSignal,
): Promise<Tokens | TokenRefusal> {
  if (grant.kind === 'anonymous') {
    const fields: HeaderList = [['x-device-id', await deps.deviceId(request.authBase)]];
    return ask(deps, request, '/auth/v1/signin/anonymously', fields, '{}', [], now, signal);
  }
  const path = '/auth/v1/token/clientCredential';
  const payload = JSON.stringify({ grant_type: 'client_credentials' });
  const url = new URL(request.authBase + path);
  const timestampSeconds = Math.floor(now() / 1000);
  const signature = signTc3(grant.key, {
    service: 'tcb',
    host: url.host,
    path: url.pathname,
    payload,
    timestampSeconds,
  });
  const { sessionToken } = grant.key;
  const token = sessionToken ? `, Token=${sessionToken}` : '';
  const fields: HeaderList = [
    ['Authorization', `${signature}, Timestamp=${timestampSeconds}${token}`],
    ['X-Signature-Expires', '600'],
    ['X-Timestamp', String(timestampSeconds)],
  ];
  const hidden = secretForms([grant.key.secretKey, sessionToken ?? '']);
  return ask(deps, request, path, fields, payload, hidden, now, signal);
}

/** @throws CbError what the transport throws; `timeout`; `token-refused` where the service itself failed */
export function refreshTokens(
  deps: TokenSourceDeps,
  request: CredentialRequest,
  refreshToken: string,
  now: () => number,
  signal: AbortSignal,
): Promise<Tokens | TokenRefusal> {
  const { envId } = request.binding;
  const client = envId === '' ? {} : { client_id: envId };
  const payload = JSON.stringify({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client });
  return ask(deps, request, '/auth/v1/token', [], payload, secretForms([refreshToken]), now, signal);
}

/**
 * Sends one token request; what is hidden stays out of its refusal.
 * @throws CbError what the transport throws; `timeout`; `token-refused` where another try may do
 */
async function ask(
  { transport, userAgent }: TokenSourceDeps,
  { authBase, connection }: CredentialRequest,
  path: string,
  fields: HeaderList,
  payload: string,
  hidden: readonly string[],
  now: () => number,
  signal: AbortSignal,
): Promise<Tokens | TokenRefusal> {
  const { origin } = new URL(authBase);
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(failed('token-timeout', [origin, TIME_LIMIT_MS / 1000]));
  }, TIME_LIMIT_MS);
  try {
    const response = await transport.send(
      {
        method: 'POST',
        url: authBase + path,
        headers: [
          ['Content-Type', 'application/json'],
          ['Accept', 'application/json'],
          ['User-Agent', userAgent],
          ...fields,
        ],
        body: new TextEncoder().encode(payload),
        ...connection,
      },
      { signal: AbortSignal.any([signal, limit.signal]) },
    );
    const text = await readText(response.body);
    const tokens = response.status < 300 ? readTokenReply(text, now()) : null;
    if (tokens !== null) return tokens;
    const refusal = readTokenRefusal(response.status, redactText(text, hidden), origin);
    if (!isDefinite(response.status, refusal)) throw new CbError('token-refused', refusal.message);
    return refusal;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether another try with the same would be refused again. */
function isDefinite(status: number, { code }: TokenRefusal): boolean {
  return code !== '' && status >= 400 && status < 500 && status !== 408 && status !== 429;
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_REPLY_BYTES) break;
    chunks.push(chunk.slice());
  }
  return Buffer.concat(chunks).toString();
}
