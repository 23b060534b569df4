import * as vscode from 'vscode';
import { pairStates, type Alignment } from '../core/compare/alignEvents.ts';
import { compareHeaders } from '../core/compare/compareHeaders.ts';
import { compareTiming } from '../core/compare/compareTiming.ts';
import { judgeComparison, type BodyState, type Findings } from '../core/compare/comparisonVerdict.ts';
import { LiveAlignment } from '../core/compare/liveAlignment.ts';
import type {
  ComparisonAnswer,
  ComparisonQuery,
  ComparisonSnapshot,
  EventPair,
  PairDetail,
  Side,
} from '../protocol/comparison.ts';
import { MAX_ROWS_PER_QUERY } from '../protocol/queries.ts';
import { compareBodies, contentChannels, isSameText } from './comparedContent.ts';
import { ComparedSide, type PanelParts } from './comparedSide.ts';
import type { Run } from './run.ts';
import { Slicer } from './slicer.ts';
import { say } from './translate.ts';

/** Two runs side by side, kept up with them while they run, or with those that follow. Holds both: what they received stays as long as it is needed. */
export class Comparison implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #slicer: Slicer;
  readonly #parts: PanelParts;
  readonly #canSendBoth: boolean;
  #sides: Readonly<Record<Side, ComparedSide>>;
  readonly #alignment = new LiveAlignment(() => performance.now());
  #timer: NodeJS.Timeout | undefined;
  #body: { readonly key: string; readonly state: BodyState } | null = null;
  #isDisposed = false;

  /** Fires when the snapshot may have changed; often, so coalesce. */
  readonly onDidChange = this.#changed.event;

  /** @param canSendBoth whether the page offers to send both again */
  constructor(left: Run, right: Run, parts: PanelParts, canSendBoth: boolean) {
    this.#parts = parts;
    this.#canSendBoth = canSendBoth;
    this.#sides = this.#sidesOf(left, right);
    this.#slicer = new Slicer(
      (budgetMs) => this.#digest(budgetMs),
      () => this.isLive,
    );
    this.#slicer.kick();
  }

  get left(): Run {
    return this.#sides.left.run;
  }

  get right(): Run {
    return this.#sides.right.run;
  }

  /** True while one of them may still change. */
  get isLive(): boolean {
    return !this.left.isAnalysed || !this.right.isAnalysed;
  }

  /** Makes A of B and B of A. */
  swap(): void {
    this.#sides = { left: this.#sides.right, right: this.#sides.left };
    this.#alignment.forget();
    this.#align();
    this.#changed.fire();
  }

  /** Goes on with two other runs: both were sent again. */
  follow(left: Run, right: Run): void {
    if (this.#isDisposed) return;
    const before = this.#sides;
    this.#sides = this.#sidesOf(left, right);
    before.left.dispose();
    before.right.dispose();
    this.#alignment.forget();
    this.#runChanged();
  }

  snapshot(): ComparisonSnapshot {
    const findings = this.#findings();
    const { tone, sentences } = judgeComparison(findings);
    const { left, right } = this.#sides;
    const separator = vscode.env.language.startsWith('zh') ? '' : ' ';
    return {
      left: left.snapshot(right.run),
      right: right.snapshot(left.run),
      isLive: this.isLive,
      tone,
      verdict: sentences.map(say).join(separator),
      headers: compareHeaders(left.headers, right.headers),
      timing: findings.timing,
      events: this.#eventsSnapshot(),
      body: findings.body,
      hasTexts: hasText(left.run) && hasText(right.run),
      canSendBoth: this.#canSendBoth,
    };
  }

  /** Null where it cannot be answered: a stale alignment, a row out of range. */
  answer(query: ComparisonQuery): ComparisonAnswer | null {
    if (query.kind === 'timelines') {
      const { bins, fromMs, toMs } = query;
      const range = fromMs === undefined || toMs === undefined ? null : { fromMs, toMs };
      const { left, right } = this.#sides;
      return { kind: 'timelines', left: left.timeline(bins, range), right: right.timeline(bins, range) };
    }
    const alignment = this.#alignmentOf(query.alignmentId);
    if (alignment === null) return null;
    const { left, differences } = alignment;
    switch (query.kind) {
      case 'pairs': {
        const length = query.onlyDifferences ? differences.length : left.length;
        const to = Math.min(length, query.from + Math.min(query.count, MAX_ROWS_PER_QUERY));
        const pairs: EventPair[] = [];
        for (let row = query.from; row < to; row++) {
          pairs.push(this.#pair(alignment, query.onlyDifferences ? (differences[row] ?? 0) : row));
        }
        return { kind: 'pairs', alignmentId: query.alignmentId, from: query.from, pairs };
      }
      case 'pair': {
        const pair = query.onlyDifferences ? differences[query.row] : query.row;
        const detail = pair === undefined ? null : this.pair(query.alignmentId, pair);
        return detail === null ? null : { kind: 'pair', detail };
      }
      case 'difference': {
        const index = countBelow(differences, query.pair + (query.direction === 'next' ? 1 : 0));
        const pair = differences[query.direction === 'next' ? index : index - 1] ?? null;
        return { kind: 'difference', pair };
      }
    }
  }

  /** A pair in full; null where there is none. */
  pair(alignmentId: number, pair: number): PairDetail | null {
    const alignment = this.#alignmentOf(alignmentId);
    if (alignment === null || pair >= alignment.left.length) return null;
    const { left, right } = this.#sides;
    return {
      ...this.#pair(alignment, pair),
      leftData: left.data(alignment.left[pair] ?? -1),
      rightData: right.data(alignment.right[pair] ?? -1),
    };
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#slicer.dispose();
    this.#sides.left.dispose();
    this.#sides.right.dispose();
    this.#changed.dispose();
  }

  #sidesOf(left: Run, right: Run): Readonly<Record<Side, ComparedSide>> {
    const onChange = (): void => this.#runChanged();
    return {
      left: new ComparedSide(left, this.#parts, onChange),
      right: new ComparedSide(right, this.#parts, onChange),
    };
  }

  #runChanged(): void {
    if (this.#isDisposed) return;
    this.#slicer.kick();
    this.#changed.fire();
  }

  /** @returns true when the events that are there have been looked at and aligned */
  #digest(budgetMs: number): boolean {
    const { left, right } = this.#sides;
    const now = (): number => performance.now();
    const areDigested = left.advance(budgetMs / 2, now) && right.advance(budgetMs / 2, now);
    if (areDigested) this.#align();
    return areDigested;
  }

  #align(): void {
    const { left, right } = this.#sides;
    const { id } = this.#alignment;
    const waitMs = this.#alignment.align(left, right);
    if (waitMs > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#slicer.kick();
      }, waitMs);
    }
    if (this.#alignment.id !== id) this.#changed.fire();
  }

  #alignmentOf(alignmentId: number): Alignment | null {
    return alignmentId === this.#alignment.id ? this.#alignment.last : null;
  }

  #pair(alignment: Alignment, pair: number): EventPair {
    const { left, right } = this.#sides;
    return {
      pair,
      state: pairStates[alignment.state[pair] ?? 0] ?? 'same',
      left: left.event(alignment.left[pair] ?? -1),
      right: right.event(alignment.right[pair] ?? -1),
    };
  }

  #eventsSnapshot(): ComparisonSnapshot['events'] {
    const { id, last: alignment } = this.#alignment;
    const { left, right } = this.#sides;
    if (alignment === null || left.run.stream === undefined || right.run.stream === undefined) return null;
    const { counts, isById, differences } = alignment;
    return {
      alignmentId: id,
      length: alignment.left.length,
      differenceCount: differences.length,
      counts,
      isById,
      omitted: left.omittedEvents + right.omittedEvents,
    };
  }

  #findings(): Findings {
    const { left, right } = this;
    const areStreams = left.stream !== undefined && right.stream !== undefined;
    // At the end, what was found a moment before is no longer enough.
    const isAligned =
      left.isRunning || right.isRunning || this.#alignment.isOf(this.#sides.left, this.#sides.right);
    return {
      left: this.#sides.left.judged(),
      right: this.#sides.right.judged(),
      events: areStreams && isAligned ? (this.#alignment.last?.counts ?? null) : null,
      isSameText: areStreams && !this.isLive && hasText(left) ? isSameText(left, right) : null,
      body:
        left.stream !== undefined || right.stream !== undefined || this.isLive ? null : this.#compareBodies(),
      timing: compareTiming(this.#sides.left.figures(), this.#sides.right.figures()),
    };
  }

  #compareBodies(): BodyState {
    const { left, right } = this;
    const key = `${left.id} ${right.id} ${left.byteLength} ${right.byteLength}`;
    if (this.#body?.key !== key) this.#body = { key, state: compareBodies(left, right) };
    return this.#body.state;
  }
}

function hasText(run: Run): boolean {
  return contentChannels(run).length > 0;
}

/** How many values of an ascending list are below `value`. */
function countBelow(list: Int32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
