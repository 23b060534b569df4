import type { Message } from '../../message.ts';

/** A judgement about one exchange, what it rests on, and what to do: the likeliest first. */
export interface Verdict<Kind extends string> {
  readonly verdict: Kind;
  readonly tone: 'good' | 'neutral' | 'bad';
  readonly title: Message;
  readonly evidence: readonly Message[];
  readonly advice: readonly Message[];
}
