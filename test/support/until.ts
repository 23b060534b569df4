import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** Polls a condition nobody announces; true as soon as it holds, false when `timeoutMs` have passed without it. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (await condition()) {
      return true;
    }
    if (performance.now() > deadline) {
      return false;
    }
    await delay(25);
  }
}

/**
 * Waits for a condition that a test is about.
 * @throws Error that names it if it does not hold within `timeoutMs`
 */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 9000,
): Promise<void> {
  if (!(await until(condition, timeoutMs))) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
}

/**
 * Waits until what a page shows is as expected: it draws a moment after it was told.
 * @throws AssertionError with what is shown at the end, if that differs
 */
export async function becomes<Value>(
  read: () => Promise<Value>,
  expected: Value | readonly unknown[],
  timeoutMs = 9000,
): Promise<void> {
  let shown: unknown;
  await until(async () => isDeepStrictEqual((shown = await read()), expected), timeoutMs);
  assert.deepEqual(shown, expected);
}
