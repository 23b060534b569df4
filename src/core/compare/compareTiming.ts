/** What is compared of how two exchanges went by, in this order. Times in ms. */
export const timingKeys = [
  'headers',
  'firstByte',
  'firstEvent',
  'firstText',
  'gapP50',
  'gapP95',
  'gapMax',
  'total',
] as const;
export type TimingKey = (typeof timingKeys)[number];

/** How an exchange went by; null for what did not happen. */
export type TimingFigures = Readonly<Record<TimingKey, number | null>>;

/** One figure of both. */
export interface ComparedTiming {
  readonly key: TimingKey;
  readonly left: number | null;
  readonly right: number | null;
  /** How much later, or longer, on the right; null where a side has none. */
  readonly deltaMs: number | null;
}

/** A difference below this, and below this share of the shorter time, is none that anybody feels. */
const FELT_MS = 20;
const FELT_SHARE = 0.1;

/** Compares figure by figure; those that neither side has are left out. */
export function compareTiming(left: TimingFigures, right: TimingFigures): ComparedTiming[] {
  return timingKeys.flatMap((key) => {
    const [one, other] = [left[key], right[key]];
    if (one === null && other === null) return [];
    return [{ key, left: one, right: other, deltaMs: one === null || other === null ? null : other - one }];
  });
}

/** True for a difference that is worth a word. */
export function isFelt({ left, right, deltaMs }: ComparedTiming): boolean {
  if (deltaMs === null) return false;
  const shorter = Math.min(left ?? 0, right ?? 0);
  return Math.abs(deltaMs) >= Math.max(FELT_MS, shorter * FELT_SHARE);
}
