/**
 * A forward proxy (RFC 9110, 3.7) in a process of its own: `node --import tsx forwardProxy.ts <options as JSON>`. It
 * prints `listening on <port>`, and then each request it was asked for.
 */
import { createServer as createPlain, request as forward, type IncomingMessage } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startOwnedProcess, type OwnedProcess } from './ownedProcess.ts';
import { repositoryDir } from './paths.ts';

/** How the proxy behaves. */
export interface ForwardProxyOptions {
  /** `user:password` that it wants. */
  readonly credentials?: string;
  /** PEM files, for a proxy that is spoken to over TLS. */
  readonly cert?: string;
  readonly key?: string;
  /** What it does with CONNECT instead of opening a tunnel. */
  readonly tunnels?: 'refuse' | 'never' | 'garbage' | 'close';
}

/** A running proxy. */
export interface ForwardProxy {
  readonly port: number;
  /** Without a slash at the end. */
  readonly origin: string;
  /** Method and target of each request so far, e.g. `CONNECT 127.0.0.1:443`. */
  readonly requests: readonly string[];
  readonly process: OwnedProcess;
}

/** Starts one; its process is ended by the caller. */
export async function startForwardProxy(options: ForwardProxyOptions = {}): Promise<ForwardProxy> {
  const process_ = await startOwnedProcess({
    name: 'forward proxy',
    command: process.execPath,
    args: ['--import', 'tsx', fileURLToPath(import.meta.url), JSON.stringify(options)],
    cwd: repositoryDir,
  });
  const [, port = ''] = await process_.waitForLine(/listening on (\d+)/, 30_000);
  const scheme = options.cert === undefined ? 'http' : 'https';
  return {
    port: Number(port),
    origin: `${scheme}://127.0.0.1:${port}`,
    get requests() {
      return process_.lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
    },
    process: process_,
  };
}

function runProxy(options: ForwardProxyOptions): void {
  const { cert, key, credentials, tunnels } = options;
  const server =
    cert === undefined || key === undefined
      ? createPlain()
      : createSecure({ cert: readFileSync(cert), key: readFileSync(key) });
  const wanted =
    credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  const isLetIn = ({ headers, method, url }: IncomingMessage): boolean => {
    console.log(`> ${method} ${url}`);
    return wanted === undefined || headers['proxy-authorization'] === wanted;
  };

  server.on('request', (incoming, answer) => {
    if (!isLetIn(incoming)) {
      answer.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="proxy"' }).end('no\n');
      return;
    }
    const headers = { ...incoming.headers, via: '1.1 test' };
    delete headers['proxy-authorization'];
    const onward = forward(
      onLoopback(new URL(incoming.url ?? '')),
      { method: incoming.method, headers },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    socket.on('error', () => {});
    if (!isLetIn(incoming)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    } else if (tunnels === 'refuse') {
      socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno\n');
    } else if (tunnels === 'garbage') {
      socket.end('what?\r\n\r\n');
    } else if (tunnels === 'close') {
      socket.end();
    } else if (tunnels === undefined) {
      const { hostname, port } = onLoopback(new URL(`http://${incoming.url}`));
      const onward = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('close', () => onward.destroy());
    }
    // Read, so that its end is seen.
    if (tunnels === 'never') socket.resume().on('end', () => socket.end(() => console.log('> closed')));
  });
  server.listen(0, '127.0.0.1', () => {
    console.log(`listening on ${(server.address() as AddressInfo).port}`);
  });
}

/** Names under `.test` are this machine's. */
function onLoopback(url: URL): URL {
  if (url.hostname.endsWith('.test')) url.hostname = '127.0.0.1';
  return url;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  runProxy(JSON.parse(process.argv[2] ?? '{}') as ForwardProxyOptions);
}
