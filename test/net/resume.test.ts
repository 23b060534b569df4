import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { ExchangeEnd } from '../../src/core/stream/exchange.ts';
import type { PreparedRequest } from '../../src/core/profiles/prepare.ts';
import {
  followStream,
  trackPosition,
  type FollowListener,
  type FollowOptions,
} from '../../src/core/stream/resume/followStream.ts';
import { transcribe, type TranscriptLine } from '../../src/core/stream/transcript.ts';
import { monotonicClock } from '../../src/net/clock.ts';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import { makeTransport, prepareText } from '../support/sendText.ts';
import { startScriptedServer, type ScriptedConnection, type ScriptedServer } from '../support/sseServer.ts';

const SSE = { 'Content-Type': 'text/event-stream' };
const event = (id: number): string => `id: ${id}\ndata: of ${id}\n\n`;

/** A stream that is followed. */
interface Followed {
  readonly lines: TranscriptLine[];
  /** Time of each wait's beginning, its end, the attempt. */
  readonly waits: { readonly fromMs: number; readonly untilMs: number; readonly attempt: number }[];
  readonly done: Promise<{ readonly end: ExchangeEnd; readonly atMs: number }>;
  /** Resolves when a wait begins. */
  readonly waiting: Promise<void>;
  cancel(): void;
}

describe('Resuming', () => {
  let server: ScriptedServer;
  let transport: OwnedTransport;
  before(async () => {
    server = await startScriptedServer();
  });
  beforeEach(() => {
    transport = makeTransport();
  });
  afterEach(() => transport.dispose());
  after(() => server.dispose());

  const follow = async (
    head: string,
    after: FollowOptions['after'] = null,
    change: (request: PreparedRequest) => PreparedRequest = (request) => request,
  ): Promise<Followed> => {
    const request = change(await prepareText(`${head}\nGET ${server.origin}/stream`, {}));
    const lines: TranscriptLine[] = [];
    const waits: { fromMs: number; untilMs: number; attempt: number }[] = [];
    const cancel = new AbortController();
    let ended: { end: ExchangeEnd; atMs: number } | undefined;
    let onWaiting = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (onWaiting = resolve));
    const told = transcribe((line) => lines.push(line), {
      encodeBase64: (bytes) => Buffer.from(bytes).toString('base64'),
    });
    const listener: FollowListener = {
      ...told,
      onWait: (fromMs, untilMs, attempt) => {
        waits.push({ fromMs, untilMs, attempt });
        onWaiting();
      },
      onEnd: (atMs, end) => {
        ended = { end, atMs };
        told.onEnd(atMs, end);
      },
    };
    const tracked = trackPosition(listener);
    const { position } = tracked;
    const followed = followStream(request, { transport, clock: monotonicClock }, tracked.listener, {
      signal: cancel.signal,
      position,
      after,
    });
    const done = followed.then(() => {
      assert.ok(ended);
      return ended;
    });
    return { lines, waits, done, waiting, cancel: () => cancel.abort() };
  };

  /** Answers the next request with a stream that breaks. */
  const breaking = async (text: string): Promise<ScriptedConnection> => {
    const connection = await server.nextRequest();
    await connection.head(200, SSE);
    await connection.write(text);
    return connection;
  };

  /** Breaks a stream once what was written has come. */
  const reset = async (
    connection: ScriptedConnection,
    { lines }: Followed,
    events: number,
  ): Promise<void> => {
    while (lines.filter(({ kind }) => kind === 'event').length < events) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    connection.reset();
  };

  const events = ({ lines }: Followed): string[] =>
    lines.flatMap((line) => (line.kind === 'event' ? [`${line.index} ${line.id} ${line.lastEventId}`] : []));

  it('goes on after breaks, as often as the request says, after the stream’s retry', async () => {
    const followed = await follow('# @reconnect 2');
    await reset(await breaking(`retry: 30\n\n${event(1)}${event(2)}`), followed, 2);
    const second = await breaking('data: without an id\n\n');
    assert.equal(second.request.header('last-event-id'), '2');
    await reset(second, followed, 3);
    const third = await breaking(event(3));
    assert.equal(third.request.header('last-event-id'), '2');
    await third.end();
    const { end, atMs } = await followed.done;
    assert.equal(end.reason, 'complete', end.error?.message);
    assert.deepEqual(events(followed), ['0 1 1', '1 2 2', '2  2', '3 3 3']);
    assert.deepEqual(
      followed.lines.map(({ kind }) => kind),
      [
        'response',
        'retry',
        'event',
        'event',
        'resumed',
        'response',
        'event',
        'resumed',
        'response',
        'event',
        'end',
      ],
    );
    for (const { fromMs, untilMs } of followed.waits) assert.equal(Math.round(untilMs - fromMs), 30);
    assert.ok(atMs >= 60, String(atMs));
    const times = followed.lines.flatMap((line) => ('atMs' in line ? [line.atMs] : []));
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  });

  it('gives up after the last attempt, and counts those without an answer', async () => {
    const followed = await follow('# @reconnect 2');
    await reset(await breaking(`retry: 1\n\n${event(1)}`), followed, 1);
    for (let attempt = 0; attempt < 2; attempt++) (await server.nextRequest()).reset();
    const { end } = await followed.done;
    assert.equal(end.reason, 'reset');
    assert.deepEqual(
      followed.waits.map(({ attempt }) => attempt),
      [1, 2],
    );
  });

  it('goes on after an id that came without an event', async () => {
    const followed = await follow('# @reconnect 1');
    await reset(await breaking(`retry: 1\n\n${event(1)}id: 2\n\ndata: x\n\n`), followed, 2);
    const again = await server.nextRequest();
    assert.equal(again.request.header('last-event-id'), '2');
    await again.head(204);
    await followed.done;
    const last = await follow('# @reconnect 1');
    await reset(await breaking(`retry: 1\n\nid: 2\n\n${event(1)}id: 3\n\n`), last, 1);
    const third = await server.nextRequest();
    assert.equal(third.request.header('last-event-id'), '3');
    await third.head(204);
    await last.done;
  });

  it('goes on after the same event with another token', async () => {
    const withToken = (request: PreparedRequest): PreparedRequest => {
      const headers = [...request.wire.headers, ['Authorization', 'Bearer new'] as const];
      const other = { ...request, wire: { ...request.wire, headers } };
      return { ...request, reauthorize: () => Promise.resolve(other) };
    };
    const followed = await follow('# @reconnect 1', null, withToken);
    await reset(await breaking(`retry: 1\n\n${event(1)}`), followed, 1);
    const refused = await server.nextRequest();
    await refused.head(401, { 'Content-Type': 'application/json', 'Content-Length': '2' });
    await refused.write('{}');
    const again = await server.nextRequest();
    assert.equal(again.request.header('authorization'), 'Bearer new');
    assert.equal(again.request.header('last-event-id'), '1');
    await again.head(204);
    await followed.done;
  });

  it('never does so by itself: without the directive, after a clean end, before a stream came', async () => {
    // First: on a connection used before, the transport itself would send it again.
    const none = await follow('# @reconnect 3');
    (await server.nextRequest()).reset();
    assert.equal((await none.done).end.reason, 'reset');
    const plain = await follow('');
    await reset(await breaking(event(1)), plain, 1);
    assert.equal((await plain.done).end.reason, 'reset');
    const clean = await follow('# @reconnect 3');
    await (await breaking(event(1))).end();
    assert.equal((await clean.done).end.reason, 'complete');
    for (const { waits } of [plain, clean, none]) assert.deepEqual(waits, []);
  });

  it('stops at 204, and at an answer that is no event stream', async () => {
    const told = await follow('# @reconnect 5');
    await reset(await breaking(`retry: 1\n\n${event(1)}`), told, 1);
    await (await server.nextRequest()).head(204);
    assert.equal((await told.done).end.reason, 'complete');
    assert.equal(told.waits.length, 1);
    const refused = await follow('# @reconnect 5');
    await reset(await breaking(`retry: 1\n\n${event(1)}`), refused, 1);
    const connection = await server.nextRequest();
    await connection.head(401, { 'Content-Type': 'text/plain' }, 'Unauthorized');
    await connection.write('no');
    await connection.end();
    const { end } = await refused.done;
    assert.equal(end.reason, 'error');
    assert.match(end.error?.message ?? '', /not resumed.*401 Unauthorized, text\/plain/);
  });

  it('can be cancelled while it waits: at once, and nothing is sent', async () => {
    const followed = await follow('# @reconnect 1');
    await reset(await breaking(`retry: 600000\n\n${event(1)}`), followed, 1);
    await followed.waiting;
    followed.cancel();
    assert.equal((await followed.done).end.reason, 'cancelled');
  });

  it('resumes what has ended, at the user’s wish; cancelling the wait leaves the end it had', async () => {
    const end: ExchangeEnd = { reason: 'reset', error: null, bytes: 10 };
    const startMs = monotonicClock.now() - 5000;
    const waiting = await follow('', { startMs, atMs: 4000, end });
    await waiting.waiting;
    assert.deepEqual(
      waiting.waits.map(({ attempt, fromMs, untilMs }) => [
        attempt,
        fromMs >= 5000,
        Math.round(untilMs - fromMs),
      ]),
      [[0, true, 3000]],
    );
    waiting.cancel();
    assert.deepEqual(await waiting.done, { end, atMs: 4000 });
  });
});
