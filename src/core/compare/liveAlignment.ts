import { alignEvents, type Alignment } from './alignEvents.ts';
import type { EventDigester } from './eventDigest.ts';

/** ms between two alignments of what still grows, and the most of the time that may go into them. */
const ALIGN_MS = 400;
const ALIGN_SHARE = 0.1;

/** One of two runs whose events are aligned. */
export interface AlignedSide {
  /** Undefined for what is no stream, or not yet known to be one. */
  readonly digester: EventDigester | undefined;
  /** True where events of it may be missing that others have. */
  readonly isOpen: boolean;
}

/** The alignment of two streams that may still grow: made again when they have, but not all the time. */
export class LiveAlignment {
  readonly #now: () => number;
  #last: Alignment | null = null;
  #id = 0;
  /** What the last one is of; null where there is none. */
  #state: string | null = null;
  #againAtMs = -Infinity;

  /** @param now ms on a monotonic clock */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The last one, which may be of what was there a moment ago; null where there is none. */
  get last(): Alignment | null {
    return this.#last;
  }

  /** Names the last one. */
  get id(): number {
    return this.#id;
  }

  /** True where the last one is of all that is there, and of who may still get more. */
  isOf(left: AlignedSide, right: AlignedSide): boolean {
    return this.#state !== null && this.#state === stateOf(left, right);
  }

  /** Aligns all that is there, unless that was done a moment ago. @returns ms to wait before it is tried again, or 0 */
  align(left: AlignedSide, right: AlignedSide): number {
    const state = stateOf(left, right);
    if (state === null || state === this.#state) return 0;
    const nowMs = this.#now();
    if (nowMs < this.#againAtMs) return this.#againAtMs - nowMs;
    const [one, other] = [left, right].map(({ digester }) => digester?.digests());
    if (one === undefined || other === undefined) return 0;
    this.#last = alignEvents(one, other, { left: left.isOpen, right: right.isOpen });
    this.#state = state;
    this.#id++;
    const endMs = this.#now();
    this.#againAtMs = endMs + Math.max(ALIGN_MS, (endMs - nowMs) / ALIGN_SHARE);
    return 0;
  }

  /** It is about other runs now. */
  forget(): void {
    this.#last = null;
    this.#state = null;
    this.#againAtMs = -Infinity;
  }
}

/** So many events of each, and whether more may come; null while events wait to be digested. */
function stateOf(...sides: readonly AlignedSide[]): string | null {
  const areDigested = sides.every(({ digester }) => digester?.isDone === true);
  return areDigested ? sides.map(({ digester, isOpen }) => `${digester?.length}${isOpen}`).join() : null;
}
