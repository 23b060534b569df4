import type { Bench, Fault, Injected } from './faultBench.ts';

const NOT_SENT = 'no answer, 0 bytes';

/** A request through a proxy, to where nothing has to be. */
function through(proxy: string, request = 'GET https://localhost:9/'): Injected {
  return { request, profiles: { test: { route: 'local', proxy } } };
}

/** A proxy that answers each CONNECT with these bytes and closes. */
async function answering(bench: Bench, answer: string): Promise<Injected> {
  const port = await bench.tcp((socket) => void socket.once('data', () => socket.end(answer)));
  return through(`http://127.0.0.1:${port}`);
}

/** What a proxy can do wrong. */
export const proxyFaults: readonly Fault[] = [
  {
    name: 'a proxy that is not there',
    code: 'proxy',
    words: /cannot be reached \(ECONNREFUSED/,
    kept: NOT_SENT,
    inject: async (bench) => through(`http://127.0.0.1:${await bench.closedPort()}`),
  },
  {
    name: 'a proxy that wants credentials',
    code: 'proxy',
    words: /wants a user and a password/,
    kept: NOT_SENT,
    inject: (bench) => Promise.resolve(through(bench.guardedProxy.origin)),
  },
  {
    name: 'a proxy that wants other credentials',
    code: 'proxy',
    words: /did not take the user and password/,
    kept: NOT_SENT,
    inject: (bench) => Promise.resolve(through(`http://me:wrong@127.0.0.1:${bench.guardedProxy.port}`)),
  },
  {
    name: 'a proxy that wants credentials, for plain http',
    code: 'proxy',
    words: /wants a user and a password/,
    kept: '407, 3 bytes',
    inject: (bench) => Promise.resolve(through(bench.guardedProxy.origin, 'GET http://localhost:9/')),
  },
  {
    name: 'a bad gateway beyond the proxy',
    code: 'proxy',
    words: /refused the connection \(status 502\)/,
    kept: NOT_SENT,
    inject: (bench) => answering(bench, 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'),
  },
  {
    name: 'a proxy that does not speak HTTP',
    code: 'proxy',
    words: /does not answer in HTTP/,
    kept: NOT_SENT,
    inject: (bench) => answering(bench, 'SSH-2.0-server\r\n\r\n'),
  },
  {
    name: 'a proxy that closes without an answer',
    code: 'proxy',
    words: /closed the connection without an answer/,
    kept: NOT_SENT,
    inject: (bench) => answering(bench, ''),
  },
  {
    name: 'a SOCKS proxy',
    code: 'proxy',
    words: /kind socks5 cannot be used/,
    kept: NOT_SENT,
    inject: () => Promise.resolve(through('socks5://127.0.0.1:1080')),
  },
  {
    name: 'a proxy’s address that is no URL',
    code: 'proxy',
    words: /no URL/,
    kept: NOT_SENT,
    inject: () => Promise.resolve(through('http://a b')),
  },
];
