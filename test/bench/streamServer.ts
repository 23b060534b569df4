/**
 * The benchmark's server, a process of its own (`node --import tsx test/bench/streamServer.ts`) that prints
 * `listening on <port>` and ends with SIGTERM. `/burst?events=<n>` sends n events as fast as they are taken,
 * `/paced?events=<n>` one every 100 ms; `/runs` tells of the answers so far.
 */
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** One answer; times are ms of the system's clock, which all processes of the benchmark share. */
export interface ServedRun {
  /** When the request was there. */
  readonly requestMs: number;
  /** When the last byte was handed to the system; null before. */
  endMs: number | null;
  /** When each event of a paced run was handed to the system; empty for a burst. */
  readonly sentMs: number[];
}

const EVENT_BYTES = 97;
const MAX_EVENTS = 1_000_000;
const WRITE_BYTES = 64 * 1024;
const PACE_MS = 100;
const filler = 'the quick brown fox jumps over the lazy dog and back again while nobody looks ';

/** An event of exactly {@link EVENT_BYTES} bytes whose JSON begins with these members. */
function eventText(members: string): string {
  const before = `data: {${members},"text":"`;
  const after = '"}\n\n';
  return before + filler.repeat(2).slice(0, EVENT_BYTES - before.length - after.length) + after;
}

/** What every burst is a part of, made once: while it is sent, the server must not be the one that is slow. */
const stream = Buffer.allocUnsafe(MAX_EVENTS * EVENT_BYTES);
for (let i = 0; i < MAX_EVENTS; i++) stream.write(eventText(`"i":${i}`), i * EVENT_BYTES, 'latin1');

const runs: ServedRun[] = [];

/** All but the last event are the same in each run; the last one says which run it ends. */
async function sendBurst(response: ServerResponse, events: number, number: number): Promise<void> {
  const body = stream.subarray(0, (events - 1) * EVENT_BYTES);
  for (let at = 0; at < body.length && !response.destroyed; at += WRITE_BYTES) {
    if (!response.write(body.subarray(at, Math.min(at + WRITE_BYTES, body.length)))) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  response.end(eventText(`"i":${events - 1},"run":${number}`));
}

async function sendPaced(response: ServerResponse, events: number, number: number): Promise<void> {
  for (let i = 0; i < events && !response.destroyed; i++) {
    await delay(PACE_MS);
    runs[number]?.sentMs.push(Date.now());
    response.write(eventText(`"i":${i},"run":${number}`));
  }
  response.end();
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  if (url.pathname === '/runs') {
    response.end(JSON.stringify(runs));
    return;
  }
  const run: ServedRun = { requestMs: Date.now(), endMs: null, sentMs: [] };
  runs.push(run);
  response.once('finish', () => {
    run.endMs = Date.now();
  });
  response.setHeader('Content-Type', 'text/event-stream');
  const events = Math.min(Number(url.searchParams.get('events')), MAX_EVENTS);
  const send = url.pathname === '/paced' ? sendPaced : sendBurst;
  void send(response, events, runs.length - 1);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on ${(server.address() as AddressInfo).port}`);
});
