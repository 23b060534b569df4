import * as vscode from 'vscode';
import { CbError, isCbError } from '../core/errors.ts';
import { headerValue } from '../core/cbhttp/resolve.ts';
import { formatMessage } from '../core/message.ts';
import type { WireResponse } from '../core/ports.ts';
import { gatewayErrorPage, readGatewayError } from '../core/profiles/gatewayError.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import { withoutUserInfo } from '../core/profiles/redact.ts';
import { adviseOn } from '../core/stream/advice.ts';
import { joinChunks } from '../core/stream/bytes.ts';
import { EventStore } from '../core/stream/eventStore.ts';
import { runExchange, type ExchangeEnd, type ExchangePorts } from '../core/stream/exchange.ts';
import type { Phase, RunSnapshot } from '../protocol/messages.ts';
import type { LocatedRequest } from './documents.ts';
import { say } from './translate.ts';

/** One send of one request, from preparing it to its end: owns the connection and what came over it. */
export class Run implements vscode.Disposable {
  readonly #runId: number;
  readonly #located: LocatedRequest;
  readonly #ports: ExchangePorts;
  readonly #log: vscode.LogOutputChannel;
  readonly #abort = new AbortController();
  /** When sending began, on the monotonic clock: what is asked of the user before does not count. */
  #startMs: number | undefined;
  readonly #body: Uint8Array[] = [];
  readonly #changed = new vscode.EventEmitter<void>();
  #prepared: PreparedRequest | undefined;
  #response: { received: WireResponse; isEventStream: boolean } | undefined;
  #byteCount = 0;
  #phase: Phase = 'preparing';
  #end: { shown: NonNullable<RunSnapshot['end']>; atMs: number } | undefined;

  /** The stream's records. */
  readonly store = new EventStore();
  /** Fires whenever the snapshot has changed; often, so coalesce. */
  readonly onDidChange = this.#changed.event;

  constructor(runId: number, located: LocatedRequest, ports: ExchangePorts, log: vscode.LogOutputChannel) {
    this.#runId = runId;
    this.#located = located;
    this.#ports = ports;
    this.#log = log;
  }

  get runId(): number {
    return this.#runId;
  }

  get isRunning(): boolean {
    return this.#phase !== 'ended';
  }

  /** Resolves at the end of the exchange, whatever that is; never rejects. */
  async start(prepare: (signal: AbortSignal) => Promise<PreparedRequest>): Promise<void> {
    const { clock } = this.#ports;
    try {
      const prepared = await prepare(this.#abort.signal);
      this.#abort.signal.throwIfAborted();
      this.#prepared = prepared;
      this.#log.info(`${prepared.wire.method} ${prepared.shownUrl} (${prepared.profile.name})`);
      this.#startMs = clock.now();
      this.#phase = 'connecting';
      this.#changed.fire();
      await runExchange(
        prepared,
        this.#ports,
        {
          onResponse: (_at, received, isEventStream) => {
            this.#response = { received, isEventStream };
            this.#phase = isEventStream ? 'streaming' : 'receiving';
            this.#log.info(`${received.status} ${received.statusText} ${prepared.shownUrl}`);
            this.#changed.fire();
          },
          onChunk: (_at, chunk) => {
            this.#byteCount += chunk.length;
            if (this.#response?.isEventStream === false) this.#body.push(chunk);
            this.#changed.fire();
          },
          onRecord: (at, record) => {
            this.store.append(at, record);
            this.#changed.fire();
          },
          onEnd: (at, end) => this.#finish(at, end),
        },
        { signal: this.#abort.signal },
      );
    } catch (error) {
      this.#finish(this.#elapsedMs(), this.#refusal(error));
    }
  }

  /** Closes the connection; the run ends as cancelled. */
  cancel(): void {
    this.#abort.abort();
  }

  dispose(): void {
    this.cancel();
    this.#changed.dispose();
  }

  snapshot(): RunSnapshot {
    const { request } = this.#located;
    const response = this.#response;
    return {
      runId: this.#runId,
      method: this.#prepared?.wire.method ?? request.method,
      url: this.#prepared?.shownUrl ?? withoutUserInfo(request.target),
      requestHeaders: this.#prepared?.shownHeaders ?? [],
      profile: this.#prepared?.profile.name ?? '',
      isProtected: this.#prepared?.profile.protected ?? false,
      phase: this.#phase,
      response:
        response === undefined
          ? null
          : {
              status: response.received.status,
              statusText: response.received.statusText,
              httpVersion: response.received.httpVersion,
              headers: response.received.headers,
              isEventStream: response.isEventStream,
            },
      elapsedMs: this.#end?.atMs ?? this.#elapsedMs(),
      rowCount: this.store.length,
      eventCount: this.store.eventCount,
      byteCount: this.#byteCount,
      end: this.#end?.shown ?? null,
    };
  }

  /** The body of a response that is no event stream, as received so far: its first `maxBytes` or a little more. */
  body(maxBytes = Infinity): Uint8Array {
    let bytes = 0;
    const end = this.#body.findIndex((chunk) => (bytes += chunk.length) >= maxBytes);
    return joinChunks(end === -1 ? this.#body : this.#body.slice(0, end + 1));
  }

  /** Content-Type of the response, empty where there is none. */
  get contentType(): string {
    return headerValue(this.#response?.received.headers ?? [], 'content-type') ?? '';
  }

  #elapsedMs(): number {
    return this.#startMs === undefined ? 0 : this.#ports.clock.now() - this.#startMs;
  }

  #finish(atMs: number, end: ExchangeEnd): void {
    this.#phase = 'ended';
    this.#end = { shown: this.#describeEnd(end), atMs };
    const detail = end.error === null ? '' : ` ${formatMessage(end.error.display)}`;
    this.#log.info(
      `${end.reason}, ${end.events} events, ${end.bytes} bytes, ${Math.round(atMs)} ms.${detail}`,
    );
    this.#changed.fire();
  }

  /** What became of a request that could not be prepared. */
  #refusal(error: unknown): ExchangeEnd {
    if (this.#abort.signal.aborted) return { reason: 'cancelled', error: null, events: 0, bytes: 0 };
    if (!isCbError(error)) this.#log.error(error instanceof Error ? error : String(error));
    const shown = isCbError(error)
      ? error
      : new CbError('network', {
          text: '{0}',
          args: [error instanceof Error ? error.message : String(error)],
        });
    return { reason: 'error', error: shown, events: 0, bytes: 0 };
  }

  #describeEnd({ reason, error }: ExchangeEnd): NonNullable<RunSnapshot['end']> {
    if (error !== null) {
      const advice = adviseOn({
        code: error.code,
        route: this.#prepared?.route ?? null,
        functionName: this.#prepared?.functionName ?? null,
        profile: this.#prepared?.profile.name ?? '',
      });
      return { reason, message: say(error.display), advice: advice.map(say) };
    }
    const gatewayError = this.#gatewayError();
    if (gatewayError === null) return { reason, message: '', advice: [] };
    return {
      reason,
      message: `${gatewayError.code}: ${gatewayError.message}`,
      advice: [
        say(gatewayError.meaning),
        vscode.l10n.t('Request id: {0}', gatewayError.requestId),
        gatewayErrorPage(gatewayError.code),
      ],
    };
  }

  #gatewayError() {
    if (this.#prepared?.route !== 'gateway' || this.#response?.isEventStream !== false) return null;
    if (!/json/i.test(this.contentType) || this.#byteCount > 100_000) return null;
    return readGatewayError(new TextDecoder().decode(this.body()));
  }
}
