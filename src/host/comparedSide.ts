import type * as vscode from 'vscode';
import type { TimingFigures } from '../core/compare/compareTiming.ts';
import type { JudgedSide } from '../core/compare/comparisonVerdict.ts';
import { EventDigester, MAX_COMPARED } from '../core/compare/eventDigest.ts';
import type { HeaderList } from '../core/ports.ts';
import type { TimeRange } from '../core/stream/timing/timelineBins.ts';
import type { Timeline } from '../protocol/answers.ts';
import type { ComparedEvent, ComparedRun } from '../protocol/comparison.ts';
import type { Run } from './run.ts';
import type * as panelModule from './streamPanel.ts';
import { say } from './translate.ts';

/** Bytes of data that a row and the pane below show. */
const PREVIEW_BYTES = 300;
const DETAIL_BYTES = 1_000_000;

/** What it shares with the panels of runs. */
export type PanelParts = Pick<typeof panelModule, 'timelineOf' | 'timingOf' | 'judgementsOn'>;

/** One of the two runs of a comparison: held, followed, its events digested, and what is shown of it. */
export class ComparedSide implements vscode.Disposable {
  readonly run: Run;
  readonly #parts: PanelParts;
  readonly #held: vscode.Disposable;
  readonly #subscription: vscode.Disposable;
  #digester: EventDigester | undefined;
  #comments = 0;
  #lookedAt = 0;

  constructor(run: Run, parts: PanelParts, onChange: () => void) {
    this.run = run;
    this.#parts = parts;
    this.#held = run.hold();
    this.#subscription = run.onDidChange(onChange);
  }

  /** Undefined for what is no stream, or not yet known to be one. */
  get digester(): EventDigester | undefined {
    const store = this.run.stream?.store;
    if (store !== undefined) this.#digester ??= new EventDigester(store);
    return this.#digester;
  }

  /** True while it may still get events, and where those that it got last were not kept. */
  get isOpen(): boolean {
    return this.run.isRunning || this.run.isCut;
  }

  /** @returns true when all that is there is digested */
  advance(budgetMs: number, now: () => number): boolean {
    return this.digester?.advance(budgetMs, now) ?? true;
  }

  /** Events beyond the ones that are compared. */
  get omittedEvents(): number {
    return Math.max(0, (this.run.stream?.store.eventCount ?? 0) - MAX_COMPARED);
  }

  /** What its row shows of an event; null where there is none. */
  event(eventIndex: number): ComparedEvent | null {
    const { stream } = this.run;
    if (eventIndex < 0 || stream === undefined) return null;
    const { store } = stream;
    const row = store.eventRow(eventIndex);
    return {
      eventIndex,
      atMs: store.atMs(row),
      eventType: store.type(row).slice(0, PREVIEW_BYTES),
      id: store.id(row, PREVIEW_BYTES),
      text: stream.text(row, row + 1),
      preview: store.text(row, PREVIEW_BYTES).slice(0, PREVIEW_BYTES).replace(/\s+/g, ' '),
    };
  }

  /** An event's data for the pane below; empty where there is none. */
  data(eventIndex: number): string {
    const store = this.run.stream?.store;
    return eventIndex < 0 || store === undefined ? '' : store.text(store.eventRow(eventIndex), DETAIL_BYTES);
  }

  /** What came when, in so many bins; null for the whole time. */
  timeline(bins: number, range: TimeRange | null): Timeline {
    return this.#parts.timelineOf(this.run, bins, range);
  }

  get headers(): HeaderList {
    return this.run.response?.received.headers ?? [];
  }

  /** What the verdict takes of it. */
  judged(): JudgedSide {
    const { isRunning, response, stream, byteLength, ended } = this.run;
    return {
      isRunning,
      status: response?.received.status ?? null,
      isStream: stream !== undefined,
      byteLength,
      isComplete: ended?.exchange.reason === 'complete',
      omittedEvents: this.omittedEvents,
      isCut: this.run.isCut,
    };
  }

  /** Its times, in ms since the request was sent. */
  figures(): TimingFigures {
    const { run } = this;
    const { headersAtMs, firstByteAtMs, firstEventAtMs, firstTextAtMs, gaps } = this.#parts.timingOf(run);
    return {
      headers: headersAtMs,
      firstByte: firstByteAtMs ?? run.bytesAtMs?.first ?? null,
      firstEvent: firstEventAtMs,
      firstText: firstTextAtMs,
      gapP50: gaps?.p50Ms ?? null,
      gapP95: gaps?.p95Ms ?? null,
      gapMax: gaps?.maxMs ?? null,
      total: run.ended?.atMs ?? null,
    };
  }

  /** @param other the run it stands beside */
  snapshot(other: Run): ComparedRun {
    const { run } = this;
    const shown = run.snapshot();
    const { method, url, phase, elapsedMs, eventCount, byteCount } = shown;
    return {
      id: run.id,
      label: run.label,
      method,
      url,
      profile: shownProfile(run, other),
      phase,
      reason: shown.end?.reason ?? null,
      status: shown.response?.status ?? null,
      statusText: shown.response?.statusText ?? '',
      sentMs: run.sentMs ?? null,
      elapsedMs,
      isStream: run.stream !== undefined,
      eventCount,
      byteCount,
      heartbeatCount: this.#countComments(),
      limitMs: shown.functionTimeoutMs,
      // They are final at the end, and take a look at each chunk.
      judgements: run.isAnalysed ? this.#parts.judgementsOn(run).map(({ title }) => say(title)) : [],
    };
  }

  /** Comments so far: each record that is no event is looked at once. */
  #countComments(): number {
    const store = this.run.stream?.store;
    for (; store !== undefined && this.#lookedAt < store.otherRowCount; this.#lookedAt++) {
      if (store.kind(store.otherRow(this.#lookedAt)) === 'comment') this.#comments++;
    }
    return this.#comments;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#held.dispose();
  }
}

/** A run's profile, with its route where that is what tells it from the other run. */
function shownProfile({ prepared }: Run, other: Run): string {
  const { name = '' } = prepared?.profile ?? {};
  const { profile, route } = other.prepared ?? {};
  const isByRoute = profile?.name === name && route !== prepared?.route;
  return isByRoute ? [name, prepared?.route ?? 'URL'].join(' · ') : name;
}
