import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { serveAccess } from './accessService.ts';
import { serveAuth } from './auth.ts';
import { own } from './cloud.ts';
import type {
  GatewayEnvironment,
  GatewayOptions,
  GatewayOutcome,
  GatewayPart,
  GatewayRequest,
} from './cloud.ts';
import { Exchange } from './exchange.ts';
import { commit, Faults } from './faults.ts';
import { serveHttpApi } from './httpApi.ts';
import { serveManagement } from './managementApi.ts';
import { Tokens } from './tokens.ts';

/**
 * A running double of CloudBase. What the vendor documents or its code does is done strictly, so that a client that
 * forgets the marker header, the token, a signature's part or a limit fails here as it would there.
 */
export interface Gateway {
  /** Of the HTTP API, the auth endpoints and the management API. */
  readonly port: number;
  /** The same, without a slash at the end. */
  readonly origin: string;
  /** By the environment's key: the origin of its HTTP access service, for those that have one. */
  readonly accessOrigins: Readonly<Record<string, string>>;
  /** All requests so far, in the order they came. */
  readonly requests: readonly GatewayRequest[];
  /** The tokens it gave out, to expire and revoke. */
  readonly tokens: Tokens;
  /** What is to go wrong next. */
  readonly faults: Faults;
  /** Calls `listener` with each exchange that ends from now on; the returned function stops that. */
  onDidClose(listener: (request: GatewayRequest, outcome: GatewayOutcome) => void): () => void;
  /** Breaks off what is still running and stops listening. */
  dispose(): Promise<void>;
}

/**
 * Starts the double on 127.0.0.1. The caller disposes it. Rejects with the system's error, code `EADDRINUSE` for
 * one, when `port` cannot be had.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const now = options.now ?? Date.now;
  const tokens = new Tokens(now);
  const faults = new Faults();
  const requests: GatewayRequest[] = [];
  const listeners = new Set<(request: GatewayRequest, outcome: GatewayOutcome) => void>();
  const accessDomains: Record<string, string> = {};
  const servers: Server[] = [];

  /** Keeps a request's record, and answers it with a fault or by `serve`. */
  const take = (exchange: Exchange, part: GatewayPart, serve: () => void | Promise<void>): void => {
    const { method = '', url = '', headers } = exchange.incoming;
    const { requestId, closed } = exchange;
    const record: GatewayRequest = { requestId, part, method, url, headers, closed };
    requests.push(record);
    void closed.then((outcome) => {
      for (const listener of [...listeners]) {
        listener(record, outcome);
      }
    });
    const fault = faults.take(part);
    if (fault !== undefined && commit(fault, exchange)) return;
    // What fails here is a client that left while its body was read, or a mistake in the double.
    Promise.resolve()
      .then(serve)
      .catch(() => exchange.incoming.socket.resetAndDestroy());
  };

  const serveCloud = (exchange: Exchange): void => {
    const { url = '/', headers } = exchange.incoming;
    if (headers['x-tc-action'] !== undefined) {
      take(exchange, 'management', () => serveManagement(exchange, { options, accessDomains, nowMs: now() }));
      return;
    }
    const [, prefix = '', target = ''] = /^\/([^/?]*)(.*)$/.exec(url) ?? [];
    const environment = own(options.environments, prefix);
    const isAuth = target.startsWith('/auth/');
    take(exchange, isAuth ? 'auth' : 'httpApi', () => {
      if (environment === undefined) {
        exchange.refuse('INVALID_ENV', `No environment "${prefix}".`);
        return;
      }
      return isAuth
        ? serveAuth(target, exchange, { environment, tokens, nowMs: now() })
        : serveHttpApi(target, environment, exchange, { options, tokens });
    });
  };

  const listen = async (port: number, serve: (exchange: Exchange) => void): Promise<number> => {
    const server = createListeningServer(options, (incoming, reply) => {
      serve(new Exchange(incoming, reply));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer));
  };

  const scheme = options.tls === undefined ? 'http' : 'https';
  const port = await listen(options.port ?? 0, serveCloud);
  for (const [key, environment] of Object.entries(options.environments)) {
    const { service } = environment satisfies GatewayEnvironment;
    if (service === undefined) continue;
    const servicePort = await listen(0, (exchange) => {
      take(exchange, 'access', () => {
        serveAccess(service, environment, exchange, { options, tokens });
      });
    });
    accessDomains[key] = `127.0.0.1:${servicePort}`;
  }

  return {
    port,
    origin: `${scheme}://127.0.0.1:${port}`,
    accessOrigins: Object.fromEntries(
      Object.entries(accessDomains).map(([key, domain]) => [key, `${scheme}://${domain}`]),
    ),
    requests,
    tokens,
    faults,
    onDidClose(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    dispose,
  };
}

function createListeningServer({ tls }: GatewayOptions, onRequest: RequestListener): Server {
  const limits = { requestTimeout: 0 };
  return tls === undefined
    ? createServer(limits, onRequest)
    : createTlsServer({ ...limits, ...tls }, onRequest);
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
