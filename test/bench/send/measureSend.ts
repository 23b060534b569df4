/**
 * Measures one thing, bundled as the command-line tool is: `node measureSend.cjs <what> <origin> [<folder>] [<bytes>]`.
 * Prints the figures as JSON, last.
 */
import path from 'node:path';
import { request as bareRequest } from 'undici';
import { placedRequests } from '../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../src/core/cbhttp/parse.ts';
import { prepareRequest, type PrepareOptions } from '../../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../../src/core/profiles/profile.ts';
import { BODY_MEMORY_BYTES, ByteLog } from '../../../src/core/stream/byteLog.ts';
import { runExchange } from '../../../src/core/stream/exchange.ts';
import { monotonicClock } from '../../../src/net/clock.ts';
import { acceptEncoding } from '../../../src/net/contentCoding.ts';
import { createCookieJar } from '../../../src/net/cookieJar.ts';
import { openFileSpill } from '../../../src/net/fileSpill.ts';
import { terminalPorts } from '../../../src/net/terminalPorts.ts';
import { createWireTransport } from '../../../src/net/wireTransport.ts';

const ROUNDS = 10;
const REQUESTS = 1000;
const AT_ONCE = 50;

const [, , what = '', origin = '', folder = '.', bytes = '0'] = process.argv;
const transport = createWireTransport({ editor: () => null, environment: {} });
const jar = createCookieJar();
const ports = { transport, clock: monotonicClock, cookieJar: () => Promise.resolve(jar) };
const profiles = readProfiles({ bench: { route: 'local', variables: { host: origin } } }, undefined);

/** A send as the editor and the command-line tool make it, from the parsed document on. */
function makeSend(text: string, onChunk: (chunk: Uint8Array) => void): () => Promise<void> {
  const document = parseCbhttp(text);
  const placed = placedRequests(document)[0];
  if (placed === undefined) throw new Error('no request');
  const file = path.join(folder, 'bench.cbhttp');
  const sendPorts = terminalPorts({
    file,
    root: undefined,
    environment: {},
    memory: { last: () => undefined },
  });
  const optionsWith = (signal: AbortSignal): PrepareOptions => ({
    profiles,
    signal,
    credentials: { token: () => Promise.resolve(undefined) },
    consent: { allows: () => Promise.resolve(true) },
    acceptEncoding,
    functions: {},
    ports: sendPorts,
    userAgent: 'bench/1',
  });
  return async () => {
    const { signal } = new AbortController(); // as each send has one
    const prepared = await prepareRequest(document, placed, optionsWith(signal));
    await runExchange(
      prepared,
      ports,
      {
        onResponse: (_atMs, { status }) => {
          if (status !== 200) throw new Error(`status ${status}`);
        },
        onChunk: (_atMs, chunk) => onChunk(chunk),
        onEnd: (_atMs, { error }) => {
          if (error !== null) throw error;
        },
      },
      { signal },
    );
  };
}

async function sendBare(): Promise<void> {
  const { body } = await bareRequest(`${origin}/small`, {
    headers: { accept: '*/*', 'user-agent': 'bench/1' },
  });
  await body.arrayBuffer();
}

async function timed(send: () => Promise<void>, atOnce: number): Promise<number> {
  const startMs = performance.now();
  let left = REQUESTS;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await send();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return performance.now() - startMs;
}

async function measureRatio(atOnce: number): Promise<unknown> {
  let received = 0;
  const send = makeSend('GET {{host}}/small\nAccept: */*\n', (chunk) => {
    received += chunk.length;
  });
  // Until both are compiled.
  for (const warmUp of [send, sendBare, send, sendBare, send, sendBare]) await timed(warmUp, atOnce);
  const connectionsBefore = await countConnections();
  const oursMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    oursMs.push(await timed(send, atOnce));
    bareMs.push(await timed(sendBare, atOnce));
  }
  const connections = (await countConnections()) - connectionsBefore;
  if (received === 0) throw new Error('nothing was received');
  return { oursMs, bareMs, connections, ratio: Math.min(...oursMs) / Math.min(...bareMs) };
}

async function countConnections(): Promise<number> {
  const { body } = await bareRequest(`${origin}/connections`);
  return Number(await body.text());
}

/** Growth of resident memory, at its peak, by one large exchange; what loading and a small one take is not counted. */
async function measureGrowth(text: string): Promise<unknown> {
  const log = new ByteLog({ memoryBytes: BODY_MEMORY_BYTES, openSpill: openFileSpill });
  await makeSend('GET {{host}}/small\n', (chunk) => log.append(chunk))();
  const beforeMb = process.memoryUsage.rss() / 1e6;
  let peakMb = beforeMb;
  const sample = (): void => {
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1e6);
  };
  const sampling = setInterval(sample, 10);
  await makeSend(text, (chunk) => log.append(chunk))();
  sample();
  clearInterval(sampling);
  if (log.spillError !== undefined) throw new Error('The response could not be spilled.');
  const kept = log.length;
  log.dispose();
  return { growthMb: peakMb - beforeMb, kept };
}

async function measure(): Promise<unknown> {
  switch (what) {
    case 'sequential':
      return measureRatio(1);
    case 'parallel':
      return measureRatio(AT_ONCE);
    case 'upload':
      return measureGrowth(`POST {{host}}/upload\n\n< upload-${bytes}.bin`);
    case 'download':
      return measureGrowth(`GET {{host}}/download?bytes=${bytes}\n`);
    default:
      throw new Error(`no measure ${what}`);
  }
}

measure().then(
  (figures) => {
    console.log(JSON.stringify(figures));
    process.exit(0); // undici keeps what it used
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
