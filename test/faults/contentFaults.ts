import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Bench, Fault, Injected } from './faultBench.ts';

const EVENTS = { 'Content-Type': 'text/event-stream' };

/** A server that answers each request with these bytes, and closes. */
async function answering(bench: Bench, bytes: string | Uint8Array): Promise<Injected> {
  const { origin } = await bench.scripted(async (connection) => {
    await connection.raw(bytes);
    connection.destroy();
  });
  return { request: `GET ${origin}/` };
}

/** A whole response of this type and these bytes. */
async function whole(
  bench: Bench,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
  accept = '*/*',
): Promise<Injected> {
  const { origin } = await bench.scripted(async (connection) => {
    await connection.head(200, headers);
    await connection.write(body);
    await connection.end();
  });
  return { request: `GET ${origin}/\nAccept: ${accept}` };
}

/** Responses that are no HTTP, not decodable, not what was asked for, or lead elsewhere. */
export const contentFaults: readonly Fault[] = [
  {
    name: 'a status line that is none',
    code: 'protocol',
    words: /not valid HTTP/,
    kept: 'no answer, 0 bytes',
    inject: (bench) => answering(bench, 'SSH-2.0-server\r\n\r\n'),
  },
  {
    name: 'a header line that is none',
    code: 'protocol',
    words: /not valid HTTP/,
    kept: 'no answer, 0 bytes',
    inject: (bench) => answering(bench, 'HTTP/1.1 200 OK\r\nno colon here\r\n\r\n'),
  },
  {
    name: 'a chunk size that is none',
    code: 'protocol',
    words: /not valid HTTP/,
    kept: '200, 1 event, 9 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(200, EVENTS);
        await connection.write('data: 1\n\n');
        await connection.raw('xyz\r\n');
      });
      return { request: `GET ${origin}/` };
    },
  },
  {
    name: 'headers of 100 kB',
    code: 'protocol',
    words: /headers .* too long/,
    kept: 'no answer, 0 bytes',
    inject: (bench) => answering(bench, `HTTP/1.1 200 OK\r\nX-Long: ${'a'.repeat(100_000)}\r\n\r\n`),
  },
  {
    name: 'a body that is not gzip',
    code: 'decompression',
    words: /not compressed as its Content-Encoding says/,
    kept: '200, 0 events, 0 bytes',
    inject: (bench) => whole(bench, { ...EVENTS, 'Content-Encoding': 'gzip' }, 'data: 1\n\n'),
  },
  {
    name: 'a body that is not br',
    code: 'decompression',
    words: /not compressed as its Content-Encoding says/,
    kept: '200, 0 bytes',
    inject: (bench) => whole(bench, { 'Content-Encoding': 'br' }, Uint8Array.of(0xff, 0xff, 0xff, 0xff)),
  },
  {
    name: 'a gzip stream that ends in the middle',
    code: 'truncated',
    words: /compressed response .* ends in the middle/,
    kept: '200, 1 event, 9 bytes',
    inject: (bench) =>
      whole(bench, { ...EVENTS, 'Content-Encoding': 'gzip' }, gzipSync('data: 1\n\n').subarray(0, -8)),
  },
  {
    name: 'a br stream that ends in the middle',
    code: 'truncated',
    words: /compressed response .* ends in the middle/,
    kept: '200, 0 bytes',
    inject: (bench) =>
      whole(bench, { 'Content-Encoding': 'br' }, brotliCompressSync('x'.repeat(999)).subarray(0, 4)),
  },
  {
    name: 'a circle of redirects',
    code: 'too-many-redirects',
    words: /More than 10 redirects/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(302, { Location: '/again', 'Content-Length': '0' });
      });
      return { request: `GET ${origin}/` };
    },
  },
  {
    name: 'a redirect that would take a secret elsewhere',
    code: 'credential-refused',
    words: /redirect from .* is not followed: a secret would go there/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(307, { Location: 'http://127.0.0.1:9/', 'Content-Length': '0' });
      });
      return {
        request: `POST ${origin}/\n\n{{$secret key}}`,
        profiles: { test: { route: 'local' } },
        environment: { CBHTTP_SECRET_TEST_KEY: 'a secret value' },
      };
    },
  },
  {
    name: 'a redirect to where nothing listens',
    code: 'connection-refused',
    words: /Nothing answers/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => {
      const Location = `http://127.0.0.1:${await bench.closedPort()}/`;
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(302, { Location, 'Content-Length': '0' });
      });
      return { request: `GET ${origin}/` };
    },
  },
  {
    name: 'a web page in place of JSON',
    code: 'html-instead-of-data',
    words: /web page came where application\/json was asked for/,
    kept: '200, 6 bytes',
    inject: (bench) => whole(bench, { 'Content-Type': 'text/html' }, '<html>', 'application/json'),
  },
  {
    name: 'a JSON error in place of a stream',
    code: 'json-instead-of-stream',
    words: /it says: model overloaded/,
    kept: '200, 40 bytes',
    inject: (bench) =>
      whole(bench, { 'Content-Type': 'application/json' }, '{"error":{"message":"model overloaded"}}', 'text/event-stream'), // prettier-ignore
  },
  {
    name: 'a charset that nobody knows',
    code: 'unknown-charset',
    words: /charset "klingon" is none/,
    kept: '200, 4 bytes',
    inject: (bench) => whole(bench, { 'Content-Type': 'text/plain; charset=klingon' }, 'text'),
  },
  {
    name: 'GBK that is called UTF-8',
    code: 'wrong-charset',
    words: /not valid utf-8/,
    kept: '200, 4 bytes',
    inject: (bench) =>
      whole(bench, { 'Content-Type': 'text/plain; charset=utf-8' }, Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3)),
  },
];
