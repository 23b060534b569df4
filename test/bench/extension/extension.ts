/**
 * The benchmark's own extension: does in the extension host's process what has to be done there. Listens on a free
 * loopback port, which it writes to the file that CBHTTP_BENCH_PORT_FILE names, and answers GET with JSON.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createParser } from 'eventsource-parser';
import { Client } from 'undici';
import type * as vscode from 'vscode';
import { extensionStart } from './startMarks.ts';

/** The bare loop's outcome. */
export interface BareRun {
  readonly events: number;
  /** When it had counted the last event, in ms of the system's clock. */
  readonly doneMs: number;
}

/** What was watched between `/watch` and `/watched`. */
export interface WatchedHost {
  /** How long the event loop kept others waiting: 99th percentile and longest, in ms. */
  readonly blockedP99Ms: number;
  readonly blockedMaxMs: number;
  /** The most resident memory seen, in MB of a million bytes. */
  readonly peakRssMb: number;
}

const RESOLUTION_MS = 2;
const MB = 1_000_000;

const answers: Readonly<Record<string, (url: URL) => unknown>> = {
  '/bare': (url) => runBare(new URL(url.searchParams.get('url') ?? '')),
  '/memory': residentMb,
  '/start': (url) => extensionStart(url.searchParams.get('extension') ?? ''),
  '/watch': watch,
  '/watched': watched,
};

/** Called by VS Code. */
export function activate(context: vscode.ExtensionContext): void {
  const portFile = process.env['CBHTTP_BENCH_PORT_FILE'];
  if (portFile === undefined) throw new Error('CBHTTP_BENCH_PORT_FILE is not set.');
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    Promise.resolve(answers[url.pathname]?.(url)).then(
      (answer) => response.end(JSON.stringify(answer ?? null)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const written = `${portFile}.tmp`;
    writeFileSync(written, String((server.address() as AddressInfo).port));
    renameSync(written, portFile);
  });
  context.subscriptions.push({ dispose: () => server.close() });
}

/** The least that has to be done to have the events: request, body, text, parser. It counts them. */
async function runBare(url: URL): Promise<BareRun> {
  const client = new Client(url.origin, { headersTimeout: 0, bodyTimeout: 0 });
  const { body } = await client.request({ path: url.pathname + url.search, method: 'GET' });
  let events = 0;
  const parser = createParser({ onEvent: () => events++ });
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
  }
  const doneMs = Date.now();
  await client.close();
  return { events, doneMs };
}

/** Resident memory in MB once garbage is gone: the least of a few looks, since pages go back to the system late. */
async function residentMb(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const looks: number[] = [];
  for (let look = 0; look < 5; look++) {
    collect();
    await delay(200);
    looks.push(process.memoryUsage.rss() / MB);
  }
  return Math.min(...looks);
}

let stopWatching: (() => WatchedHost) | undefined;

function watch(): void {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let peakRss = process.memoryUsage.rss();
  const timer = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
  }, 20);
  histogram.enable();
  stopWatching = () => {
    histogram.disable();
    clearInterval(timer);
    // The histogram holds the times between two ticks of a timer, the wait asked for included.
    const blocked = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    return {
      blockedP99Ms: blocked(histogram.percentile(99)),
      blockedMaxMs: blocked(histogram.max),
      peakRssMb: Math.max(peakRss, process.memoryUsage.rss()) / MB,
    };
  };
}

function watched(): WatchedHost | undefined {
  const figures = stopWatching?.();
  stopWatching = undefined;
  return figures;
}
