import * as vscode from 'vscode';
import { requestLabel } from '../core/cbhttp/document.ts';
import { headerValue } from '../core/cbhttp/resolve.ts';
import { CbError, isCbError } from '../core/errors.ts';
import { adviceLines, explainError, type Explained } from '../core/failures/explain.ts';
import { explainResponse, JUDGED_BYTES } from '../core/failures/explainResponse.ts';
import { ANYWHERE, type Circumstances } from '../core/failures/row.ts';
import { formatMessage } from '../core/message.ts';
import type { WireResponse } from '../core/ports.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import { withoutUserInfo } from '../core/profiles/redact.ts';
import { BODY_MEMORY_BYTES, ByteLog } from '../core/stream/byteLog.ts';
import { runExchange, type ExchangeEnd, type ExchangePorts } from '../core/stream/exchange.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';
import { openFileSpill } from '../net/fileSpill.ts';
import { NO_FILTER, type FilterInput, type Phase, type RunSnapshot } from '../protocol/messages.ts';
import type { LocatedRequest } from './documents.ts';
import { BodyReader } from './bodyText.ts';
import { countProblems } from './problems.ts';
import { RunStream } from './runStream.ts';
import type { StreamSettings } from './streamSettings.ts';
import { say } from './translate.ts';

/** What a run needs from outside. */
export interface RunDeps {
  readonly ports: ExchangePorts;
  readonly log: vscode.LogOutputChannel;
  readonly settings: StreamSettings;
  readonly loadJsonPath: () => Promise<JsonPathEngine>;
  /** The time limit in s that the workspace's cloudbaserc.json sets for a function; null where it says nothing. */
  readonly functionTimeout: (functionName: string) => Promise<number | null>;
}

/** One send of one request, from preparing it to its end: owns the connection and what came over it. */
export class Run implements vscode.Disposable {
  readonly runId: number;
  /** What the panel reads of a body that is no event stream. */
  readonly body = new BodyReader(this);
  readonly #located: LocatedRequest;
  readonly #deps: RunDeps;
  readonly #abort = new AbortController();
  #isDisposed = false;
  /** When sending began, on the monotonic clock: what is asked of the user before does not count. */
  #startMs: number | undefined;
  readonly #body: ByteLog;
  readonly #changed = new vscode.EventEmitter<void>();
  #filter: FilterInput = NO_FILTER;
  #select: ((json: unknown) => readonly unknown[]) | undefined;
  #timeoutSeconds: number | null = null;
  #prepared: PreparedRequest | undefined;
  #response: { received: WireResponse; isEventStream: boolean; atMs: number } | undefined;
  #stream: RunStream | undefined;
  #phase: Phase = 'preparing';
  #problemCount: number | undefined;
  #unexpected: Explained | null = null;
  #end: { exchange: ExchangeEnd; shown: NonNullable<RunSnapshot['end']>; atMs: number } | undefined;

  /** Fires whenever the snapshot has changed; often, so coalesce. */
  readonly onDidChange = this.#changed.event;

  constructor(runId: number, located: LocatedRequest, deps: RunDeps) {
    this.runId = runId;
    this.#located = located;
    this.#deps = deps;
    const memoryBytes = Math.min(deps.settings.memoryBytes, BODY_MEMORY_BYTES);
    this.#body = new ByteLog({ memoryBytes, openSpill: openFileSpill });
  }

  /** What the request is called. */
  get label(): string {
    return requestLabel(this.#located.request);
  }

  get phase(): Phase {
    return this.#phase;
  }

  get isRunning(): boolean {
    return this.#phase !== 'ended';
  }

  /** The event stream, once the response is known to be one. */
  get stream(): RunStream | undefined {
    return this.#stream;
  }

  /** What was sent, once it is known. */
  get prepared(): PreparedRequest | undefined {
    return this.#prepared;
  }

  get response():
    { readonly received: WireResponse; readonly isEventStream: boolean; readonly atMs: number } | undefined {
    return this.#response;
  }

  /** What the response is instead of an answer, once it is whole; null for one that is. */
  get unexpected(): Explained | null {
    return this.#unexpected;
  }

  /** How the exchange ended, and when in ms since sending. */
  get ended(): { readonly exchange: ExchangeEnd; readonly atMs: number } | undefined {
    return this.#end;
  }

  /** `timeout` of the function in cloudbaserc.json, in s; null where it is not known. */
  get timeoutSeconds(): number | null {
    return this.#timeoutSeconds;
  }

  /** Resolves at the end of the exchange, whatever that is; never rejects. */
  async start(prepare: (signal: AbortSignal) => Promise<PreparedRequest>): Promise<void> {
    const { ports, log } = this.#deps;
    try {
      const prepared = await prepare(this.#abort.signal);
      await this.#prepareStream(prepared);
      this.#abort.signal.throwIfAborted();
      this.#prepared = prepared;
      log.info(`${prepared.wire.method} ${prepared.shownUrl} (${prepared.profile.name})`);
      this.#startMs = ports.clock.now();
      this.#phase = 'connecting';
      this.#changed.fire();
      await runExchange(
        prepared,
        ports,
        {
          onResponse: (at, received, isEventStream) => this.#respond(at, received, isEventStream),
          onChunk: (at, chunk) => {
            if (this.#stream === undefined) this.#body.append(chunk);
            else this.#stream.append(at, chunk);
            this.#changed.fire();
          },
          onEnd: (at, end) => this.#finish(at, end),
        },
        { signal: this.#abort.signal },
      );
    } catch (error) {
      this.#finish(this.elapsedMs(), this.#refusal(error));
    }
  }

  /** Closes the connection; the run ends as cancelled. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Which rows the panel's grid shows. */
  setFilter(filter: FilterInput): void {
    this.#filter = filter;
    this.#stream?.setFilter(filter);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.cancel();
    this.#stream?.dispose();
    this.#body.dispose();
    this.#changed.dispose();
  }

  /** Judged once, when all is known: it does not change any more. */
  #countProblems(): number {
    if (this.#end === undefined || this.#stream?.analysis.isDone === false) return 0;
    this.#problemCount ??= countProblems(this);
    return this.#problemCount;
  }

  snapshot(): RunSnapshot {
    const { request } = this.#located;
    const response = this.#response;
    const elapsedMs = this.#end?.atMs ?? this.elapsedMs();
    return {
      runId: this.runId,
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
      elapsedMs,
      functionTimeoutMs: this.#timeoutSeconds === null ? null : this.#timeoutSeconds * 1000,
      rowCount: this.#stream?.store.length ?? 0,
      eventCount: this.#stream?.store.eventCount ?? 0,
      byteCount: this.byteLength,
      stream: this.#stream?.snapshot(elapsedMs) ?? null,
      problemCount: this.#countProblems(),
      end: this.#end?.shown ?? null,
    };
  }

  /** Body bytes received, content codings removed. */
  get byteLength(): number {
    return this.#stream?.store.byteLength ?? this.#body.length;
  }

  /** The body's bytes from `from` up to `to`, not included: perhaps a view, so neither change nor keep it. */
  bytes(from: number, to: number): Uint8Array {
    return this.#stream?.store.bytes(from, to) ?? this.#body.read(from, to);
  }

  /** Content-Type of the response, empty where there is none. */
  get contentType(): string {
    return headerValue(this.#response?.received.headers ?? [], 'content-type') ?? '';
  }

  /** ms since the request was sent. */
  elapsedMs(): number {
    return this.#startMs === undefined ? 0 : this.#deps.ports.clock.now() - this.#startMs;
  }

  /** What has to be known before the first byte comes. */
  async #prepareStream({ functionName }: PreparedRequest): Promise<void> {
    const { settings, log } = this.#deps;
    if (functionName !== null) this.#timeoutSeconds = await this.#deps.functionTimeout(functionName);
    if (settings.textPath === '') return;
    try {
      this.#select = (await this.#deps.loadJsonPath()).compile(settings.textPath);
    } catch (error) {
      const reason = isCbError(error) ? formatMessage(error.display) : String(error);
      log.warn(`cbhttp.stream.textPath: ${reason}`);
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The setting {0} cannot be used: {1}',
          'cbhttp.stream.textPath',
          isCbError(error) ? say(error.display) : String(error),
        ),
      );
    }
  }

  #respond(atMs: number, received: WireResponse, isEventStream: boolean): void {
    this.#response = { received, isEventStream, atMs };
    this.#phase = isEventStream ? 'streaming' : 'receiving';
    this.#deps.log.info(`${received.status} ${received.statusText} ${this.#prepared?.shownUrl ?? ''}`);
    if (isEventStream) {
      this.#stream = new RunStream({
        memoryBytes: this.#deps.settings.memoryBytes,
        openSpill: openFileSpill,
        ...(this.#select === undefined ? {} : { select: this.#select }),
        elapsedMs: () => this.elapsedMs(),
        onChange: () => this.#changed.fire(),
        loadJsonPath: this.#deps.loadJsonPath,
      });
      this.#stream.setFilter(this.#filter);
    }
    this.#changed.fire();
  }

  #finish(atMs: number, end: ExchangeEnd): void {
    this.#phase = 'ended';
    // What was received is gone, and at the window's end so is the log.
    if (this.#isDisposed) return;
    this.#stream?.end(end.reason !== 'complete');
    this.#end = { exchange: end, shown: this.#describeEnd(end), atMs };
    const detail = end.error === null ? '' : ` ${formatMessage(end.error.display)}`;
    const events = this.#stream === undefined ? '' : `${this.#stream.store.eventCount} events, `;
    this.#deps.log.info(`${end.reason}, ${events}${end.bytes} bytes, ${Math.round(atMs)} ms.${detail}`);
    const spillError = this.#stream?.store.spillError ?? this.#body.spillError;
    if (spillError !== undefined) {
      const reason = spillError instanceof Error ? spillError.message : 'unknown reason';
      this.#deps.log.warn(`All of the response is kept in memory: ${reason}`);
    }
    this.#changed.fire();
  }

  /** What became of a request that could not be prepared. */
  #refusal(error: unknown): ExchangeEnd {
    const isCancelled = this.#abort.signal.aborted || (isCbError(error) && error.code === 'cancelled');
    if (isCancelled) return { reason: 'cancelled', error: null, bytes: 0 };
    if (!isCbError(error)) this.#deps.log.error(error instanceof Error ? error : String(error));
    const shown = isCbError(error)
      ? error
      : new CbError('network', {
          text: '{0}',
          args: [error instanceof Error ? error.message : String(error)],
        });
    return { reason: 'error', error: shown, bytes: 0 };
  }

  #describeEnd({ reason, error }: ExchangeEnd): NonNullable<RunSnapshot['end']> {
    if (reason === 'complete') this.#unexpected = this.#explainResponse();
    const explained = error === null ? this.#unexpected : explainError(error, this.#circumstances());
    if (explained === null) return { reason, message: '', advice: [] };
    const advice = [...explained.details, ...adviceLines(explained)];
    return { reason, message: say(explained.message), advice: advice.map(say) };
  }

  #circumstances(): Circumstances {
    if (this.#prepared === undefined) return ANYWHERE;
    const { route, functionName, profile } = this.#prepared;
    return { route, functionName, profile: profile.name };
  }

  #explainResponse(): Explained | null {
    if (this.#prepared === undefined || this.#response === undefined) return null;
    const { wire } = this.#prepared;
    const { received, isEventStream } = this.#response;
    return explainResponse({
      ...this.#circumstances(),
      url: wire.url,
      accept: headerValue(wire.headers, 'accept') ?? '',
      status: received.status,
      headers: received.headers,
      isEventStream,
      proxy: received.connection.proxy,
      body: this.bytes(0, Math.min(this.byteLength, JUDGED_BYTES)),
    });
  }
}
