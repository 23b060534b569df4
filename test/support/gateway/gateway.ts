import { randomUUID } from 'node:crypto';
import { createServer, request as sendRequest } from 'node:http';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// A double of CloudBase's HTTP API gateway. What the vendor documents is done strictly, so that a client that forgets
// the marker header, the token or a limit fails here as it would there. [I] marks what is only inferred about the
// real gateway and [U] what is unknown; the double has to do something there, and no test should lean on it.

/** One environment the double serves, and the API key that opens it. */
export interface GatewayEnvironment {
  readonly envId: string;
  readonly apiKey: string;
}

/** What the double serves. */
export interface GatewayOptions {
  /** By the first segment of the path, which here stands for the real gateway's host name. */
  readonly environments: Readonly<Record<string, GatewayEnvironment>>;
  /** Function name to the port on 127.0.0.1 where it runs; every environment has all of them. */
  readonly functions: Readonly<Record<string, number>>;
  /** A free one when left out. */
  readonly port?: number;
}

/**
 * How an exchange came to its end: the answer was sent completely, the client closed the connection before that, or
 * the answer was cut because the function broke off or a limit was passed.
 */
export type GatewayOutcome = 'answered' | 'client left' | 'cut';

/** One request that reached the double, refused ones too. */
export interface GatewayRequest {
  /** As in the reply's `X-Request-Id`. */
  readonly requestId: string;
  readonly method: string;
  /** Path and query as on the request line, the environment's segment included. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Settles when the exchange is over; never rejects. */
  readonly closed: Promise<GatewayOutcome>;
}

/** A running double. */
export interface Gateway {
  readonly port: number;
  /** All requests so far, in the order they came. */
  readonly requests: readonly GatewayRequest[];
  /** Calls `listener` with each exchange that ends from now on; the returned function stops that. */
  onDidClose(listener: (request: GatewayRequest, outcome: GatewayOutcome) => void): () => void;
  /** Breaks off what is still running and stops listening. */
  dispose(): Promise<void>;
}

/** Codes the double answers with (documented) and their statuses: 401 is documented, the others are [I]. */
const statusOf = {
  MISSING_CREDENTIALS: 401,
  INVALID_CREDENTIALS: 401,
  INVALID_ENV: 400,
  INVALID_PATH: 404, // [U]: what the real gateway calls a path outside /v1/functions
  FUNCTION_NOT_FOUND: 404,
  FUNCTION_QUALIFIER_NOT_FOUND: 404,
  FUNCTION_INVOCATION_FAILED: 502,
  EXCEED_MAX_PAYLOAD_SIZE: 413,
} as const;

type GatewayErrorCode = keyof typeof statusOf;

/** Documented limits of a request's body; that they count in units of 1024 is [I]. */
const maxTextBytes = 100 * 1024;
const maxOtherBytes = 6 * 1024 * 1024;

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** [I]: that the function does not see who called with which key, nor how the call was marked. */
const keptFromFunction = new Set(['authorization', 'x-tcb-webfn', 'x-qualifier', 'host', 'x-request-id']);

/**
 * Starts the double on 127.0.0.1. The caller disposes it. Rejects with the system's error, code `EADDRINUSE` for
 * one, when `port` cannot be had.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const requests: GatewayRequest[] = [];
  const listeners = new Set<(request: GatewayRequest, outcome: GatewayOutcome) => void>();

  const server = createServer({ requestTimeout: 0 }, (incoming, reply) => {
    const exchange = new Exchange(incoming, reply, options);
    const record: GatewayRequest = {
      requestId: exchange.requestId,
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      closed: exchange.closed,
    };
    requests.push(record);
    void exchange.closed.then((outcome) => {
      for (const listener of [...listeners]) {
        listener(record, outcome);
      }
    });
    exchange.start();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    requests,
    onDidClose(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async dispose() {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

/** One request on its way through: checked, passed to the function, its answer passed back as it comes. */
class Exchange {
  readonly requestId = randomUUID();
  readonly closed: Promise<GatewayOutcome>;
  readonly #incoming: IncomingMessage;
  readonly #reply: ServerResponse;
  readonly #options: GatewayOptions;
  #upstream: ClientRequest | undefined;
  #isCut = false;

  constructor(incoming: IncomingMessage, reply: ServerResponse, options: GatewayOptions) {
    this.#incoming = incoming;
    this.#reply = reply;
    this.#options = options;
    this.closed = new Promise((resolve) => {
      reply.once('close', () => {
        // Whoever ended it: the function must not go on for a client that is gone.
        this.#upstream?.destroy();
        if (reply.writableFinished) {
          resolve('answered');
        } else {
          resolve(this.#isCut ? 'cut' : 'client left');
        }
      });
    });
  }

  start(): void {
    const target = parseTarget(this.#incoming.url ?? '/');
    const environment = own(this.#options.environments, target.prefix);
    if (!environment) {
      this.#refuse('INVALID_ENV', `No environment "${target.prefix}".`);
      return;
    }
    if (target.name === undefined) {
      this.#refuse('INVALID_PATH', 'The path is not /v1/functions/{name}.');
      return;
    }
    const { authorization } = this.#incoming.headers;
    if (authorization === undefined) {
      this.#refuse('MISSING_CREDENTIALS', 'The request has no Authorization header.');
      return;
    }
    if (/^Bearer +(\S+)$/i.exec(authorization)?.[1] !== environment.apiKey) {
      this.#refuse('INVALID_CREDENTIALS', `The credentials are not valid for ${environment.envId}.`);
      return;
    }
    const port = own(this.#options.functions, target.name);
    const isMarked = this.#incoming.headers['x-tcb-webfn'] === 'true' || target.isMarked;
    if (port === undefined || !isMarked) {
      // Without the marker the gateway looks for an event function of that name, and there is none.
      this.#refuse('FUNCTION_NOT_FOUND', `No ${isMarked ? 'HTTP' : 'event'} function "${target.name}".`);
      return;
    }
    const qualifier = this.#incoming.headers['x-qualifier'];
    if (qualifier !== undefined && qualifier !== '$LATEST') {
      this.#refuse('FUNCTION_QUALIFIER_NOT_FOUND', `No version "${String(qualifier)}" of "${target.name}".`);
      return;
    }
    const maxBytes = bodyLimit(this.#incoming.headers['content-type']);
    if (Number(this.#incoming.headers['content-length'] ?? 0) > maxBytes) {
      this.#refuse('EXCEED_MAX_PAYLOAD_SIZE', `The body is larger than ${maxBytes} bytes.`);
      return;
    }
    this.#passOn(port, target.pathAndQuery, maxBytes);
  }

  #passOn(port: number, path: string, maxBytes: number): void {
    const upstream = sendRequest({
      host: '127.0.0.1',
      port,
      method: this.#incoming.method,
      path,
      agent: false,
      // [I]: the function's own Host. The id's name is the one @cloudbase/functions-framework looks for.
      headers: { ...forwardedHeaders(this.#incoming), 'X-Cloudbase-Request-Id': this.requestId },
    });
    this.#upstream = upstream;
    upstream.setNoDelay(true);
    upstream.on('response', (answer) => {
      this.#passBack(answer);
    });
    upstream.on('error', (error) => {
      this.#fail(`The function did not answer: ${error.message}`);
    });

    let bytes = 0;
    this.#incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes && this.#upstream) {
        this.#upstream = undefined;
        this.#incoming.unpipe(upstream);
        upstream.destroy();
        this.#refuse('EXCEED_MAX_PAYLOAD_SIZE', `The body is larger than ${maxBytes} bytes.`);
      }
    });
    this.#incoming.pipe(upstream);
  }

  #passBack(answer: IncomingMessage): void {
    const headers = [...pairs(answer.rawHeaders)]
      .filter(([name]) => !hopByHop.has(name.toLowerCase()) && name.toLowerCase() !== 'x-request-id')
      .flat();
    this.#reply.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', [
      ...headers,
      'X-Request-Id',
      this.requestId,
    ]);
    this.#reply.flushHeaders();
    this.#reply.socket?.setNoDelay(true);
    answer.on('error', (error) => {
      this.#fail(`The function broke off: ${error.message}`);
    });
    answer.pipe(this.#reply);
  }

  #fail(message: string): void {
    if (this.#reply.destroyed || this.#upstream === undefined) {
      return; // The client left or was refused, and that is what broke the connection to the function.
    }
    this.#refuse('FUNCTION_INVOCATION_FAILED', message);
  }

  /** An error reply, if that is still possible; else the client sees the answer cut. */
  #refuse(code: GatewayErrorCode, message: string): void {
    if (this.#reply.headersSent) {
      this.#isCut = true;
      this.#reply.destroy();
      return;
    }
    this.#incoming.resume(); // read and forget, or a client that is still sending never reads the answer
    const body = JSON.stringify({ code, message, requestId: this.requestId });
    this.#reply.writeHead(statusOf[code], {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'X-Request-Id': this.requestId,
    });
    this.#reply.end(body);
  }
}

interface GatewayTarget {
  /** The first segment; empty for `/`. */
  readonly prefix: string;
  /** Undefined where the path is not one of the HTTP API for functions. */
  readonly name: string | undefined;
  /** True where the query says `webfn=true`. */
  readonly isMarked: boolean;
  /** What the function sees. */
  readonly pathAndQuery: string;
}

/** Takes the request line's target apart as text: what is passed on stays as it was encoded. */
function parseTarget(url: string): GatewayTarget {
  const [path = '', query] = splitOnce(url, '?');
  const [, prefix = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(path) ?? [];
  const [, name, subPath = ''] = /^\/v1\/functions\/([^/]+)(\/.*)?$/.exec(rest) ?? [];
  const parameters = query?.split('&') ?? [];
  // [U]: whether the marker in the query reaches the function. Here it does not, the rest of the query does.
  const passedOn = parameters.filter((parameter) => parameter !== 'webfn=true');
  return {
    prefix,
    name,
    isMarked: passedOn.length < parameters.length,
    // [I]: the function sees the sub-path alone, and `/` where there is none.
    pathAndQuery: (subPath || '/') + (passedOn.length > 0 ? `?${passedOn.join('&')}` : ''),
  };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

/** [I]: which types count as text. */
function bodyLimit(contentType: string | undefined): number {
  const isText = /^(text\/|application\/(json|xml|x-www-form-urlencoded|[^;]*\+(json|xml))\s*(;|$))/i;
  return isText.test(contentType ?? '') ? maxTextBytes : maxOtherBytes;
}

function forwardedHeaders(incoming: IncomingMessage): Record<string, string | string[]> {
  const forwarded = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of pairs(incoming.rawHeaders)) {
    const key = name.toLowerCase();
    if (hopByHop.has(key) || keptFromFunction.has(key)) {
      continue;
    }
    const known = forwarded.get(key);
    if (known) {
      known.values.push(value);
    } else {
      forwarded.set(key, { name, values: [value] });
    }
  }
  const headers: Record<string, string | string[]> = {};
  for (const { name, values } of forwarded.values()) {
    const [only] = values;
    headers[name] = values.length === 1 && only !== undefined ? only : values;
  }
  if (incoming.headers['transfer-encoding'] !== undefined) {
    headers['Transfer-Encoding'] = 'chunked';
  }
  return headers;
}

function* pairs(rawHeaders: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    yield [rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''];
  }
}

/** The entry of that very name: none for names such as `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
