/**
 * The benchmark's server, a process of its own (`node --import tsx test/bench/send/sendServer.ts`) that prints
 * `listening on <port>`: `/small` answers a little JSON, `/download?bytes=<n>` so many bytes, `/upload` takes any
 * number, `/connections` says how many connections there were.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

const small = Buffer.from(JSON.stringify({ ok: true, text: 'a small answer', numbers: [1, 2, 3] }));
const piece = Buffer.alloc(65_536, 'download ');
let connections = 0;

async function sendBytes(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes });
  for (let left = bytes; left > 0 && !response.destroyed; left -= piece.length) {
    if (!response.write(piece.subarray(0, Math.min(left, piece.length)))) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  response.end();
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const url = new URL(request.url ?? '', 'http://h');
  switch (url.pathname) {
    case '/small':
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': small.length });
      response.end(small);
      break;
    case '/download':
      sendBytes(response, Number(url.searchParams.get('bytes'))).catch(() => response.destroy());
      break;
    case '/upload': {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      request.on('end', () => response.end(String(bytes)));
      break;
    }
    default:
      response.end(String(connections));
  }
});
server.on('connection', () => connections++);
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on ${(server.address() as AddressInfo).port}`);
});
