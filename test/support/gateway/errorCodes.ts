/**
 * The codes of the facts sheet's table and their statuses: 400, 401 and 403 of `FUNCTION_PARAM_INVALID`, missing
 * credentials and `EXCEED_AUTHORITY` are [D], the others [I].
 */
export const statusOf = {
  FUNCTION_NOT_FOUND: 404,
  FUNCTION_QUALIFIER_NOT_FOUND: 404,
  FUNCTION_INVOCATION_FAILED: 502,
  FUNCTION_PARAM_INVALID: 400,
  FUNCTION_TIME_LIMIT_EXCEEDED: 504,
  FUNCTIONS_TIME_LIMIT_EXCEEDED: 504,
  FUNCTION_MEMORY_LIMIT_EXCEEDED: 500,
  FUNCTION_EXCEED_RESOURCE_LIMIT: 500,
  FUNCTION_STATUS_ABNORMAL: 500,
  EXCEED_AUTHORITY: 403,
  ACTION_FORBIDDEN: 403,
  MISSING_CREDENTIALS: 401,
  INVALID_CREDENTIALS: 401,
  INVALID_ACCESS_TOKEN: 401,
  ACCESS_TOKEN_EXPIRED: 401,
  INVALID_HOST: 400,
  INVALID_ENV: 400,
  INVALID_ENV_STATUS: 400,
  EXCEED_MAX_PAYLOAD_SIZE: 413,
  EXCEED_MAX_RESPONSE_SIZE: 502,
  EXCEED_RATELIMIT: 429,
  EXCEED_REQUEST_LIMIT: 429,
  EXCEED_CONCURRENT_REQUEST_LIMIT: 429,
  SYS_ERR: 500,
  SERVER_TIMEOUT: 504,
} as const;

/** A gateway code of the facts sheet. */
export type GatewayErrorCode = keyof typeof statusOf;

/** All of them. */
export const gatewayErrorCodes = Object.keys(statusOf) as readonly GatewayErrorCode[];

/** Statuses of SCF at function level [D], and what they say. */
export const scfStatuses = {
  405: 'The container exited.',
  406: 'The response is too large.',
  407: 'The request is too large.',
  410: 'The account has no balance.',
  433: 'The function ran into its timeout.',
} as const;

export type ScfStatus = keyof typeof scfStatuses;
