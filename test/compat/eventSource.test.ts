import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { EventStore } from '../../src/core/stream/eventStore.ts';
import { createSseDecoder } from '../../src/core/stream/sseDecoder.ts';
import { launchChromium, type OwnedBrowser } from '../support/chromium.ts';
import { readInChromium, type SeenEvent } from './chromiumEvents.ts';
import { mutatedStreams } from './mutatedStreams.ts';
import { isMisreadByChromium, ruleStreams, type Stream } from './ruleStreams.ts';

const MUTATIONS = 260;

describe('our decoder and our store beside Chromium’s own EventSource', () => {
  const streams = [...ruleStreams, ...mutatedStreams(MUTATIONS)];
  const pathOf = (index: number) => `/stream/${index}`;
  let server: Server;
  let origin: string;
  let chromium: OwnedBrowser;
  before(async () => {
    server = serve(streams);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    chromium = await launchChromium();
  });
  after(async () => {
    await chromium.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('gives the same type, data and last event ID for every event of every stream', async () => {
    assert.ok(ruleStreams.length >= 60, `${ruleStreams.length} rules`);
    const ours: (readonly (readonly SeenEvent[])[])[] = [];
    for (const [index] of streams.entries()) ours.push(await readWithOurs(origin + pathOf(index), index));

    const page = await chromium.browser.newPage();
    await page.goto(origin);
    const theirs = await readInChromium(
      page,
      streams.map((_, index) => pathOf(index)),
      eventNames(streams, ours.flat(2)),
    );

    const differences: string[] = [];
    for (const [index, { name, bytes }] of streams.entries()) {
      const { events = [], dispatched = 0 } = theirs[index] ?? {};
      const shown = `${name}: ${JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 1000))}`;
      assert.equal(events.length, dispatched, `an event went unseen in Chromium; ${shown}`);
      try {
        assert.deepEqual(ours[index], [events, events]);
      } catch (error) {
        differences.push(`${shown} (latin1)\n${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const count = theirs.reduce((sum, { dispatched }) => sum + dispatched, 0);
    console.log(
      `      ${streams.length - differences.length} of ${streams.length} streams agree ` +
        `(${ruleStreams.length} rules, ${MUTATIONS} mutations, ${count} events)`,
    );
    assert.ok(count > 1000, `${count} events`);
    assert.equal(differences.length, 0, differences.join('\n\n'));
  }).timeout(60_000);

  it('keeps to the standard where Chromium does not: a line end right after a BOM', () => {
    for (const text of ['\ndata: one\n\n', '\rdata: one\r\r', '\r\ndata: one\r\n\r\n']) {
      const bytes = Buffer.from(`\ufeff${text}`);
      assert.ok(isMisreadByChromium(bytes));
      for (const reader of [decoderReader(), storeReader()]) {
        reader.feed(bytes);
        assert.deepEqual(reader.end(), [{ type: 'message', data: 'one', lastEventId: '' }]);
      }
    }
  });
});

/** Answers `/stream/<n>` with the n-th stream, and everything else with an empty page. */
function serve(streams: readonly Stream[]): Server {
  return createServer((request, response) => {
    const stream = streams[Number(/^\/stream\/(\d+)$/.exec(request.url ?? '')?.[1])];
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Type', stream === undefined ? 'text/html' : 'text/event-stream');
    response.end(stream?.bytes ?? '<!doctype html><title>EventSource</title>');
  });
}

/** Something of ours that reads a stream. */
interface Reader {
  readonly feed: (chunk: Uint8Array) => void;
  /** Ends the stream and tells its events. */
  readonly end: () => readonly SeenEvent[];
}

function seen({ type, data, lastEventId }: SeenEvent): SeenEvent {
  return { type, data, lastEventId };
}

/** Hands records over as they come: the command-line tool's reader. */
function decoderReader(): Reader {
  const events: SeenEvent[] = [];
  const decoder = createSseDecoder((record) => {
    if (record.kind === 'event') events.push(seen(record));
  });
  const end = (): readonly SeenEvent[] => {
    decoder.end();
    return events;
  };
  return { feed: (chunk) => decoder.feed(chunk), end };
}

/** Keeps the bytes and decodes them when asked: the panel's reader. */
function storeReader(): Reader {
  const store = new EventStore();
  const end = (): readonly SeenEvent[] => {
    store.end();
    const records = Array.from({ length: store.length }, (_, row) => store.get(row)?.record);
    store.dispose();
    return records.flatMap((record) => (record?.kind === 'event' ? [seen(record)] : []));
  };
  return { feed: (chunk) => store.append(0, chunk), end };
}

/** The events our decoder and our store make of a stream that comes over a real connection, cut up at random. */
async function readWithOurs(url: string, seed: number): Promise<readonly (readonly SeenEvent[])[]> {
  const readers = [decoderReader(), storeReader()];
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, resolve).once('error', reject);
  });
  for await (const chunk of response) {
    for (const part of cutUp(chunk as Uint8Array, seed)) for (const reader of readers) reader.feed(part);
  }
  return readers.map((reader) => reader.end());
}

/** A chunk in parts of any size, empty ones among them; of every fourth seed, byte by byte. */
function cutUp(chunk: Uint8Array, seed: number): Uint8Array[] {
  const isByteByByte = seed % 4 === 0 && chunk.length < 10_000;
  const [cuts = []] = isByteByByte
    ? [[...chunk.keys()]]
    : fc.sample(fc.array(fc.nat(chunk.length), { maxLength: 12 }), { seed, numRuns: 1 });
  const ends = [...cuts.toSorted((a, b) => a - b), chunk.length];
  return ends.map((end, index) => chunk.subarray(ends[index - 1] ?? 0, end));
}

/** Every event type that any of three readers could see: ours, eventsource-parser, and a look at the bare lines. */
function eventNames(streams: readonly Stream[], ours: readonly SeenEvent[]): string[] {
  const names = new Set(['message', 'open', 'error', ...ours.map(({ type }) => type)]);
  const parser = createParser({ onEvent: ({ event }) => names.add(event ?? 'message') });
  for (const { bytes } of streams) {
    const text = new TextDecoder('utf-8').decode(bytes);
    parser.reset();
    parser.feed(`${text}\n\n`);
    for (const line of text.split(/[\r\n]/)) {
      const name = /^event: ?(.+)$/s.exec(line)?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  return [...names];
}
