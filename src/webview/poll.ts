/** ms between two questions while a run is live. */
const INTERVAL_MS = 250;
/** ms until a question that failed is asked again, and how often it is: the last time a minute later. */
const RETRY_MS = 250;
const MAX_RETRIES = 8;

/** What a {@link Poll} needs from the page. */
export interface PollPorts {
  /** Draw, soon: an answer has come, or a question that had to wait is due. Not needed by what is drawn by the clock. */
  readonly redraw?: () => void;
  /** ms on a monotonic clock. */
  readonly now?: () => number;
  readonly after?: (ms: number, callback: () => void) => void;
}

/** A question of a {@link Poll}. */
export interface PollQuestion<Answer> {
  readonly runId: number;
  /** What the answer depends on: a question is asked again when this has changed. */
  readonly key: string;
  /** True for one that need not wait for its turn: what is shown lags behind, or the run has ended. */
  readonly isUrgent: boolean;
  /** Null where there is no answer; never rejects. */
  readonly ask: () => Promise<Answer | null>;
  readonly take: (answer: Answer) => void;
}

/** Asks the host as what a tab shows changes: never two questions at a time, and while the run is live not too often. */
export class Poll {
  readonly #ports: Required<PollPorts>;
  #runId = -1;
  #askedKey: string | null = null;
  #askedAtMs = -Infinity;
  #isAsking = false;
  /** Questions that failed since the last answer. */
  #failures = 0;
  #isTimerSet = false;

  constructor(ports: PollPorts = {}) {
    this.#ports = {
      redraw: () => undefined,
      now: () => performance.now(),
      after: (ms, callback) => void setTimeout(callback, ms),
      ...ports,
    };
  }

  /** Asks if it is time to. An answer that comes when another run is shown is dropped. */
  update<Answer>(question: PollQuestion<Answer>): void {
    const { runId, key, isUrgent } = question;
    if (runId !== this.#runId) {
      this.#runId = runId;
      this.#askedKey = null;
      this.#askedAtMs = -Infinity;
      this.#isAsking = false;
      this.#failures = 0;
    }
    if (this.#isAsking || key === this.#askedKey) return;
    const waitMs = this.#askedAtMs + INTERVAL_MS - this.#ports.now();
    // A question that could not be answered waits even if it is urgent: else it would be asked for ever.
    if (waitMs > 0 && (!isUrgent || this.#failures > 0)) {
      if (this.#failures === 0) this.#wake(waitMs);
      return;
    }
    this.#begin(question);
  }

  #begin<Answer>(question: PollQuestion<Answer>): void {
    this.#isAsking = true;
    this.#askedKey = question.key;
    this.#askedAtMs = this.#ports.now();
    void this.#ask(question);
  }

  #wake(ms: number): void {
    if (this.#isTimerSet) return;
    this.#isTimerSet = true;
    this.#ports.after(ms, () => {
      this.#isTimerSet = false;
      this.#ports.redraw();
    });
  }

  async #ask<Answer>(question: PollQuestion<Answer>): Promise<void> {
    const { runId, ask, take } = question;
    const answer = await ask();
    if (runId !== this.#runId) return;
    this.#isAsking = false;
    if (answer === null) {
      this.#askedKey = null;
      this.#retry(question, ++this.#failures);
    } else {
      this.#failures = 0;
      take(answer);
      this.#ports.redraw();
    }
  }

  /** After the end of a run nothing else would ask again: nothing changes any more. */
  #retry<Answer>(question: PollQuestion<Answer>, failures: number): void {
    if (failures > MAX_RETRIES) return;
    this.#ports.after(RETRY_MS * 2 ** (failures - 1), () => {
      const isLast = failures === this.#failures && question.runId === this.#runId;
      if (isLast && !this.#isAsking) this.#begin(question);
    });
  }
}
