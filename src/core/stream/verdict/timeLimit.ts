/** An end may come this much before the limit by our clock, or this share of it: clocks and rounding differ. */
const EARLY_MS = 500;
/** … and this much after it: connecting and a cold start do not count towards the function's time. */
const LATE_MS = 2000;
const SHARE = 0.02;
/** Limits that gateways, proxies and functions usually have, in s. */
const USUAL_LIMITS_S = [10, 15, 20, 30, 60, 90, 120, 180, 300, 600, 900];

/** True if `elapsedMs` since sending is about the function's timeout: 500 ms or 2 % before it, 2 s or 2 % after it. */
export function isNearTimeout(elapsedMs: number, timeoutSeconds: number): boolean {
  const limitMs = timeoutSeconds * 1000;
  const share = SHARE * limitMs;
  return elapsedMs >= limitMs - Math.max(EARLY_MS, share) && elapsedMs <= limitMs + Math.max(LATE_MS, share);
}

/** The usual time limit in s that was reached just before `elapsedMs`, within 500 ms or 1 %; null for none. */
export function usualLimitSeconds(elapsedMs: number): number | null {
  const isJustOver = (limitS: number): boolean => {
    const overMs = elapsedMs - limitS * 1000;
    return overMs >= -100 && overMs <= Math.max(500, limitS * 10);
  };
  return USUAL_LIMITS_S.find(isJustOver) ?? null;
}
