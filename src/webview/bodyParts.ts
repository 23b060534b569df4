import type { AnswerTo } from '../protocol/answers.ts';

/** Puts a body together from the host's answers, each of which has only what is new. */
export class BodyParts {
  #runId = -1;
  #text = '';
  #to = 0;

  /** How many bytes of a run's body are here: where to go on from. */
  from(runId: number): number {
    if (runId !== this.#runId) this.#begin(runId);
    return this.#to;
  }

  /** The whole body as far as it is here; null where the answer does not go on from that: ask anew then. */
  take(runId: number, answer: AnswerTo<'body'> | null): AnswerTo<'body'> | null {
    if (runId !== this.#runId) return null;
    if (answer === null || (answer.from !== 0 && answer.from !== this.#to)) {
      this.#begin(runId);
      return null;
    }
    if (answer.text === null || answer.bytes !== null) return answer; // comes whole
    this.#text = (answer.from === 0 ? '' : this.#text) + answer.text;
    this.#to = answer.to;
    return { ...answer, from: 0, text: this.#text };
  }

  #begin(runId: number): void {
    this.#runId = runId;
    this.#text = '';
    this.#to = 0;
  }
}
