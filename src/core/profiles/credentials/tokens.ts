import { msg, type Message } from '../../message.ts';

/** Tokens as they are kept. Never show them. */
export interface Tokens {
  readonly accessToken: string;
  /** Null where there is none: then the sign-in is done again. */
  readonly refreshToken: string | null;
  /** Unix time in ms; null where nobody said. */
  readonly expiresAtMs: number | null;
}

/** Another token is got as long before the end of one, so that it does not end on the way. */
const EARLY_MS = 60_000;

/** True while a token may still be sent. */
export function isFresh({ expiresAtMs }: Tokens, nowMs: number): boolean {
  return expiresAtMs === null || nowMs < expiresAtMs - EARLY_MS;
}

/**
 * Reads what an auth endpoint answers to a sign-in or a refresh: `{access_token, refresh_token, expires_in, …}`, times
 * in seconds. Null for anything else. Source: facts sheet, section 1.
 */
export function readTokenReply(body: string, nowMs: number): Tokens | null {
  const reply = parseObject(body);
  const accessToken = reply?.['access_token'];
  if (reply === null || typeof accessToken !== 'string' || !isToken(accessToken)) return null;
  const refreshToken = reply['refresh_token'];
  const seconds = Number(reply['expires_in']);
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' && isToken(refreshToken) ? refreshToken : null,
    expiresAtMs: seconds > 0 && Number.isFinite(seconds) ? nowMs + seconds * 1000 : null,
  };
}

/** Reads kept {@link Tokens}; null for what is none. */
export function readKeptTokens(text: string): Tokens | null {
  const kept = parseObject(text);
  const { accessToken, refreshToken, expiresAtMs } = kept ?? {};
  if (typeof accessToken !== 'string' || !isToken(accessToken)) return null;
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' && isToken(refreshToken) ? refreshToken : null,
    expiresAtMs: typeof expiresAtMs === 'number' ? expiresAtMs : null,
  };
}

/** Why an auth endpoint gave no token, as it says so itself. */
export interface TokenRefusal {
  /** As answered; empty where there is none. */
  readonly code: string;
  readonly message: Message;
}

/**
 * Reads the answer of an auth endpoint that gave no token: the gateway's `{code, message}` or OAuth 2's
 * `{error, error_description}` (RFC 6749, 5.2), in words where the code is known.
 * @param origin of the endpoint
 */
export function readTokenRefusal(status: number, body: string, origin: string): TokenRefusal {
  const reply = parseObject(body);
  const code = textOf(reply?.['code']) || textOf(reply?.['error']);
  const said = textOf(reply?.['message']) || textOf(reply?.['error_description']);
  if (code === '') return { code, message: msg('{0} gave no token, but HTTP status {1}.', origin, status) };
  const named = said === '' ? code : `${code}: ${said.slice(0, 500)}`;
  return { code, message: inWords(code, named, origin) };
}

function inWords(code: string, named: string, origin: string): Message {
  if (/^(?:INVALID_ENV|INVALID_HOST)/.test(code)) {
    return msg(
      '{0} does not serve this environment ({1}). Check envId and site of the profile.',
      origin,
      named,
    );
  }
  if (/SECRET_?ID|SIGNATURE|SIGN_|INVALID_CREDENTIALS|^invalid_client$/i.test(code)) {
    return msg(
      '{0} did not accept the key ({1}). Check the key, and the clock of this machine.',
      origin,
      named,
    );
  }
  if (/^invalid_grant$|REFRESH_TOKEN|ACCESS_TOKEN_EXPIRED|INVALID_ACCESS_TOKEN/i.test(code)) {
    return msg('{0} did not renew the token ({1}). Sign in again.', origin, named);
  }
  if (/^ACTION_FORBIDDEN$|DISABLED|permission_denied|^unauthorized_client$|NOT_ALLOWED/i.test(code)) {
    return msg(
      '{0} does not allow this way to sign in ({1}). Allow it in the CloudBase console.',
      origin,
      named,
    );
  }
  if (/RATE_?LIMIT|REQUEST_LIMIT|resource_exhausted/i.test(code)) {
    return msg('{0} got too many sign-ins at once ({1}). Wait a little and send again.', origin, named);
  }
  return msg('{0} gave no token: {1}', origin, named);
}

/** True for what can stand in an Authorization field (RFC 6750, 2.1, and what services use beyond). */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null; // no JSON
  }
}
