import * as vscode from 'vscode';
import { isCbError } from '../core/errors.ts';
import { previewOf, type TextPreview } from '../core/stream/assembly/rowPreview.ts';
import type { AssemblyOptions } from '../core/stream/assembly/textAssembly.ts';
import type { ByteLogOptions } from '../core/stream/byteLog.ts';
import { EventStore } from '../core/stream/eventStore.ts';
import { resumeMessages } from '../core/stream/resume/resumeMessage.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';
import { compileFilter, RowFilter } from '../core/stream/search/rowFilter.ts';
import { livenessMessage } from '../core/stream/timing/liveness.ts';
import { StreamAnalysis } from '../core/stream/streamAnalysis.ts';
import type { StreamFormat } from '../core/stream/streamFormat.ts';
import {
  NO_FILTER,
  type FilterInput,
  type FilterSnapshot,
  type StreamSnapshot,
} from '../protocol/messages.ts';
import { Slicer } from './slicer.ts';
import { createTimeLimit, TimeLimitError } from './timeLimit.ts';
import { say } from './translate.ts';

/** ms of a chunk's time the filter may take, so that it keeps up. */
const FILTER_MS = 4;
/** ms after which a regular expression is given up. */
const REGEX_MS = 1000;
/** Bytes between two slices above which all else waits for the stream, and ms it waits at most. */
const FLOOD_BYTES = 256 * 1024;
const MAX_WAIT_MS = 250;
/** ms after a flood in which it is shown before anything else is found out about it. */
const SHOW_MS = 100;

/** What a stream needs from its run. */
export interface RunStreamOptions extends ByteLogOptions, AssemblyOptions {
  readonly format: StreamFormat;
  /** ms since the request was sent. */
  readonly elapsedMs: () => number;
  /** Something that the snapshot tells has changed. */
  readonly onChange: () => void;
  /** Loads what JSONPath filters need. */
  readonly loadJsonPath: () => Promise<JsonPathEngine>;
}

/** One event stream as the panel shows it: its records, the filter's index over them, what was found out about it. */
export class RunStream implements vscode.Disposable {
  readonly store: EventStore;
  readonly analysis: StreamAnalysis;
  readonly #options: RunStreamOptions;
  readonly #slicer: Slicer;
  #filterId = 0;
  /** Null while every row is shown. */
  #filter: { readonly rows: RowFilter | null; readonly error: string; readonly isRegex: boolean } | null =
    null;
  readonly #limited = createTimeLimit(REGEX_MS);
  /** Bytes received since the last slice of work. */
  #floodBytes = 0;
  #floodAtMs = -Infinity;
  #analysedAtMs = 0;
  #analyseFromMs = 0;
  #isGathering = false;

  constructor(options: RunStreamOptions) {
    this.#options = options;
    this.store = new EventStore(options);
    this.analysis = new StreamAnalysis(this.store, options);
    this.#slicer = new Slicer(
      (budgetMs) => this.#work(budgetMs),
      () => !this.store.hasEnded || now() < this.#analyseFromMs,
    );
  }

  /** True while so much comes in that drawing it often would slow it down. */
  get isFlooded(): boolean {
    return !this.store.hasEnded && now() - this.#floodAtMs < SHOW_MS;
  }

  append(atMs: number, chunk: Uint8Array): void {
    this.store.append(atMs, chunk);
    this.analysis.resumes.advance();
    this.#floodBytes += chunk.length;
    // The index keeps up with the stream; it is behind only where the filter was set later.
    this.#advanceFilter(FILTER_MS);
    this.#slicer.kick();
  }

  /** Gets ready to go on after a break. */
  prepareToResume(): void {
    this.#isGathering = true;
    this.#slicer.kick();
  }

  /** The stream goes on: the request was sent again. */
  resume(atMs: number, lastEventId: string): void {
    this.store.resume(atMs, lastEventId);
    this.analysis.resume();
    this.analysis.resumes.advance();
    this.#slicer.kick();
  }

  /** @param wasCut true where the end was not the server's wish */
  end(wasCut: boolean): void {
    this.store.end();
    this.analysis.end(wasCut);
    if (this.#isFlood()) this.#analyseFromMs = now() + SHOW_MS;
    this.#slicer.kick();
  }

  /** Shows the rows that match, from now on. */
  setFilter(input: FilterInput): void {
    this.#filterId++;
    const isAll = JSON.stringify(input) === JSON.stringify(NO_FILTER);
    const isRegex = input.mode === 'regex';
    this.#filter = isAll ? null : { rows: null, error: '', isRegex };
    if (!isAll) void this.#compile(input, this.#filterId);
    this.#options.onChange();
  }

  /** Names the filter that is set; 0 for none. */
  get filterId(): number {
    return this.#filter === null ? 0 : this.#filterId;
  }

  /** The store's row at a position of the index a `filterId` names, and that index's length; null if it is stale. */
  index(filterId: number): { readonly length: number; readonly row: (position: number) => number } | null {
    if (filterId === 0) return { length: this.store.length, row: (position) => position };
    const rows = this.#filter?.rows;
    if (filterId !== this.#filterId || rows === null || rows === undefined) return null;
    return { length: rows.length, row: (position) => rows.row(position) };
  }

  /** What the rows from `from` up to `to`, not included, say at their beginning. */
  text(from: number, to: number): TextPreview | null {
    return previewOf(this.store, { from, to }, this.#options);
  }

  snapshot(nowMs: number): StreamSnapshot {
    const { assembly, linter, heartbeats } = this.analysis;
    const counts = { error: 0, warning: 0, info: 0 };
    for (const { severity } of linter.list.items) counts[severity]++;
    const liveness = heartbeats.livenessAt(nowMs);
    const endMs = this.store.hasEnded ? this.#lastAtMs() : nowMs;
    return {
      filter: this.#filterSnapshot(),
      text: {
        channels: assembly.channels.map(({ key, kind, label, length }) => ({ key, kind, label, length })),
        rate: assembly.rate(endMs),
      },
      chunkCount: this.store.chunkCount,
      errorCount: counts.error,
      warningCount: counts.warning,
      infoCount: counts.info,
      liveness: {
        state: liveness.state,
        words: liveness.state === 'active' ? '' : say(livenessMessage(liveness)),
      },
      resumed: this.#resumedWords(),
      isAnalysed: this.analysis.isDone,
    };
  }

  dispose(): void {
    this.#slicer.dispose();
    this.store.dispose();
  }

  async #compile(input: FilterInput, filterId: number): Promise<void> {
    const set = (rows: RowFilter | null, error: string): void => {
      if (filterId !== this.#filterId) return; // another one was set meanwhile
      this.#filter = { rows, error, isRegex: input.mode === 'regex' };
      this.#slicer.kick();
      this.#options.onChange();
    };
    try {
      const needsEngine = input.mode === 'jsonpath' && input.text !== '';
      const engine = needsEngine ? await this.#options.loadJsonPath() : null;
      const kinds = input.showComments ? null : (['event', 'retry', 'incomplete', 'resumed'] as const);
      const { text, mode, matchCase, type } = input;
      const compiled = compileFilter({ text, mode, matchCase, type, kinds }, engine);
      if ('error' in compiled) set(null, say(compiled.error));
      else set(new RowFilter(this.store, compiled), '');
    } catch (error) {
      set(null, isCbError(error) ? say(error.display) : String(error));
    }
  }

  /** Does a slice of the work that is left: the filter's first, what trails behind the stream only out of a flood. */
  #work(budgetMs: number): boolean {
    if (this.#isGathering) {
      this.#isGathering = !this.analysis.resumes.gather();
      return false;
    }
    const isFiltered = this.#advanceFilter(budgetMs);
    const isAnalysed = isFiltered && this.#mayAnalyse() && this.analysis.advance(budgetMs, now);
    this.#options.onChange();
    return isFiltered && isAnalysed;
  }

  /** True when the filter has seen all rows, or sees no more. */
  #advanceFilter(budgetMs: number): boolean {
    const filter = this.#filter;
    const rows = filter?.rows ?? null;
    if (filter === null || rows === null) return true;
    const advance = (): boolean => rows.advance(budgetMs, now);
    try {
      return filter.isRegex ? this.#limited(advance) : advance();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#filter = {
        ...filter,
        rows: null,
        error:
          error instanceof TimeLimitError
            ? vscode.l10n.t('The search was stopped: this expression takes too long. Make it simpler.')
            : reason,
      };
      return true;
    }
  }

  #mayAnalyse(): boolean {
    const nowMs = now();
    const may = this.store.hasEnded
      ? nowMs >= this.#analyseFromMs
      : !this.#isFlood() || nowMs - this.#analysedAtMs > MAX_WAIT_MS;
    if (may) this.#analysedAtMs = nowMs;
    return may;
  }

  /** True while so much comes in, or came in a moment ago, that everything else waits. */
  #isFlood(): boolean {
    const nowMs = now();
    if (this.#floodBytes > FLOOD_BYTES) this.#floodAtMs = nowMs;
    this.#floodBytes = 0;
    return nowMs - this.#floodAtMs < SHOW_MS;
  }

  #filterSnapshot(): FilterSnapshot | null {
    if (this.#filter === null) return null;
    const { rows } = this.#filter;
    const stopped = rows?.stopped ?? null;
    const error = stopped === null ? this.#filter.error : say(stopped);
    return {
      filterId: this.#filterId,
      rowCount: rows?.length ?? 0,
      isDone: error !== '' || rows?.scanned === this.store.length,
      error,
      cutCount: rows?.cutCount ?? 0,
      cutBytes: rows?.maxRowBytes ?? 0,
    };
  }

  #resumedWords(): string {
    const finding = this.analysis.resumes.findings.at(-1);
    return finding === undefined ? '' : resumeMessages(finding).slice(1).map(say).join(' ');
  }

  #lastAtMs(): number {
    return this.store.chunkCount === 0 ? 0 : this.store.chunk(this.store.chunkCount - 1).atMs;
  }
}

function now(): number {
  return performance.now();
}
