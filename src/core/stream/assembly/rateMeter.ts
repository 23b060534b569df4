const BUCKET_MS = 250;
const BUCKETS = 12;

/** Counts per second over the last three seconds, in constant memory. Times must not go back. */
export class RateMeter {
  readonly #counts = new Float64Array(BUCKETS);
  /** Number of the newest bucket: its time divided by the width. */
  #newest = 0;
  #firstMs: number | null = null;

  add(atMs: number, count: number): void {
    this.#firstMs ??= atMs;
    this.#moveTo(atMs);
    const slot = this.#newest % BUCKETS;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + count;
  }

  /** Null before the first count; 0 once the window holds none. */
  perSecond(nowMs: number): number | null {
    if (this.#firstMs === null) return null;
    const oldest = Math.floor(nowMs / BUCKET_MS) - BUCKETS + 1;
    let sum = 0;
    for (let bucket = Math.max(oldest, this.#newest - BUCKETS + 1, 0); bucket <= this.#newest; bucket++) {
      sum += this.#counts[bucket % BUCKETS] ?? 0;
    }
    const spanMs = Math.max(nowMs - Math.max(oldest * BUCKET_MS, this.#firstMs), BUCKET_MS);
    return (sum * 1000) / spanMs;
  }

  #moveTo(atMs: number): void {
    const bucket = Math.floor(atMs / BUCKET_MS);
    if (bucket - this.#newest >= BUCKETS) {
      this.#counts.fill(0);
      this.#newest = bucket;
    }
    while (this.#newest < bucket) this.#counts[++this.#newest % BUCKETS] = 0;
  }
}
