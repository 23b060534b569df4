import type {
  ComparisonAnswerTo,
  ComparisonSnapshot,
  FromComparison,
  ComparedRun,
} from '../../protocol/comparison.ts';
import type { ComparisonStrings } from '../../protocol/strings/comparisonStrings.ts';
import { element } from '../dom.ts';
import { Poll } from '../poll.ts';
import type * as timelineModule from '../timeline/timeline.ts';
import type { CompareClient } from './compareClient.ts';

/** The host's bins: some ten to every one that is drawn, as it draws round ones. */
const BINS = 2000;

/** Both runs over time; the pictures are loaded when they are first shown. */
export class CompareTimeline {
  readonly element = element('div', '');
  readonly #strings: ComparisonStrings;
  readonly #client: CompareClient;
  readonly #post: (message: FromComparison) => void;
  readonly #redraw: () => void;
  readonly #poll: Poll;
  #pictures: InstanceType<typeof timelineModule.ComparedTimelines> | null = null;
  #isLoading = false;
  #timelines: ComparisonAnswerTo<'timelines'> | null = null;
  #shown: unknown = null;

  constructor(
    strings: ComparisonStrings,
    {
      client,
      post,
      redraw,
    }: {
      readonly client: CompareClient;
      readonly post: (message: FromComparison) => void;
      readonly redraw: () => void;
    },
  ) {
    this.#strings = strings;
    this.#client = client;
    this.#post = post;
    this.#redraw = redraw;
    this.#poll = new Poll({ redraw });
  }

  update(snapshot: ComparisonSnapshot): void {
    const pictures = this.#pictures;
    if (pictures === null) {
      if (!this.#isLoading) void this.#load();
      return;
    }
    const { left, right, isLive } = snapshot;
    const range = pictures.asked;
    const seconds = isLive ? Math.floor(Math.max(left.elapsedMs, right.elapsedMs) / 1000) : 0;
    const sides = [left, right].map((run) => [run.label, run.profile, run.sentMs, run.phase, run.byteCount]);
    this.#poll.update({
      runId: 0,
      key: JSON.stringify([sides, seconds, isLive, range]),
      isUrgent: !isLive,
      ask: () => this.#client.ask<'timelines'>({ kind: 'timelines', bins: BINS, ...range }),
      take: (answer) => (this.#timelines = answer),
    });
    if (this.#timelines === null || this.#shown === this.#timelines) return;
    this.#shown = this.#timelines;
    pictures.update([timedRun('A', left, this.#timelines.left), timedRun('B', right, this.#timelines.right)]);
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    const { ComparedTimelines } = await import('../timeline/timeline.ts');
    const { runA, runB, timeline } = this.#strings;
    this.#pictures = new ComparedTimelines(timeline, [runA, runB], {
      onView: this.#redraw,
      onSave: (svg) => this.#post({ type: 'savePicture', svg }),
    });
    this.element.append(this.#pictures.element);
    this.#redraw();
  }
}

function timedRun(
  letter: string,
  { label, profile, isStream, limitMs }: ComparedRun,
  timeline: ComparisonAnswerTo<'timelines'>['left'],
): Parameters<timelineModule.ComparedTimelines['update']>[0][0] {
  const heading = `${letter} · ${label}${profile === '' ? '' : ` · ${profile}`}`;
  return { heading, timeline, isStream, limitMs };
}
