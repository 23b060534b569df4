import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { headerValue } from '../core/cbhttp/resolve.ts';
import { isCbError } from '../core/errors.ts';
import { sentCookieSecrets } from '../core/history/hiddenTexts.ts';
import type { Explained } from '../core/failures/explain.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import { redactText } from '../core/profiles/redact.ts';
import type { ExchangeEnd } from '../core/stream/exchange.ts';
import { followStream, type FollowListener, type FollowOptions } from '../core/stream/resume/followStream.ts';
import { tellBoth } from '../core/stream/resume/tellBoth.ts';
import type { Verdict } from '../core/stream/verdict/verdict.ts';
import type { FilterInput, Phase, RunSnapshot } from '../protocol/messages.ts';
import { BodyReader } from './bodyText.ts';
import { Holds } from './holds.ts';
import { countProblems, judgementsOn } from './problems.ts';
import { ReceivedBytes } from './receivedBytes.ts';
import type { ReplayedRun, RunDeps, RunRecorder } from './runDeps.ts';
import {
  describeEnd,
  endLine,
  explainReceived,
  refusedEnd,
  refusingFunction,
  type ShownEnd,
} from './runEnd.ts';
import { RunProgress, type ReceivedResponse } from './runProgress.ts';
import { snapshotOf } from './runSnapshot.ts';
import type { RunStream } from './runStream.ts';
import type { RunSubject } from './runSubject.ts';

/** One send of one request, from preparing it to its end: owns the connection and what came over it. */
export class Run implements vscode.Disposable {
  readonly runId: number;
  /** What the run goes by in the history: a UUID. */
  readonly id: string;
  /** The request it is of. */
  readonly subject: RunSubject;
  /** What the panel reads of a body that is no event stream. */
  readonly body = new BodyReader(this);
  readonly #deps: RunDeps;
  readonly #recorder: RunRecorder | null;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #holds = new Holds(() => this.#free());
  #isDisposed = false;
  #abort = new AbortController();
  readonly #progress = new RunProgress();
  readonly #received: ReceivedBytes;
  #timeoutSeconds: number | null = null;
  #prepared: PreparedRequest | undefined;
  #sentCookies: readonly string[] = [];
  #sentMs: number | undefined;
  /** When sending began, on the monotonic clock: what is asked of the user before does not count. */
  #startMs: number | undefined;
  #end: { readonly exchange: ExchangeEnd; readonly atMs: number; readonly shown: ShownEnd } | undefined;
  #unexpected: Explained | null = null;
  /** Judged once, when all is known: it does not change any more. */
  #problemCount: number | undefined;
  /** What is to be said of a replayed run besides. */
  #notes: readonly string[] = [];
  #isCut = false;

  /** Fires whenever the snapshot has changed; often, so coalesce. */
  readonly onDidChange = this.#changed.event;

  /** @param id of a kept run that is replayed; left out for a new one */
  constructor(runId: number, subject: RunSubject, deps: RunDeps, id: string = randomUUID()) {
    this.runId = runId;
    this.id = id;
    this.subject = subject;
    this.#deps = deps;
    this.#received = new ReceivedBytes({
      ...deps,
      elapsedMs: () => this.elapsedMs(),
      onChange: () => this.#changed.fire(),
    });
    this.#recorder = deps.recorder?.(this) ?? null;
  }

  /** What the request is called. */
  get label(): string {
    return this.subject.label;
  }

  get phase(): Phase {
    return this.#progress.phase;
  }

  get isRunning(): boolean {
    return this.phase !== 'ended';
  }

  /** `timeout` of the function in cloudbaserc.json, in s; null where it is not known. */
  get timeoutSeconds(): number | null {
    return this.#timeoutSeconds;
  }

  /** What was sent, once it is known. */
  get prepared(): PreparedRequest | undefined {
    return this.#prepared;
  }

  /** What must not be shown of it outside its panel: the request's secrets, and the cookies that went with it. */
  get secrets(): readonly string[] {
    return [...(this.#prepared?.secrets ?? []), ...this.#sentCookies];
  }

  /** What the request says of how to show a body that is no stream. */
  get reading(): PreparedRequest | undefined {
    return this.#prepared;
  }

  /** When it was sent first, in ms since 1970; undefined before. */
  get sentMs(): number | undefined {
    return this.#sentMs;
  }

  /** When the request was sent last, in ms since it was sent first. */
  get sentAtMs(): number {
    return this.#progress.sentAtMs;
  }

  /** ms since the request was sent. */
  elapsedMs(): number {
    return this.#startMs === undefined ? 0 : this.#deps.ports.clock.now() - this.#startMs;
  }

  get response(): ReceivedResponse | undefined {
    return this.#progress.response;
  }

  /** Content-Type of the response, empty where there is none. */
  get contentType(): string {
    return headerValue(this.response?.received.headers ?? [], 'content-type') ?? '';
  }

  /** The event stream, once the response is known to be one. */
  get stream(): RunStream | undefined {
    return this.#received.stream;
  }

  /** Body bytes received, content codings removed. */
  get byteLength(): number {
    return this.#received.length;
  }

  /** The body's bytes from `from` up to `to`, not included: perhaps a view, so neither change nor keep it. */
  bytes(from: number, to: number): Uint8Array {
    return this.#received.read(from, to);
  }

  /** When the body's first and last bytes came, in ms since sending; null before. */
  get bytesAtMs(): RunProgress['bytesAtMs'] {
    return this.#progress.bytesAtMs;
  }

  /** How the exchange ended, and when in ms since sending. */
  get ended(): { readonly exchange: ExchangeEnd; readonly atMs: number } | undefined {
    return this.#end;
  }

  /** What the response is instead of an answer, once it is whole; null for one that is. */
  get unexpected(): Explained | null {
    return this.#unexpected;
  }

  /** True for a kept run of which only the beginning was kept. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** True when everything that came has been looked at. */
  get isAnalysed(): boolean {
    return this.#end !== undefined && this.stream?.analysis.isDone !== false;
  }

  /** The first bad judgement on it, else the last; null where there is none yet. */
  get verdict(): Verdict<string> | null {
    const verdicts = judgementsOn(this);
    return verdicts.find(({ tone }) => tone === 'bad') ?? verdicts.at(-1) ?? null;
  }

  /** True for an event stream that has ended: {@link Run.resume} sends the request again to go on. */
  get canResume(): boolean {
    return (
      this.subject.located !== null &&
      this.#end !== undefined &&
      this.#prepared !== undefined &&
      this.stream?.store.format === 'event-stream'
    );
  }

  /** See {@link refusingFunction}. */
  get refusing(): ReturnType<typeof refusingFunction> {
    return refusingFunction(this.#prepared, this.#end?.exchange);
  }

  snapshot(): RunSnapshot {
    const { refusing } = this;
    return snapshotOf(this, this.#progress, {
      canStart: refusing !== null && this.#deps.canStart(refusing.functionName),
      problemCount: this.isAnalysed ? (this.#problemCount ??= countProblems(this)) : 0,
      end: this.#end?.shown ?? null,
    });
  }

  /** Resolves at the end of the exchange, whatever that is; never rejects. */
  async start(prepare: (signal: AbortSignal) => Promise<PreparedRequest>): Promise<void> {
    const { ports, log } = this.#deps;
    try {
      const prepared = await prepare(this.#abort.signal);
      const { functionName } = prepared;
      if (functionName !== null) this.#timeoutSeconds = await this.#deps.functionTimeout(functionName);
      await this.#received.prepare();
      this.#abort.signal.throwIfAborted();
      this.#prepared = prepared;
      log.info(`${prepared.wire.method} ${prepared.shownUrl} (${prepared.profile.name})`);
      this.#sentMs = Date.now();
      this.#recorder?.onPrepared(prepared);
      this.#startMs = ports.clock.now();
      this.#progress.phase = 'connecting';
      this.#changed.fire();
      await this.#follow(prepared, null);
    } catch (error) {
      this.#refuse(error);
    }
  }

  /**
   * Goes through a kept run again in place of {@link Run.start}: `tell` tells the listener what it was told then.
   * Resolves at the end of it; rejects with what `tell` does.
   */
  async replay(kept: ReplayedRun, tell: (listener: FollowListener) => Promise<void>): Promise<void> {
    const { prepared } = kept;
    this.#prepared = prepared ?? undefined;
    this.#timeoutSeconds = kept.timeoutSeconds;
    this.#notes = kept.notes;
    this.#isCut = kept.isCut;
    if (prepared !== null) {
      await this.#received.prepare();
      this.#startMs = this.#deps.ports.clock.now();
      this.#sentMs = kept.sentMs;
      this.#progress.phase = 'connecting';
    }
    await tell(this.#listener());
  }

  /**
   * Sends the request again after the stream's reconnection time, with its last event ID; what comes is added to what
   * came. Resolves at the end of it; never rejects.
   */
  async resume(): Promise<void> {
    const [ended, prepared] = [this.#end, this.#prepared];
    if (!this.canResume || ended === undefined || prepared === undefined) return;
    this.#abort = new AbortController();
    this.#reopen();
    try {
      const startMs = this.#startMs ?? 0;
      await this.#follow(prepared, { startMs, atMs: ended.atMs, end: ended.exchange });
    } catch (error) {
      this.#refuse(error);
    }
  }

  #reopen(): void {
    this.#end = undefined;
    this.#problemCount = undefined;
    this.stream?.prepareToResume();
  }

  /** What it is told of the exchange; a replay tells it the same again. */
  #listener(): FollowListener {
    const progress = this.#progress;
    return {
      onSend: (headers) => {
        this.#sentCookies = [...this.#sentCookies, ...sentCookieSecrets(headers)];
      },
      onRedirect: (_at, { status }, nextUrl) =>
        progress.redirected(status, redactText(nextUrl, this.secrets)),
      onResponse: (at, received, _hasRecords, format) => {
        progress.responded(at, received, format);
        this.#deps.log.info(`${received.status} ${received.statusText} ${this.#prepared?.shownUrl ?? ''}`);
        this.#received.begin(format);
        this.#changed.fire();
      },
      onChunk: (at, chunk) => {
        progress.cameBytes(at);
        this.#received.append(at, chunk);
        this.#changed.fire();
      },
      onWait: (at, untilMs, attempt, attempts) => {
        if (this.#end !== undefined) this.#reopen(); // as it was resumed, when it is replayed
        progress.waits(untilMs, attempt, attempts);
        if (attempt > 0) this.stream?.prepareToResume();
        this.#deps.log.info(`Sending again in ${Math.round(untilMs - at)} ms`);
        this.#changed.fire();
      },
      onResume: (at, lastEventId) => {
        progress.resumed(at, lastEventId);
        this.stream?.resume(at, lastEventId);
        this.#changed.fire();
      },
      onEnd: (at, end) => this.#finish(at, end),
    };
  }

  #follow(prepared: PreparedRequest, after: FollowOptions['after']): Promise<void> {
    const own = this.#listener();
    const listener = this.#recorder === null ? own : tellBoth(own, this.#recorder);
    const position = () => ({
      lastEventId: this.stream?.store.lastEventId ?? '',
      retryMs: this.stream?.store.retryMs ?? null,
    });
    return followStream(prepared, this.#deps.ports, listener, {
      signal: this.#abort.signal,
      position,
      after,
    });
  }

  /** Closes the connection; the run ends as cancelled. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Which rows the panel's grid shows. */
  setFilter(filter: FilterInput): void {
    this.#received.setFilter(filter);
  }

  /** Keeps what it received after its panel is done with it, until the returned one is disposed. */
  hold(): vscode.Disposable {
    return this.#holds.hold();
  }

  /** Ends it; what it received is gone as soon as nobody holds it. */
  dispose(): void {
    this.cancel();
    this.#holds.letGo();
  }

  #free(): void {
    this.#isDisposed = true;
    this.#recorder?.onDispose();
    this.#received.dispose();
    this.#changed.dispose();
  }

  #finish(atMs: number, end: ExchangeEnd): void {
    this.#progress.ended();
    // What was received is gone, and at the window's end so is the log.
    if (this.#isDisposed) return;
    const { log } = this.#deps;
    const { stream } = this;
    stream?.end(end.reason !== 'complete');
    if (end.reason === 'complete') this.#unexpected = explainReceived(this);
    const shown = describeEnd(end, this, this.#received.apart, this.#notes);
    this.#end = { exchange: end, atMs, shown };
    log.info(endLine(atMs, end, stream?.store.eventCount ?? null));
    this.#received.logSpillError();
    this.#changed.fire();
  }

  /** It could not be prepared, or its listener threw. */
  #refuse(error: unknown): void {
    const atMs = this.elapsedMs();
    const end = refusedEnd(error, this.#abort.signal.aborted);
    if (end.reason === 'error' && !isCbError(error)) {
      this.#deps.log.error(error instanceof Error ? error : String(error));
    }
    this.#finish(atMs, end);
    this.#recorder?.onEnd(atMs, end);
  }
}
