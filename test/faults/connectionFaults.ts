import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import { readPair } from '../support/certificates.ts';
import type { Bench, Fault } from './faultBench.ts';

const EVENTS = { 'Content-Type': 'text/event-stream' };

/** An HTTP/2 server, and its profile. */
async function http2(bench: Bench, onStream: (stream: ServerHttp2Stream) => void) {
  const server: Http2SecureServer = createSecureServer(readPair(bench.certificates.server));
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    onStream(stream);
  });
  server.on('sessionError', () => {});
  const port = await bench.listen(server);
  return {
    request: `GET https://localhost:${port}/`,
    profiles: { test: { route: 'local', tls: { ca: bench.certificates.ca } } },
  };
}

/** Names, and connections that are refused or break. */
export const connectionFaults: readonly Fault[] = [
  {
    name: 'the local function does not run',
    code: 'connection-refused',
    words: /refused/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => ({
      request: 'GET fn://chat',
      profiles: { local: { route: 'local', functions: { chat: await bench.closedPort() } } },
    }),
  },
  {
    name: 'a URL where nothing listens',
    code: 'connection-refused',
    words: /Nothing answers at 127\.0\.0\.1:\d+/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => ({ request: `GET http://127.0.0.1:${await bench.closedPort()}/` }),
  },
  {
    name: 'a host name that no DNS can know',
    code: 'dns',
    words: /is not known/,
    kept: 'no answer, 0 bytes',
    inject: () => Promise.resolve({ request: `GET http://${'a'.repeat(64)}.invalid/` }),
  },
  {
    name: 'an address without a way to it',
    code: 'unreachable',
    words: /no way to/,
    kept: 'no answer, 0 bytes',
    inject: () => Promise.resolve({ request: 'GET http://255.255.255.255:9/' }),
  },
  {
    name: 'reset before the answer',
    code: 'reset',
    words: /before an answer/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => ({ request: `POST ${(await bench.scripted((one) => one.reset())).origin}/` }),
  },
  {
    name: 'closed before the answer',
    code: 'reset',
    words: /before an answer/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => ({ request: `POST ${(await bench.scripted((one) => one.destroy())).origin}/` }),
  },
  {
    name: 'reset between two events',
    code: 'reset',
    words: /before the end/,
    kept: '200, 2 events, 18 bytes',
    inject: async (bench) => {
      let breakOff = (): void => {};
      const { origin } = await bench.scripted(async (connection) => {
        breakOff = () => connection.reset();
        await connection.head(200, EVENTS);
        await connection.write('data: 1\n\ndata: 2\n\n');
      });
      return { request: `GET ${origin}/`, onBody: () => breakOff() };
    },
  },
  {
    name: 'reset within an event',
    code: 'reset',
    words: /before the end/,
    kept: '200, 1 event and a tail, 15 bytes',
    inject: async (bench) => {
      let breakOff = (): void => {};
      const { origin } = await bench.scripted(async (connection) => {
        breakOff = () => connection.reset();
        await connection.head(200, EVENTS);
        await connection.write('data: 1\n\ndata: ');
      });
      return { request: `GET ${origin}/`, onBody: () => breakOff() };
    },
  },
  {
    name: 'closed without the last chunk',
    code: 'reset',
    words: /before the end/,
    kept: '200, 1 event, 9 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(200, EVENTS);
        await connection.write('data: 1\n\n');
        connection.destroy();
      });
      return { request: `GET ${origin}/` };
    },
  },
  {
    name: 'a body shorter than its Content-Length',
    code: 'truncated',
    words: /cut off/,
    kept: '200, 4 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(200, { 'Content-Length': '10' });
        await connection.write('four');
        connection.destroy();
      });
      return { request: `GET ${origin}/` };
    },
  },
  {
    name: 'HTTP/2: the stream is reset before the answer',
    code: 'reset',
    words: /before an answer/,
    kept: 'no answer, 0 bytes',
    inject: (bench) => http2(bench, (stream) => stream.close(2)),
  },
  {
    name: 'HTTP/2: the session goes away in the body',
    code: 'reset',
    words: /before the end/,
    kept: '200, 1 event, 9 bytes',
    inject: async (bench) => {
      let leave = (): void => {};
      const sent = await http2(bench, (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'text/event-stream' });
        stream.write('data: 1\n\n');
        leave = () => stream.session?.destroy();
      });
      return { ...sent, onBody: () => leave() };
    },
  },
  {
    name: 'cancelled by the user in the body',
    code: 'cancelled',
    words: /Cancelled by you/,
    kept: '200, 1 event, 9 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(200, EVENTS);
        await connection.write('data: 1\n\n');
      });
      return { request: `GET ${origin}/`, onBody: (cancel) => cancel() };
    },
  },
];
