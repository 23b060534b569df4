import assert from 'node:assert/strict';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { placedRequests } from '../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../src/core/cbhttp/parse.ts';
import { headerValue } from '../../src/core/cbhttp/resolve.ts';
import { isCbError } from '../../src/core/errors.ts';
import { adviceLines, explainError, type Explained } from '../../src/core/failures/explain.ts';
import { explainResponse, JUDGED_BYTES } from '../../src/core/failures/explainResponse.ts';
import { ANYWHERE } from '../../src/core/failures/row.ts';
import { formatMessage } from '../../src/core/message.ts';
import type { WireResponse } from '../../src/core/ports.ts';
import { prepareRequest, type PreparedRequest } from '../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import { ByteLog } from '../../src/core/stream/byteLog.ts';
import { EventStore } from '../../src/core/stream/eventStore.ts';
import { runExchange, type ExchangeEnd } from '../../src/core/stream/exchange.ts';
import { judgeEnd } from '../../src/core/stream/verdict/endVerdict.ts';
import { monotonicClock } from '../../src/net/clock.ts';
import { acceptEncoding } from '../../src/net/contentCoding.ts';
import { consentOfCommandLine, environmentCredentials } from '../../src/net/environmentSecrets.ts';
import { openFileSpill } from '../../src/net/fileSpill.ts';
import { terminalPorts } from '../../src/net/terminalPorts.ts';
import { createTokenSource } from '../../src/net/tokens.ts';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import type { Certificates } from '../support/certificates.ts';
import type { ForwardProxy } from '../support/forwardProxy.ts';
import { makeTransport } from '../support/sendText.ts';
import { startScriptedServer, type ScriptedConnection, type ScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';

/** What is sent into a fault. */
export interface Injected {
  readonly request: string;
  /** `cbhttp.profiles`, of which the first is used. */
  readonly profiles?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** `timeout` of the function in cloudbaserc.json. */
  readonly timeoutSeconds?: number;
  /** Called when the request has been prepared and nothing is sent yet. */
  readonly onPrepared?: () => void;
  /** Called with the first bytes of the body. */
  readonly onBody?: (cancel: () => void) => void;
}

/** A fault, and what it must lead to. */
export interface Fault {
  readonly name: string;
  readonly code: string;
  readonly words: RegExp;
  /** Status, events and bytes that the panel has kept. */
  readonly kept: string | RegExp;
  readonly inject: (bench: Bench) => Promise<Injected>;
}

/** What a fault came to. */
export interface Outcome {
  readonly code: string;
  readonly message: string;
  readonly advice: readonly string[];
  readonly kept: string;
}

/** What all faults share. */
export interface Surroundings {
  readonly folder: string;
  readonly certificates: Certificates;
  /** Wants `me:secret`. */
  readonly guardedProxy: ForwardProxy;
}

/** Where one fault happens: its servers, and the transport that is to survive it. */
export class Bench {
  readonly folder: string;
  readonly certificates: Certificates;
  readonly guardedProxy: ForwardProxy;
  readonly transport: OwnedTransport = makeTransport();
  readonly #closers: (() => Promise<void>)[] = [];
  readonly #sockets = new Set<Socket>();

  constructor({ folder, certificates, guardedProxy }: Surroundings) {
    this.folder = folder;
    this.certificates = certificates;
    this.guardedProxy = guardedProxy;
  }

  /** Has something closed when all is over. */
  own(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** Has a server listen, and closed at the end. */
  async listen(server: Server): Promise<number> {
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket.on('error', () => {}));
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.own(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of this.#sockets) socket.destroy();
      await closed;
    });
    return (server.address() as AddressInfo).port;
  }

  /** An HTTP server that answers as scripted. */
  async scripted(script: (connection: ScriptedConnection) => void | Promise<void>): Promise<ScriptedServer> {
    const server = await startScriptedServer(script);
    this.own(() => server.dispose());
    return server;
  }

  /** A TCP server that does as told with each connection. */
  tcp(onConnection: (socket: Socket) => void): Promise<number> {
    return this.listen(
      createTcp((socket) => {
        onConnection(socket.resume()); // else it would not see that the other side leaves
      }),
    );
  }

  /** A port where nobody listens. */
  async closedPort(): Promise<number> {
    const server = createTcp();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  /** Sends into the fault, as the panel does, and tells it as the panel does. */
  async send(injected: Injected): Promise<Outcome> {
    let prepared: PreparedRequest;
    try {
      prepared = await this.#prepare(injected);
    } catch (error) {
      assert.ok(isCbError(error), String(error));
      return outcome(explainError(error, ANYWHERE), 'nothing sent');
    }
    injected.onPrepared?.();
    return this.#exchange(prepared, injected);
  }

  /** Asserts that the next request works, over the same transport. */
  async sendHealthy(): Promise<void> {
    const healthy = await this.scripted(async (connection) => {
      await connection.head(200, { 'Content-Type': 'text/event-stream' });
      await connection.write('data: well\n\n');
      await connection.end();
    });
    const { code, kept } = await this.send({ request: `GET ${healthy.origin}/` });
    assert.deepEqual([code, kept], ['', '200, 1 event, 12 bytes'], 'the next request');
  }

  /** Asserts that every connection is gone but those that wait for the next request. */
  async assertClosed(): Promise<void> {
    await eventually('the broken connections are closed', () => this.#sockets.size === 0);
  }

  async dispose(): Promise<void> {
    this.transport.dispose();
    for (const close of this.#closers.splice(0).reverse()) await close();
  }

  async #prepare({ request, profiles, environment = {} }: Injected): Promise<PreparedRequest> {
    const document = parseCbhttp(request);
    const placed = placedRequests(document)[0];
    assert.ok(placed, request);
    const file = path.join(this.folder, 'test.cbhttp');
    const deviceId = (): Promise<string> => Promise.resolve('device');
    const tokens = createTokenSource({
      transport: this.transport,
      storage: null,
      deviceId,
      userAgent: 'test/1',
    });
    return prepareRequest(document, placed, {
      profiles: readProfiles(profiles, undefined),
      signal: new AbortController().signal,
      credentials: environmentCredentials(environment, tokens),
      consent: consentOfCommandLine,
      absolutePath: (named) => path.resolve(this.folder, named),
      acceptEncoding,
      ports: terminalPorts({ file, root: undefined, environment, memory: { last: () => undefined } }),
      userAgent: 'test/1',
    });
  }

  async #exchange(prepared: PreparedRequest, { onBody, timeoutSeconds }: Injected): Promise<Outcome> {
    const kept = { memoryBytes: 1, openSpill: openFileSpill };
    const store = new EventStore(kept);
    const body = new ByteLog(kept);
    const cancel = new AbortController();
    let response: WireResponse | undefined;
    let isEventStream = false;
    let ended: { readonly end: ExchangeEnd; readonly atMs: number } | undefined;
    await runExchange(
      prepared,
      { transport: this.transport, clock: monotonicClock },
      {
        onResponse(_atMs, received, isStream) {
          [response, isEventStream] = [received, isStream];
        },
        onChunk(atMs, chunk) {
          if (isEventStream) store.append(atMs, chunk);
          else body.append(chunk);
          onBody?.(() => cancel.abort());
        },
        onEnd: (atMs, end) => void (ended = { end, atMs }),
      },
      { signal: cancel.signal },
    );
    assert.ok(ended);
    const { end, atMs } = ended;
    store.end();
    const { route, functionName, wire } = prepared;
    const at = { route, functionName, profile: prepared.profile.name };
    const unexpected =
      response === undefined || end.reason !== 'complete'
        ? null
        : explainResponse({
            ...at,
            url: wire.url,
            accept: headerValue(wire.headers, 'accept') ?? '',
            status: response.status,
            headers: response.headers,
            isEventStream,
            proxy: response.connection.proxy,
            body: body.read(0, Math.min(body.length, JUDGED_BYTES)),
          });
    const lastRow = store.length - 1;
    const hasOpenTail = lastRow >= 0 && store.kind(lastRow) === 'incomplete';
    const verdict = judgeEnd({
      ...at,
      end,
      elapsedMs: atMs,
      status: response?.status ?? null,
      isEventStream,
      eventCount: store.eventCount,
      terminator: '',
      hasTerminators: false,
      failure: '',
      unexpected,
      hasOpenTail,
      timeoutSeconds: timeoutSeconds ?? null,
    });
    const bytes = isEventStream ? store.byteLength : body.length;
    assert.equal(bytes, end.bytes, 'the panel keeps every byte that came');
    const events = isEventStream
      ? `${store.eventCount} ${store.eventCount === 1 ? 'event' : 'events'}${hasOpenTail ? ' and a tail' : ''}, `
      : '';
    const shown = `${response?.status ?? 'no answer'}, ${events}${bytes} bytes`;
    store.dispose();
    body.dispose();
    if (verdict.verdict === 'function-timeout' && unexpected === null) {
      const [message = ''] = verdict.evidence.slice(-1).map((one) => formatMessage(one));
      const advice = verdict.advice.map((one) => formatMessage(one));
      return { code: 'function-timeout', message, advice, kept: shown };
    }
    if (end.reason === 'cancelled') {
      return { code: 'cancelled', message: formatMessage(verdict.title), advice: [], kept: shown };
    }
    const explained = end.error === null ? unexpected : explainError(end.error, at);
    if (explained !== null) {
      const said = [...verdict.evidence, ...verdict.advice].map((one) => formatMessage(one));
      for (const words of [explained.message, ...adviceLines(explained)]) {
        assert.ok(said.includes(formatMessage(words)), `the Problems tab says: ${formatMessage(words)}`);
      }
    }
    return explained === null
      ? { code: '', message: '', advice: [], kept: shown }
      : outcome(explained, shown);
  }
}

function outcome(explained: Explained, kept: string): Outcome {
  const { code, message } = explained;
  const advice = adviceLines(explained).map((one) => formatMessage(one));
  return { code, message: formatMessage(message), advice, kept };
}

/** What this process holds open, by kind, sorted; timers too. */
export function openResources(): readonly string[] {
  return process.getActiveResourcesInfo().sort();
}

/** Files in the system's temporary folder. */
export function temporaryFiles(): readonly string[] {
  return readdirSync(tmpdir()).sort();
}
