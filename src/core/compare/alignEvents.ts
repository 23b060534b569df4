import { addCommon, type Matches } from './commonEvents.ts';
import type { EventDigests } from './eventDigest.ts';

/**
 * How two events stand to each other: `alike` differ in ids, times and long numbers alone; `missing` is only left, `added`
 * only right; `pending` may still come on the other side.
 */
export const pairStates = ['same', 'alike', 'changed', 'missing', 'added', 'pending'] as const;
export type PairState = (typeof pairStates)[number];

/** Two streams' events side by side. */
export interface Alignment {
  /** Pairs in order; -1 where a side has no event. By index among the side's events. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Index in {@link pairStates}. */
  readonly state: Uint8Array;
  readonly counts: Readonly<Record<PairState, number>>;
  /** Pairs that are changed, missing or added, ascending. */
  readonly differences: Int32Array;
  /** True where ids told which events belong together. */
  readonly isById: boolean;
}

/** Which sides may still get events. */
export interface OpenSides {
  readonly left: boolean;
  readonly right: boolean;
}

/**
 * Puts events side by side: those of one id, where ids of the one side occur on the other; the rest in order, first those
 * that are the same, between them those that are alike, between these those of one type.
 */
export function alignEvents(
  left: EventDigests,
  right: EventDigests,
  open: OpenSides = { left: false, right: false },
): Alignment {
  const ids = { left: uniqueIds(left.id), right: uniqueIds(right.id) };
  let matches = matchesById(ids.left, ids.right);
  const isById = matches.left.length > 0;
  for (const level of ['exact', 'alike', 'type'] as const) {
    const lefts = isById ? withoutOwn(left[level], left.id, ids.left) : left[level];
    const rights = isById ? withoutOwn(right[level], right.id, ids.right) : right[level];
    matches = fillGaps(matches, lefts, rights);
  }
  return laidOut(matches, { left, right }, open, isById);
}

/** Index by id, of ids that occur once. */
type Ids = ReadonlyMap<number, number>;

function uniqueIds(ids: ArrayLike<number>): Ids {
  const found = new Map<number, number>();
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] ?? 0;
    if (id !== 0) found.set(id, found.has(id) ? -1 : at);
  }
  for (const [id, at] of found) if (at < 0) found.delete(id);
  return found;
}

/** What has an id belongs to the event of that id or to none. */
function withoutOwn(keys: ArrayLike<number>, id: ArrayLike<number>, ids: Ids): Float64Array {
  return Float64Array.from(keys, (key, at) => (ids.get(id[at] ?? 0) === at ? NaN : key));
}

/** Events of one id, as many as are in the same order on both sides. */
function matchesById(left: Ids, right: Ids): Matches {
  const lefts: number[] = [];
  const rights: number[] = [];
  // In the order of the left side: a map keeps that in which ids came first.
  for (const [id, at] of left) {
    const other = right.get(id);
    if (other === undefined) continue;
    lefts.push(at);
    rights.push(other);
  }
  const kept = longestAscending(rights);
  return { left: kept.map((index) => lefts[index] ?? 0), right: kept.map((index) => rights[index] ?? 0) };
}

/** Indices of as many numbers as ascend (patience). */
function longestAscending(numbers: readonly number[]): number[] {
  /** The index that ends the best row of each length, and for each index the one before it. */
  const ends: number[] = [];
  const before = new Int32Array(numbers.length);
  for (const [index, number] of numbers.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  }
  const row: number[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) row.push(index);
  return row.reverse();
}

function fillGaps(matches: Matches, lefts: ArrayLike<number>, rights: ArrayLike<number>): Matches {
  const filled: Matches = { left: [], right: [] };
  let [leftFrom, rightFrom] = [0, 0];
  const fill = (leftTo: number, rightTo: number): void => {
    if (leftFrom < leftTo && rightFrom < rightTo)
      addCommon(filled, lefts, rights, { leftFrom, leftTo, rightFrom, rightTo });
  };
  for (let index = 0; index < matches.left.length; index++) {
    const [one, other] = [matches.left[index] ?? 0, matches.right[index] ?? 0];
    fill(one, other);
    filled.left.push(one);
    filled.right.push(other);
    [leftFrom, rightFrom] = [one + 1, other + 1];
  }
  fill(lefts.length, rights.length);
  return filled;
}

function laidOut(
  matches: Matches,
  { left, right }: { readonly left: EventDigests; readonly right: EventDigests },
  open: OpenSides,
  isById: boolean,
): Alignment {
  const [leftTo, rightTo] = [left.exact.length, right.exact.length];
  const length = leftTo + rightTo - matches.left.length;
  const pairs = {
    left: new Int32Array(length),
    right: new Int32Array(length),
    state: new Uint8Array(length),
  };
  const counts = { same: 0, alike: 0, changed: 0, missing: 0, added: 0, pending: 0 };
  const differences: number[] = [];
  let at = 0;
  const push = (one: number, other: number, state: PairState): void => {
    pairs.left[at] = one;
    pairs.right[at] = other;
    pairs.state[at] = pairStates.indexOf(state);
    counts[state]++;
    if (state === 'changed' || state === 'missing' || state === 'added') differences.push(at);
    at++;
  };
  let [nextLeft, nextRight] = [0, 0];
  const pushAlone = (leftEnd: number, rightEnd: number, isLast: boolean): void => {
    // Only what stands behind all that the other side has may still come there.
    const mayCome = { left: isLast && open.left, right: isLast && open.right };
    while (nextLeft < leftEnd) push(nextLeft++, -1, mayCome.right ? 'pending' : 'missing');
    while (nextRight < rightEnd) push(-1, nextRight++, mayCome.left ? 'pending' : 'added');
  };
  for (const [index, one] of matches.left.entries()) {
    const other = matches.right[index] ?? 0;
    pushAlone(one, other, false);
    push(one, other, stateOf(left, one, right, other));
    [nextLeft, nextRight] = [one + 1, other + 1];
  }
  pushAlone(leftTo, rightTo, true);
  return { ...pairs, counts, differences: Int32Array.from(differences), isById };
}

function stateOf(left: EventDigests, one: number, right: EventDigests, other: number): PairState {
  if (left.exact[one] === right.exact[other]) return 'same';
  return left.alike[one] === right.alike[other] ? 'alike' : 'changed';
}
