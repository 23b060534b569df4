/** Edits after which a search is cut and begun anew from the best place reached: bounds time and memory. */
const MAX_EDITS = 128;

/** A stretch of two lists: `to` is not included. */
export interface Stretch {
  readonly leftFrom: number;
  readonly leftTo: number;
  readonly rightFrom: number;
  readonly rightTo: number;
}

/** Equal elements by their places, ascending on both sides. */
export interface Matches {
  readonly left: number[];
  readonly right: number[];
}

/**
 * Adds the equal elements of two stretches: a longest common subsequence (Myers), or, where the two differ much, nearly
 * one. `NaN` equals nothing. Time grows with the lengths times at most 128.
 */
export function addCommon(
  matches: Matches,
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  { leftFrom, leftTo, rightFrom, rightTo }: Stretch,
): void {
  const push = (one: number, other: number): void => {
    matches.left.push(one);
    matches.right.push(other);
  };
  let [from, otherFrom, to, otherTo] = [leftFrom, rightFrom, leftTo, rightTo];
  while (from < to && otherFrom < otherTo && left[from] === right[otherFrom]) push(from++, otherFrom++);
  while (from < to && otherFrom < otherTo && left[to - 1] === right[otherTo - 1]) {
    to--;
    otherTo--;
  }
  if (from < to && otherFrom < otherTo)
    addBetween(left, right, { leftFrom: from, leftTo: to, rightFrom: otherFrom, rightTo: otherTo }, push);
  for (; to < leftTo; to++, otherTo++) push(to, otherTo);
}

function addBetween(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  { leftFrom, leftTo, rightFrom, rightTo }: Stretch,
  push: (one: number, other: number) => void,
): void {
  const lefts = occurring(left, leftFrom, leftTo, valuesOf(right, rightFrom, rightTo));
  const rights = occurring(right, rightFrom, rightTo, valuesOf(left, leftFrom, leftTo));
  const search = new Search(lefts.map((place) => left[place] ?? NaN), rights.map((place) => right[place] ?? NaN)); // prettier-ignore
  let [x, y] = [0, 0];
  while (x < lefts.length && y < rights.length) {
    const reached = search.from(x, y, (one, other) => push(lefts[one] ?? 0, rights[other] ?? 0));
    [x, y] = [reached.x, reached.y];
  }
}

function valuesOf(list: ArrayLike<number>, from: number, to: number): Set<number> {
  const values = new Set<number>();
  for (let at = from; at < to; at++) values.add(list[at] ?? NaN);
  values.delete(NaN);
  return values;
}

/** Places of a list's elements that occur in the other: the rest can match nothing. */
function occurring(list: ArrayLike<number>, from: number, to: number, others: ReadonlySet<number>): number[] {
  const places: number[] = [];
  for (let at = from; at < to; at++) if (others.has(list[at] ?? NaN)) places.push(at);
  return places;
}

/** Myers' greedy search, cut after {@link MAX_EDITS}. */
class Search {
  readonly #left: readonly number[];
  readonly #right: readonly number[];
  /** By number of edits and diagonal (x - y, shifted): how far x has come. */
  readonly #trace: Int32Array[] = [];

  constructor(left: readonly number[], right: readonly number[]) {
    this.#left = left;
    this.#right = right;
  }

  /** Goes on from a place to the end, or as far as so many edits lead; tells the matches on the way. */
  from(
    x0: number,
    y0: number,
    push: (x: number, y: number) => void,
  ): { readonly x: number; readonly y: number } {
    const [width, height] = [this.#left.length - x0, this.#right.length - y0];
    const most = Math.min(MAX_EDITS, width + height);
    for (let edits = 0; ; edits++) {
      const diagonal = this.#step(x0, y0, edits);
      const x = this.#reached(edits, diagonal);
      const y = x - diagonal;
      if ((x < width || y < height) && edits < most) continue;
      const way = this.#wayBack(edits, diagonal);
      for (let at = way.length - 1; at >= 0; at--) {
        const [one, count, k] = way[at] ?? [0, 0, 0];
        for (let step = 0; step < count; step++) push(x0 + one + step, y0 + one + step - k);
      }
      return { x: x0 + x, y: y0 + y };
    }
  }

  #reached(edits: number, diagonal: number): number {
    return this.#trace[edits]?.[diagonal + MAX_EDITS + 1] ?? 0;
  }

  /** One edit more on each diagonal. @returns the diagonal that came furthest */
  #step(x0: number, y0: number, edits: number): number {
    const [left, right] = [this.#left, this.#right];
    const row = (this.#trace[edits] ??= new Int32Array(2 * MAX_EDITS + 3));
    const before = this.#trace[edits - 1];
    let [best, bestDiagonal] = [-1, 0];
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = diagonal + MAX_EDITS + 1;
      let x = before === undefined ? 0 : entered(before, at, edits, diagonal);
      let y = x - diagonal;
      while (x0 + x < left.length && y0 + y < right.length && left[x0 + x] === right[y0 + y]) {
        x++;
        y++;
      }
      row[at] = x;
      const isInside = x0 + x <= left.length && y0 + y <= right.length;
      if (!isInside || x + y <= best) continue;
      [best, bestDiagonal] = [x + y, diagonal];
    }
    return bestDiagonal;
  }

  /** The diagonal stretches of the way that led to a diagonal, from its end: where each begins, its length, its diagonal. */
  #wayBack(
    lastEdits: number,
    lastDiagonal: number,
  ): (readonly [x: number, count: number, diagonal: number])[] {
    const way: (readonly [number, number, number])[] = [];
    let diagonal = lastDiagonal;
    for (let edits = lastEdits; edits >= 0; edits--) {
      const at = diagonal + MAX_EDITS + 1;
      const before = this.#trace[edits - 1];
      const x = before === undefined ? 0 : entered(before, at, edits, diagonal);
      way.push([x, this.#reached(edits, diagonal) - x, diagonal]);
      if (before !== undefined) diagonal += isDown(before, at, edits, diagonal) ? 1 : -1;
    }
    return way;
  }
}

/** Where a diagonal is entered from its neighbours, of which one had an edit less. */
function entered(before: Int32Array, at: number, edits: number, diagonal: number): number {
  return isDown(before, at, edits, diagonal) ? (before[at + 1] ?? 0) : (before[at - 1] ?? 0) + 1;
}

function isDown(before: Int32Array, at: number, edits: number, diagonal: number): boolean {
  return diagonal === -edits || (diagonal !== edits && (before[at - 1] ?? 0) < (before[at + 1] ?? 0));
}
