import type { GatewayEnvironment } from './cloud.ts';
import type { Exchange } from './exchange.ts';
import { checkTc3 } from './tc3Check.ts';
import type { Tokens } from './tokens.ts';

/** What an auth request is looked at with. */
export interface AuthContext {
  readonly environment: GatewayEnvironment;
  readonly tokens: Tokens;
  readonly nowMs: number;
}

/** The auth endpoints of the HTTP API's host: `path` begins behind the environment's segment. */
export async function serveAuth(path: string, exchange: Exchange, context: AuthContext): Promise<void> {
  const { method, headers } = exchange.incoming;
  if (method !== 'POST') {
    exchange.refuse('INVALID_PATH', `${String(method)} ${path} is none of the auth endpoints.`);
    return;
  }
  const body = await exchange.readBody();
  if (body === undefined) return;
  switch (path) {
    case '/auth/v1/signin/anonymously':
      signInAnonymously(headers['x-device-id'], exchange, context);
      return;
    case '/auth/v1/token':
      refresh(readObject(body), exchange, context);
      return;
    case '/auth/v1/token/clientCredential':
      signInWithSecret(body, exchange, context);
      return;
    default:
      exchange.refuse('INVALID_PATH', `${path} is none of the auth endpoints.`);
  }
}

/** [D]: the device's id makes the same anonymous user come back. */
function signInAnonymously(
  deviceId: string | string[] | undefined,
  exchange: Exchange,
  { environment, tokens }: AuthContext,
): void {
  if (typeof deviceId !== 'string' || deviceId === '') {
    refuseGrant(exchange, 'invalid_request', 'The header x-device-id is missing.');
    return;
  }
  exchange.answerJson(200, tokens.issue(environment, 'anonymous', { user: deviceId }));
}

function refresh(
  body: Readonly<Record<string, unknown>> | undefined,
  exchange: Exchange,
  { environment, tokens }: AuthContext,
): void {
  const token = body?.['refresh_token'];
  if (body?.['grant_type'] !== 'refresh_token' || typeof token !== 'string') {
    refuseGrant(exchange, 'invalid_request', 'grant_type or refresh_token is missing.');
    return;
  }
  const reply = tokens.refresh(environment, token);
  if (reply === undefined) {
    refuseGrant(exchange, 'invalid_grant', 'The refresh token is not valid.');
    return;
  }
  exchange.answerJson(200, reply);
}

/** [V wire]: a signed request for an admin token. */
function signInWithSecret(body: Buffer, exchange: Exchange, context: AuthContext): void {
  const { environment, tokens, nowMs } = context;
  const { headers, url = '' } = exchange.incoming;
  if (headers.authorization === undefined) {
    exchange.refuse('MISSING_CREDENTIALS', 'The request has no Authorization header.');
    return;
  }
  const maxSkewSeconds = Number(headers['x-signature-expires']);
  if (maxSkewSeconds !== 600 || headers['content-type'] !== 'application/json') {
    refuseGrant(
      exchange,
      'invalid_request',
      'X-Signature-Expires is not 600, or the type not application/json.',
    );
    return;
  }
  const [path = '', query = ''] = url.split('?');
  const verdict = checkTc3(
    { method: 'POST', path, query, headers, body },
    { secrets: environment.secrets ?? [], nowMs, maxSkewSeconds },
  );
  if ('problem' in verdict) {
    exchange.refuse('INVALID_CREDENTIALS', `The signature is refused: ${verdict.problem}.`);
    return;
  }
  if (headers['x-timestamp'] !== String(verdict.timestamp) || verdict.service !== 'tcb') {
    exchange.refuse('INVALID_CREDENTIALS', 'X-Timestamp is not the signed time, or the service not tcb.');
    return;
  }
  if (readObject(body)?.['grant_type'] !== 'client_credentials') {
    refuseGrant(exchange, 'unsupported_grant_type', 'grant_type is not client_credentials.');
    return;
  }
  exchange.answerJson(200, tokens.issue(environment, 'admin', { user: verdict.secret.secretId }));
}

/** As OAuth 2.0 (5.2) and the vendor's own client [V] have it. */
function refuseGrant(exchange: Exchange, error: string, description: string): void {
  exchange.answerJson(400, { error, error_description: description });
}

/** A JSON object, or undefined. */
export function readObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
