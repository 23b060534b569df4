import { headerValue } from '../../src/core/cbhttp/resolve.ts';
import type { HeaderList, Transport } from '../../src/core/ports.ts';
import type { PreparedRequest } from '../../src/core/profiles/prepare.ts';
import { EventStore } from '../../src/core/stream/eventStore.ts';
import { runExchange, type ExchangeEnd } from '../../src/core/stream/exchange.ts';
import { bufferBlockBytes } from '../../src/core/stream/timing/bufferBlocks.ts';
import { StreamTiming, type TimingSnapshot } from '../../src/core/stream/timing/streamTiming.ts';
import { judgeStreaming, type StreamingKind } from '../../src/core/stream/verdict/streamingVerdict.ts';
import type { Verdict } from '../../src/core/stream/verdict/verdict.ts';
import { monotonicClock } from '../../src/net/clock.ts';

/** An exchange that is over, as the panel would judge it. */
export interface JudgedExchange {
  /** 0 where no response came. */
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
  readonly end: ExchangeEnd | undefined;
  readonly timing: TimingSnapshot;
  /** "Is it really streaming?" */
  readonly streaming: Verdict<StreamingKind>;
}

/** Sends a prepared request and judges what comes. */
export async function judgeExchange(
  prepared: PreparedRequest,
  transport: Transport,
): Promise<JudgedExchange> {
  const store = new EventStore();
  const chunks: Uint8Array[] = [];
  const signal = new AbortController().signal;
  let status = 0;
  let headers: HeaderList = [];
  let isEventStream = false;
  let headersAtMs: number | null = null;
  let endAtMs = 0;
  let end: ExchangeEnd | undefined;
  await runExchange(
    prepared,
    { transport, clock: monotonicClock },
    {
      onResponse(atMs, response, isStream) {
        ({ status, headers } = response);
        [headersAtMs, isEventStream] = [atMs, isStream];
      },
      onChunk(atMs, chunk) {
        chunks.push(chunk.slice());
        if (isEventStream) store.append(atMs, chunk.slice());
      },
      onEnd(atMs, ended) {
        [endAtMs, end] = [atMs, ended];
        store.end();
      },
    },
    { signal },
  );
  const read = new StreamTiming(store);
  while (!read.advance(1000));
  const timing = read.snapshot({ headersAtMs, firstTextAtMs: null, endAtMs }, endAtMs);
  const streaming = judgeStreaming({
    headers,
    isEventStream,
    wantsStream: /text\/event-stream/i.test(headerValue(prepared.wire.headers, 'accept') ?? ''),
    route: prepared.route,
    timing,
    blockBytes: isEventStream ? bufferBlockBytes(store) : null,
  });
  const body = Buffer.concat(chunks).toString();
  store.dispose();
  return { status, headers, body, end, timing, streaming };
}
