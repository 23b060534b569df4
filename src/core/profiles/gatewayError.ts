import { msg, type Message } from '../message.ts';

/** The gateway's own error, told apart from a function's answer by its three keys and a known code. */
export interface GatewayError {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
  /** What the code means and what to do. */
  readonly meaning: Message;
}

/**
 * Reads a response body as an error of the HTTP API: `{code, message, requestId}` with a known code. Null for
 * everything else, whatever the status: a function's own error passes through. Source: facts sheet, section 1.
 */
export function readGatewayError(body: string): GatewayError | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null; // not JSON: no gateway error
  }
  if (typeof value !== 'object' || value === null) return null;
  const { code, message, requestId } = value as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string' || typeof requestId !== 'string') return null;
  const meaning = meaningOf(code);
  return meaning === null ? null : { code, message, requestId, meaning };
}

/** The documentation page of a gateway error code. */
export function gatewayErrorPage(code: string): string {
  return `https://docs.cloudbase.net/error-code/${encodeURIComponent(code)}`;
}

function meaningOf(code: string): Message | null {
  switch (code) {
    case 'FUNCTION_NOT_FOUND':
      return msg(
        'The environment has no HTTP function of this name. Check the name, the envId, and that the function is deployed with the type HTTP.',
      );
    case 'FUNCTION_QUALIFIER_NOT_FOUND':
      return msg('The function has no such version. Check @qualifier or the qualifier of the profile.');
    case 'FUNCTION_INVOCATION_FAILED':
      return msg('The function failed. Its log says why.');
    case 'FUNCTION_PARAM_INVALID':
      return msg('The gateway did not accept the request body.');
    case 'FUNCTION_TIME_LIMIT_EXCEEDED':
    case 'FUNCTIONS_TIME_LIMIT_EXCEEDED':
      return msg(
        'The function ran into its timeout. Raise "timeout" in cloudbaserc.json (at most 900 s) and deploy again.',
      );
    case 'FUNCTION_MEMORY_LIMIT_EXCEEDED':
      return msg('The function ran out of memory. Raise "memorySize" in cloudbaserc.json and deploy again.');
    case 'FUNCTION_EXCEED_RESOURCE_LIMIT':
      return msg('The function ran into a limit of its resources.');
    case 'FUNCTION_STATUS_ABNORMAL':
      return msg(
        'The function cannot be called in its present state, for example while it is being deployed.',
      );
    case 'EXCEED_AUTHORITY':
      return msg('The function’s security rule refused this identity.');
    case 'ACTION_FORBIDDEN':
      return msg('The identity policy of the environment does not allow this call.');
    case 'MISSING_CREDENTIALS':
      return msg('The gateway wants a credential. Set "auth" in the profile, for example to "apiKey".');
    case 'INVALID_CREDENTIALS':
    case 'INVALID_ACCESS_TOKEN':
    case 'ACCESS_TOKEN_EXPIRED':
      return msg(
        'The credential is wrong or has expired. Run "CloudBase Functions: Set Credential of Profile".',
      );
    case 'INVALID_HOST':
    case 'INVALID_ENV':
    case 'INVALID_ENV_STATUS':
      return msg(
        'This address does not serve the environment. Check envId, site and baseUrl of the profile.',
      );
    case 'EXCEED_MAX_PAYLOAD_SIZE':
      return msg('The request body is too large: at most 100 KB of text, 6 MB of other types.');
    case 'EXCEED_MAX_RESPONSE_SIZE':
      return msg('The response is too large: at most 6 MB.');
    case 'EXCEED_RATELIMIT':
    case 'EXCEED_REQUEST_LIMIT':
    case 'EXCEED_CONCURRENT_REQUEST_LIMIT':
      return msg('Too many requests at once. Wait a little and send again.');
    case 'SYS_ERR':
    case 'SERVER_TIMEOUT':
      return msg(
        'The service itself failed. Send again; if it stays, ask the support and give the request id.',
      );
    default:
      return null;
  }
}
