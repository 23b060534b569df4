import { hiddenTexts, keptUrl } from '../core/history/hiddenTexts.ts';
import { JournalWriter } from '../core/history/journalWriter.ts';
import { KEPT_VERSION, packRequest, type KeptHead, type KeptSummary } from '../core/history/keptRun.ts';
import type { RunFile } from '../core/history/runFile.ts';
import type { HeaderList, WireResponse } from '../core/ports.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import { redactText, withoutUserInfo } from '../core/profiles/redact.ts';
import type { ExchangeEnd } from '../core/stream/exchange.ts';
import type { EventStore } from '../core/stream/eventStore.ts';
import type { StreamFormat } from '../core/stream/streamFormat.ts';
import { outcomeOf } from './lastResults.ts';
import type { Run } from './run.ts';
import type { RunRecorder } from './runDeps.ts';

/** ms between two notes of how far a run has come. */
const NOTE_MS = 2000;
/** Bytes of a request's body that are kept. */
const MAX_SENT_BODY = 1024 * 1024;

/** What a {@link HistoryRecorder} needs. */
export interface RecorderDeps {
  readonly file: RunFile;
  readonly owner: KeptHead['owner'];
  /** Bytes the run may take. */
  readonly maxBytes: number;
  /** What its head says has changed. */
  readonly onChange: () => void;
  /** All is written, and no more is to come unless the run is resumed. */
  readonly onSettled: () => void;
}

/** Writes a run into the history while it goes on. */
export class HistoryRecorder implements RunRecorder {
  readonly #run: Run;
  readonly #deps: RecorderDeps;
  readonly #journal: JournalWriter;
  readonly #startedMs = Date.now();
  #prepared: PreparedRequest | undefined;
  /** What must not be written, and the secrets it was made of. */
  #hidden: { readonly secrets: string; readonly texts: readonly string[] } = { secrets: '', texts: [] };
  #end: { readonly atMs: number; readonly reason: ExchangeEnd['reason'] } | null = null;
  #state: KeptHead['state'] = 'running';
  #verdict: KeptSummary['verdict'] = null;
  #bytes = 0;
  #isRunGone = false;
  #notedMs = 0;

  constructor(run: Run, deps: RecorderDeps) {
    this.#run = run;
    this.#deps = deps;
    this.#journal = new JournalWriter({
      maxBytes: deps.maxBytes,
      hidden: () => this.#hiddenTexts(),
      write: (frame) => deps.file.append(frame),
      pressure: () => deps.file.pressure(),
    });
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** What is known of the run so far. */
  get head(): KeptHead {
    const { id, subject, timeoutSeconds } = this.#run;
    const { uri, key, label, method, target } = subject;
    const hidden = this.#hiddenTexts();
    // A request without a name is called by its target; one that was refused has no secrets that are known.
    const plainTarget = withoutUserInfo(target);
    const keptTarget = keptUrl(plainTarget, hidden);
    return {
      version: KEPT_VERSION,
      id,
      owner: this.#deps.owner,
      request: {
        uri: uri.toString(),
        key,
        label: redactText(
          label.replaceAll(plainTarget, () => keptTarget),
          hidden,
        ),
      },
      method,
      target: keptTarget,
      startedMs: this.#startedMs,
      sentMs: this.#run.sentMs ?? null,
      timeoutSeconds,
      sent: this.#prepared === undefined ? null : packRequest(this.#prepared, hidden),
      state: this.#state,
      summary: this.#summary(),
      journalBytes: this.#journal.length,
    };
  }

  onPrepared(prepared: PreparedRequest): void {
    this.#prepared = prepared;
    const { body } = prepared.wire;
    if (body instanceof Uint8Array && body.length <= MAX_SENT_BODY) this.#journal.sentBody(body);
    this.#note();
  }

  onSend(headers: HeaderList): void {
    this.#journal.onSend(headers);
  }

  onRedirect(atMs: number, response: WireResponse, nextUrl: string): void {
    this.#journal.onRedirect(atMs, response, nextUrl);
  }

  onResponse(atMs: number, response: WireResponse, hasRecords: boolean, format: StreamFormat | null): void {
    this.#journal.onResponse(atMs, response, hasRecords, format);
    this.#note();
  }

  onChunk(atMs: number, chunk: Uint8Array): Promise<void> | undefined {
    this.#bytes += chunk.length;
    const pressure = this.#journal.onChunk(atMs, chunk);
    if (Date.now() - this.#notedMs > NOTE_MS) this.#note();
    return pressure;
  }

  onWait(atMs: number, untilMs: number, attempt: number, attempts: number): void {
    this.#state = 'running';
    this.#end = null;
    this.#verdict = null;
    this.#journal.onWait(atMs, untilMs, attempt, attempts);
    this.#note();
  }

  onResume(atMs: number, lastEventId: string): void {
    this.#journal.onResume(atMs, lastEventId);
  }

  onEnd(atMs: number, end: ExchangeEnd): void {
    this.#end = { atMs, reason: end.reason };
    this.#state = 'ended';
    // Whoever cancels what is asked before has sent nothing.
    if (this.#prepared === undefined && end.reason === 'cancelled') return;
    this.#journal.onEnd(atMs, end);
    this.#note();
    if (this.#isRunGone) this.#settle();
    else this.#judge();
  }

  onDispose(): void {
    this.#isRunGone = true;
    if (!this.isRunning) this.#settle();
  }

  /** The window closes: what is known is on the disk when this returns, or nothing of it where none is kept any more. */
  closeNow(isKept: boolean): void {
    if (!this.isRunning || this.#prepared === undefined) return;
    if (!isKept) {
      this.#deps.file.closeNow(null);
      return;
    }
    this.#journal.flush();
    this.#state = 'lost';
    this.#deps.file.closeNow(this.head);
  }

  #note(): void {
    this.#notedMs = Date.now();
    this.#deps.file.writeHead(this.head);
    this.#deps.onChange();
  }

  #settle(): void {
    void this.#deps.file.settle().then(() => {
      if (!this.isRunning) this.#deps.onSettled();
    });
  }

  /** What was judged is known only when all of a stream has been looked at. */
  #judge(): void {
    const take = (): void => {
      const { verdict } = this.#run;
      if (verdict === null || this.isRunning) return;
      const { text, args } = verdict.title;
      const hidden = this.#hiddenTexts();
      const shown = args.map((arg) => (typeof arg === 'number' ? arg : redactText(arg, hidden)));
      this.#verdict = { tone: verdict.tone, title: { text, args: shown } };
      this.#note();
      this.#settle();
    };
    if (this.#run.isAnalysed) {
      take();
      return;
    }
    const waiting = this.#run.onDidChange(() => {
      if (!this.#run.isAnalysed) return;
      waiting.dispose();
      take();
    });
  }

  #summary(): KeptSummary {
    const { response, stream } = this.#run;
    const { keptBytes } = this.#journal;
    return {
      result: {
        status: response?.received.status ?? null,
        outcome: this.#end === null ? 'complete' : outcomeOf(this.#end.reason),
        elapsedMs: this.#end?.atMs ?? this.#run.elapsedMs(),
        eventCount: stream?.store.eventCount ?? null,
      },
      byteCount: this.#bytes,
      verdict: this.#verdict,
      kept: keptBytes === null ? null : wholeEvents(stream?.store, keptBytes),
    };
  }

  /** A token may have been got anew since. */
  #hiddenTexts(): readonly string[] {
    if (this.#prepared === undefined) return [];
    const secrets = this.#prepared.secrets.join('\0');
    if (secrets !== this.#hidden.secrets || this.#hidden.texts.length === 0) {
      this.#hidden = { secrets, texts: hiddenTexts(this.#prepared) };
    }
    return this.#hidden.texts;
  }
}

/** How many events stand whole in the first bytes of a stream, and how many bytes they take. */
function wholeEvents(store: EventStore | undefined, keptBytes: number): NonNullable<KeptSummary['kept']> {
  if (store === undefined) return { events: 0, bytes: keptBytes };
  let low = 0;
  let high = store.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (store.byteOffset(middle) <= keptBytes) low = middle + 1;
    else high = middle;
  }
  // The last row that begins there may go on beyond.
  const rows = Math.max(0, low - 1);
  let events = 0;
  for (let row = rows - 1; row >= 0 && events === 0; row--) events = store.eventIndex(row) + 1;
  return { events, bytes: rows === 0 ? 0 : store.byteOffset(rows) };
}
