import type { Fault } from './faultBench.ts';

const EVENTS = { 'Content-Type': 'text/event-stream' };

/** Limits of time: ours and the function's. */
export const timeFaults: readonly Fault[] = [
  {
    name: 'a server that never answers TLS',
    code: 'connect-timeout',
    words: /time limit \(TLS\)/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => ({
      request: `# @connect-timeout 100ms\nGET https://127.0.0.1:${await bench.tcp(() => {})}/`,
    }),
  },
  {
    name: 'a proxy that never opens its tunnel',
    code: 'connect-timeout',
    words: /time limit \(proxy\)/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => ({
      request: '# @connect-timeout 100ms\nGET https://127.0.0.1:9/',
      profiles: { test: { route: 'local', proxy: `http://127.0.0.1:${await bench.tcp(() => {})}` } },
    }),
  },
  {
    name: 'silence before the headers',
    code: 'headers-timeout',
    words: /No response headers within 100 ms/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => ({
      request: `# @idle-timeout 100ms\nGET ${(await bench.scripted(() => {})).origin}/`,
    }),
  },
  {
    name: 'silence between events',
    code: 'idle-timeout',
    words: /Nothing came for 300 ms/,
    kept: '200, 1 event, 9 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(200, EVENTS);
        await connection.write('data: 1\n\n');
      });
      return { request: `# @idle-timeout 300ms\nGET ${origin}/` };
    },
  },
  {
    name: 'the whole takes too long, before the headers',
    code: 'timeout',
    words: /No end after 100 ms/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => ({
      request: `# @timeout 100ms\nGET ${(await bench.scripted(() => {})).origin}/`,
    }),
  },
  {
    name: 'the whole takes too long, in the body',
    code: 'timeout',
    words: /No end after 500 ms/,
    kept: '200, 1 event, 9 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(200, EVENTS);
        await connection.write('data: 1\n\n');
      });
      return { request: `# @timeout 500ms\nGET ${origin}/` };
    },
  },
  {
    name: 'cut at the function’s timeout',
    code: 'function-timeout',
    words: /the function’s timeout is 1 s/,
    kept: '200, 1 event, 9 bytes',
    inject: async (bench) => {
      const { origin } = await bench.scripted(async (connection) => {
        await connection.head(200, EVENTS);
        await connection.write('data: 1\n\n');
        setTimeout(() => connection.reset(), 1000); // the platform's
      });
      return {
        request: 'GET fn://chat',
        profiles: { dev: { route: 'service', baseUrl: origin } },
        timeoutSeconds: 1,
      };
    },
  },
];
