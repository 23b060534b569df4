import { readObject } from './auth.ts';
import { own } from './cloud.ts';
import type { GatewayEnvironment, GatewayOptions } from './cloud.ts';
import type { Exchange } from './exchange.ts';
import type { Rights, Tokens } from './tokens.ts';

/** [I]: that the function does not see who called with which key, nor how the call was marked. */
const withheld = new Set(['authorization', 'x-tcb-webfn', 'x-qualifier', 'host', 'x-request-id']);

/** The HTTP API for functions: `target` is path and query behind the environment's segment. */
export async function serveHttpApi(
  target: string,
  environment: GatewayEnvironment,
  exchange: Exchange,
  { options, tokens }: { readonly options: GatewayOptions; readonly tokens: Tokens },
): Promise<void> {
  const call = parseTarget(target);
  if (call === undefined) {
    exchange.refuse('INVALID_PATH', 'The path is not /v1/functions/{name}.');
    return;
  }
  const rights = rightsOf(exchange, environment, tokens);
  if (rights === undefined) return;
  const { headers, method = '' } = exchange.incoming;
  const isInBody = options.subPath === 'body';
  // Where the path is read from the body, all of the URL behind /v1/functions/ is the name.
  const port = isInBody && call.subPath !== '' ? undefined : own(options.functions, call.name);
  const isMarked = headers['x-tcb-webfn'] === 'true' || call.isMarked;
  if (port === undefined || !isMarked) {
    // Without the marker the gateway looks for an event function of that name, and there is none.
    exchange.refuse('FUNCTION_NOT_FOUND', `No ${isMarked ? 'HTTP' : 'event'} function "${call.name}".`);
    return;
  }
  const qualifier = headers['x-qualifier'];
  if (qualifier !== undefined && !['$LATEST', ...(options.versions ?? [])].includes(String(qualifier))) {
    exchange.refuse('FUNCTION_QUALIFIER_NOT_FOUND', `No version "${String(qualifier)}" of "${call.name}".`);
    return;
  }
  if (rights !== 'admin' && options.adminOnly?.includes(call.name) === true) {
    exchange.refuse('EXCEED_AUTHORITY', `The security rule of "${call.name}" refuses ${rights} callers.`);
    return;
  }
  const timeoutMs = options.timeoutsMs?.[call.name] ?? 0;
  if (!isInBody) {
    // [I]: the function sees the sub-path alone, and `/` where there is none.
    exchange.passOn({ port, method, path: (call.subPath || '/') + call.query, withheld, timeoutMs });
    return;
  }
  const body = await exchange.readBody();
  if (body === undefined) return;
  const { path, method: inner, ...rest } = readObject(body) ?? {};
  if (path === undefined && inner === undefined) {
    exchange.passOn({ port, method, path: `/${call.query}`, withheld, timeoutMs, body });
    return;
  }
  const isCall = typeof path === 'string' && path.startsWith('/') && typeof inner === 'string';
  const isJson = /^application\/json\b/.test(headers['content-type'] ?? '');
  if (method !== 'POST' || !isJson || !isCall) {
    exchange.refuse('FUNCTION_PARAM_INVALID', 'The call is no POST of a JSON object with path and method.');
    return;
  }
  // [U]: what of the body the function gets. Here the rest, and nothing where there is no rest.
  const passed = Buffer.from(Object.keys(rest).length > 0 ? JSON.stringify(rest) : '');
  exchange.passOn({ port, method: inner, path: path + call.query, withheld, timeoutMs, body: passed });
}

/** What the bearer of the request's token may do; undefined where the request has been refused. */
export function rightsOf(
  exchange: Exchange,
  environment: GatewayEnvironment,
  tokens: Tokens,
): Rights | undefined {
  const { authorization } = exchange.incoming.headers;
  if (authorization === undefined) {
    exchange.refuse('MISSING_CREDENTIALS', 'The request has no Authorization header.');
    return undefined;
  }
  const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const rights = bearer === undefined ? 'INVALID_CREDENTIALS' : tokens.rightsOf(environment, bearer);
  if (rights === 'admin' || rights === 'anonymous') return rights;
  exchange.refuse(rights, `The credentials are not valid for ${environment.envId}.`);
  return undefined;
}

interface HttpApiCall {
  readonly name: string;
  /** Empty, or with its leading slash. */
  readonly subPath: string;
  /** Without the marker; empty, or with its question mark. */
  readonly query: string;
  /** True where the query says `webfn=true`. */
  readonly isMarked: boolean;
}

/** Takes path and query apart as text: what is passed on stays as it was encoded. */
function parseTarget(target: string): HttpApiCall | undefined {
  const [path = '', query] = splitOnce(target, '?');
  const [, name, subPath = ''] = /^\/v1\/functions\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  const parameters = query?.split('&') ?? [];
  // [U]: whether the marker in the query reaches the function. Here it does not, the rest of the query does.
  const passedOn = parameters.filter((parameter) => parameter !== 'webfn=true');
  return {
    name,
    subPath,
    query: passedOn.length > 0 ? `?${passedOn.join('&')}` : '',
    isMarked: passedOn.length < parameters.length,
  };
}

/** The text before and after the first separator. */
export function splitOnce(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
