import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as it arrived. */
export interface Arrival {
  /** `GET http://localhost:9000/path?query`: the scheme says which server it reached. */
  readonly line: string;
  /** `name: value`, names in lower case, sorted; several of one name in the order of arrival. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** A pair of servers on 127.0.0.1, with and without TLS, that answer everything with a little JSON. */
export interface ArrivalServers {
  /** `127.0.0.1:port` each. */
  readonly http: string;
  readonly https: string;
  /** What arrived since the last call, in order. */
  take(): Arrival[];
  close(): Promise<void>;
}

/** Sent by the tools on their own where the text has no such header, each its own: no part of the text's meaning. */
const OWN_HEADERS = /^(?:connection: (?:keep-alive|close)|user-agent: (?:httpyac|cbhttp\/\S+))$/;

/** Starts the servers. @param tls certificate and key in one PEM text. The caller closes them. */
export async function startArrivalServers(tls: string): Promise<ArrivalServers> {
  let arrived: Arrival[] = [];
  const handler: RequestListener = (message, response) => {
    void record(message).then((arrival) => {
      arrived.push(arrival);
      const answer = '{"token":"t-4711","id":7,"items":[{"id":"first"}]}';
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length });
      response.end(message.method === 'HEAD' ? undefined : answer);
    });
  };
  const servers: Server[] = [createServer(handler), createTlsServer({ cert: tls, key: tls }, handler)];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const [http = '', https = ''] = servers.map(
    (server) => `127.0.0.1:${(server.address() as AddressInfo).port}`,
  );
  return {
    http,
    https,
    take() {
      const taken = arrived;
      arrived = [];
      return taken;
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function record(message: IncomingMessage): Promise<Arrival> {
  const scheme = 'encrypted' in message.socket ? 'https' : 'http';
  const headers: string[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const value = Buffer.from(message.rawHeaders[index + 1] ?? '', 'latin1').toString('utf8');
    headers.push(`${(message.rawHeaders[index] ?? '').toLowerCase()}: ${value}`);
  }
  const kept = headers.filter((header) => !OWN_HEADERS.test(header));
  const name = (header: string): string => header.slice(0, header.indexOf(':'));
  kept.sort((one, other) => (name(one) < name(other) ? -1 : name(one) > name(other) ? 1 : 0));
  return {
    line: `${message.method ?? ''} ${scheme}:${message.url ?? ''}`,
    headers: kept,
    body: await buffer(message),
  };
}
