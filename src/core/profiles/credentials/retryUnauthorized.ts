import type { CredentialKind } from '../../ports.ts';
import { readGatewayError } from '../../failures/gateway.ts';

const REFUSALS: ReadonlySet<string> = new Set([
  'ACCESS_TOKEN_EXPIRED',
  'INVALID_ACCESS_TOKEN',
  'INVALID_CREDENTIALS',
]);

/**
 * True for a 401 that says the token is no longer good, where another can be got: then the request may be sent once
 * more. A function's own 401 passes through. Source: facts sheet, section 1.
 * @param body of the response, decoded
 */
export function isTokenRefused(
  kind: CredentialKind,
  response: { readonly status: number },
  body: string,
): boolean {
  return isRenewable(kind) && response.status === 401 && REFUSALS.has(readGatewayError(body)?.code ?? '');
}

/** True where a token comes from a sign-in that can be done again, or may come with a refresh token. */
export function isRenewable(kind: CredentialKind): boolean {
  return kind !== 'apiKey' && kind !== 'publishableKey';
}
