import { msg, type Message } from '../message.ts';
import type { ResponseRow } from './row.ts';

/** The gateway's own error. */
export interface GatewayError {
  readonly code: GatewayCode;
  readonly message: string;
  readonly requestId: string;
  /** What the code means. */
  readonly meaning: Message;
}

type GatewayCode = keyof typeof gatewayFailures;
type OfCode = (code: string) => Message;

const credential = {
  message: (code: string) => msg('The gateway did not accept the credential ({0}).', code),
  advice: [msg('Run "CloudBase Functions: Set Credential of Profile": it is wrong, has expired, or is of another environment.')], // prettier-ignore
};
const environment = {
  message: (code: string) => msg('This address does not serve the environment ({0}).', code),
  advice: [
    msg('Check envId, site and baseUrl of the profile, and in the console whether the environment runs.'),
  ],
};
const tooMany = {
  message: (code: string) => msg('Too many requests at once ({0}).', code),
  advice: [msg('Wait a little and send again. The limits depend on the environment’s package.')],
};
const service = {
  message: (code: string) => msg('The service itself failed ({0}).', code),
  advice: [msg('Send again; if it stays, ask the support and give the request id.')],
};
const functionTimeout = {
  message: (code: string) => msg('The function ran into its timeout ({0}).', code),
  advice: [msg('Raise "timeout" in cloudbaserc.json (at most 900 s) and deploy again.')],
};

/** The gateway's own errors by their codes. Source: facts sheet, section 1. */
export const gatewayFailures = {
  FUNCTION_NOT_FOUND: {
    message: (code: string) => msg('The environment has no HTTP function of this name ({0}).', code),
    advice: [msg('Check the name, the envId, and that the function is deployed with the type HTTP.')],
  },
  FUNCTION_QUALIFIER_NOT_FOUND: {
    message: (code: string) => msg('The function has no such version ({0}).', code),
    advice: [msg('Check @qualifier or the qualifier of the profile.')],
  },
  FUNCTION_INVOCATION_FAILED: {
    message: (code: string) => msg('The function failed ({0}).', code),
    advice: [msg('Its log says why: did it start, and does it listen on port 9000?')],
  },
  FUNCTION_PARAM_INVALID: {
    message: (code: string) => msg('The gateway did not accept the request body ({0}).', code),
    advice: [msg('Check that the body is what its Content-Type says, for example valid JSON.')],
  },
  FUNCTION_TIME_LIMIT_EXCEEDED: functionTimeout,
  FUNCTIONS_TIME_LIMIT_EXCEEDED: functionTimeout,
  FUNCTION_MEMORY_LIMIT_EXCEEDED: {
    message: (code: string) => msg('The function ran out of memory ({0}).', code),
    advice: [msg('Raise "memorySize" in cloudbaserc.json and deploy again.')],
  },
  FUNCTION_EXCEED_RESOURCE_LIMIT: {
    message: (code: string) => msg('The function ran into a limit of its resources ({0}).', code),
    advice: [msg('Look in its log and monitor: instances, disk and connections are limited, too.')],
  },
  FUNCTION_STATUS_ABNORMAL: {
    message: (code: string) => msg('The function cannot be called in its present state ({0}).', code),
    advice: [msg('Wait until its deployment has ended; if that failed, deploy again.')],
  },
  EXCEED_AUTHORITY: {
    message: (code: string) => msg('The function’s security rule refused this identity ({0}).', code),
    advice: [msg('Change the rule in the console, or send with a credential that it lets in.')],
  },
  ACTION_FORBIDDEN: {
    message: (code: string) =>
      msg('The identity policy of the environment does not allow this call ({0}).', code),
    advice: [msg('Give the identity the right to call functions, or send with another credential.')],
  },
  MISSING_CREDENTIALS: {
    message: (code: string) => msg('The gateway wants a credential ({0}).', code),
    advice: [msg('Set "auth" in the profile, for example to "apiKey".')],
  },
  INVALID_CREDENTIALS: credential,
  INVALID_ACCESS_TOKEN: credential,
  ACCESS_TOKEN_EXPIRED: credential,
  INVALID_HOST: environment,
  INVALID_ENV: environment,
  INVALID_ENV_STATUS: environment,
  EXCEED_MAX_PAYLOAD_SIZE: {
    message: (code: string) => msg('The request body is too large ({0}).', code),
    advice: [
      msg('At most 100 KB of text or 6 MB of other types go through; put large data into cloud storage.'),
    ],
  },
  EXCEED_MAX_RESPONSE_SIZE: {
    message: (code: string) => msg('The response is too large: at most 6 MB ({0}).', code),
    advice: [msg('Send less in one response, or have the client fetch large results from cloud storage.')],
  },
  EXCEED_RATELIMIT: tooMany,
  EXCEED_REQUEST_LIMIT: tooMany,
  EXCEED_CONCURRENT_REQUEST_LIMIT: tooMany,
  SYS_ERR: service,
  SERVER_TIMEOUT: service,
} satisfies Readonly<Record<string, ResponseRow & { readonly message: OfCode }>>;

/** The documentation page of a gateway error code. */
export function gatewayPage(code: string): string {
  return `https://docs.cloudbase.net/error-code/${encodeURIComponent(code)}`;
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
  if (!Object.hasOwn(gatewayFailures, code)) return null;
  const known = code as GatewayCode;
  return { code: known, message, requestId, meaning: gatewayFailures[known].message(known) };
}
