import * as vscode from 'vscode';
import { requestLabel } from '../core/cbhttp/document.ts';
import { headerValue } from '../core/cbhttp/resolve.ts';
import { CbError, isCbError } from '../core/errors.ts';
import { adviceLines, explainError, type Explained } from '../core/failures/explain.ts';
import { explainResponse, JUDGED_BYTES } from '../core/failures/explainResponse.ts';
import { ANYWHERE, type Circumstances } from '../core/failures/row.ts';
import { formatMessage } from '../core/message.ts';
import type { HeaderList, WireResponse } from '../core/ports.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import { redactText, withoutUserInfo } from '../core/profiles/redact.ts';
import { BODY_MEMORY_BYTES, ByteLog } from '../core/stream/byteLog.ts';
import type { ExchangeEnd, ExchangePorts } from '../core/stream/exchange.ts';
import { followStream, type FollowListener, type FollowOptions } from '../core/stream/resume/followStream.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';
import type { StreamFormat } from '../core/stream/streamFormat.ts';
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

/** A response, and how it is shown. */
interface Received {
  /** Of a resumed stream, the last one. */
  readonly received: WireResponse;
  readonly isEventStream: boolean;
  readonly format: StreamFormat | null;
  /** When the first one's headers came. */
  readonly atMs: number;
}

/** UTF-16 units shown of an answer that came in place of a stream's rest. */
const MAX_EXCERPT = 300;

/** One send of one request, from preparing it to its end: owns the connection and what came over it. */
export class Run implements vscode.Disposable {
  readonly runId: number;
  /** What the panel reads of a body that is no event stream. */
  readonly body = new BodyReader(this);
  readonly #located: LocatedRequest;
  readonly #deps: RunDeps;
  #abort = new AbortController();
  #isDisposed = false;
  /** When sending began, on the monotonic clock: what is asked of the user before does not count. */
  #startMs: number | undefined;
  readonly #body: ByteLog;
  readonly #changed = new vscode.EventEmitter<void>();
  #filter: FilterInput = NO_FILTER;
  #select: ((json: unknown) => readonly unknown[]) | undefined;
  #timeoutSeconds: number | null = null;
  #prepared: PreparedRequest | undefined;
  #response: Received | undefined;
  readonly #redirects: { readonly status: number; readonly url: string }[] = [];
  /** When the request was sent last, in ms since it was sent first. */
  #sentAtMs = 0;
  #wait: RunSnapshot['wait'] = null;
  /** What it was resumed with; null where it was not. */
  #lastEventId: string | null = null;
  /** When the body's first and last bytes came, in ms since sending. */
  #bytesAtMs: { readonly first: number; readonly last: number } | null = null;
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

  get response(): Received | undefined {
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
      await this.#follow(prepared, null);
    } catch (error) {
      this.#finish(this.elapsedMs(), this.#refusal(error));
    }
  }

  /** The request it is of. */
  get located(): LocatedRequest {
    return this.#located;
  }

  /** True for an event stream that has ended: {@link Run.resume} sends the request again to go on. */
  get canResume(): boolean {
    return (
      this.#end !== undefined && this.#prepared !== undefined && this.#stream?.store.format === 'event-stream'
    );
  }

  /**
   * Sends the request again after the stream's reconnection time, with its last event ID; what comes is added to what
   * came. Resolves at the end of it; never rejects.
   */
  async resume(): Promise<void> {
    const [ended, prepared, stream] = [this.#end, this.#prepared, this.#stream];
    if (!this.canResume || ended === undefined || prepared === undefined || stream === undefined) return;
    this.#abort = new AbortController();
    this.#end = undefined;
    this.#problemCount = undefined;
    stream.prepareToResume();
    try {
      const startMs = this.#startMs ?? 0;
      await this.#follow(prepared, { startMs, atMs: ended.atMs, end: ended.exchange });
    } catch (error) {
      this.#finish(this.elapsedMs(), this.#refusal(error));
    }
  }

  #follow(prepared: PreparedRequest, after: FollowOptions['after']): Promise<void> {
    const listener: FollowListener = {
      onRedirect: (_at, { status }, nextUrl) =>
        void this.#redirects.push({ status, url: redactText(nextUrl, prepared.secrets) }),
      onResponse: (at, received, _hasRecords, format) => this.#respond(at, received, format),
      onChunk: (at, chunk) => {
        this.#bytesAtMs = { first: this.#bytesAtMs?.first ?? at, last: at };
        // A resumed stream's other answer stands apart.
        if (this.#stream === undefined || this.#stream.store.hasEnded) this.#body.append(chunk);
        else this.#stream.append(at, chunk);
        this.#changed.fire();
      },
      onWait: (at, untilMs, attempt, attempts) => {
        this.#wait = { untilMs, attempt, attempts };
        this.#phase = 'waiting';
        if (attempt > 0) this.#stream?.prepareToResume();
        this.#deps.log.info(`Sending again in ${Math.round(untilMs - at)} ms`);
        this.#changed.fire();
      },
      onResume: (at, lastEventId) => {
        this.#wait = null;
        this.#phase = 'connecting';
        this.#sentAtMs = at;
        this.#lastEventId = lastEventId;
        this.#redirects.length = 0;
        this.#stream?.resume(at, lastEventId);
        this.#changed.fire();
      },
      onEnd: (at, end) => this.#finish(at, end),
    };
    const position = () => ({
      lastEventId: this.#stream?.store.lastEventId ?? '',
      retryMs: this.#stream?.store.retryMs ?? null,
    });
    return followStream(prepared, this.#deps.ports, listener, {
      signal: this.#abort.signal,
      position,
      after,
    });
  }

  /** When the body's first and last bytes came, in ms since sending; null before. */
  get bytesAtMs(): { readonly first: number; readonly last: number } | null {
    return this.#bytesAtMs;
  }

  /** When the request was sent last, in ms since it was sent first. */
  get sentAtMs(): number {
    return this.#sentAtMs;
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
      requestHeaders: this.#sentHeaders(),
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
              format: response.format,
            },
      sent: {
        route: this.#prepared?.route ?? null,
        functionName: this.#prepared?.functionName ?? null,
        connection: response?.received.connection ?? null,
        redirects: this.#redirects,
      },
      wait: this.#wait,
      canResume: this.canResume && this.#end?.exchange.reason !== 'complete',
      elapsedMs,
      functionTimeoutMs: this.#timeoutSeconds === null ? null : this.#sentAtMs + this.#timeoutSeconds * 1000,
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

  /** What the request says of how to show a body that is no stream. */
  get reading(): PreparedRequest | undefined {
    return this.#prepared;
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

  #respond(atMs: number, received: WireResponse, format: StreamFormat | null): void {
    const isResumed = this.#stream !== undefined;
    const isEventStream = isResumed || format === 'event-stream';
    const firstAtMs = this.#response?.atMs ?? atMs;
    this.#response = isResumed
      ? { received, isEventStream, format: 'event-stream', atMs: firstAtMs }
      : { received, isEventStream, format, atMs };
    this.#phase = format === null ? 'receiving' : 'streaming';
    // What is no stream has no part in it.
    if (isResumed && format !== 'event-stream') this.#stream?.store.end();
    this.#deps.log.info(`${received.status} ${received.statusText} ${this.#prepared?.shownUrl ?? ''}`);
    if (format !== null && !isResumed) {
      this.#stream = new RunStream({
        format,
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
    this.#wait = null;
    // What was received is gone, and at the window's end so is the log.
    if (this.#isDisposed) return;
    this.#stream?.end(end.reason !== 'complete');
    this.#end = { exchange: end, shown: this.#describeResume(end, this.#describeEnd(end)), atMs };
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

  /** What came in place of a stream's rest says why. */
  #describeResume(
    { reason }: ExchangeEnd,
    shown: NonNullable<RunSnapshot['end']>,
  ): NonNullable<RunSnapshot['end']> {
    if (this.#stream === undefined || this.#sentAtMs === 0) return shown;
    if (reason === 'complete' && this.#response?.received.status === 204) {
      return { ...shown, message: vscode.l10n.t('The server answered 204: nothing more is to come.') };
    }
    if (this.#body.length === 0) return shown;
    const excerpt = new TextDecoder().decode(this.#body.read(0, MAX_EXCERPT)).trim();
    return { ...shown, advice: [...shown.advice, redactText(excerpt, this.#prepared?.secrets ?? [])] };
  }

  /** Of the last request, without secrets. */
  #sentHeaders(): HeaderList {
    const headers = this.#prepared?.shownHeaders ?? [];
    const id = this.#lastEventId;
    if (id === null) return headers;
    const others = headers.filter(([name]) => name.toLowerCase() !== 'last-event-id');
    return id === '' ? others : [...others, ['Last-Event-ID', redactText(id, this.#prepared?.secrets ?? [])]];
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
