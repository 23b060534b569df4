import { readFile, writeFile } from 'node:fs/promises';

/** What a mocha run found. */
export interface TestResult {
  readonly passes: number;
  readonly failures: number;
  /** Skipped tests; they count as failures. */
  readonly pending: number;
  /** The full titles of the tests that failed. */
  readonly failed: readonly string[];
  /** The full titles of those that drive a window and were tried twice, since the first try failed. */
  readonly retried: readonly string[];
}

/** Of no test. */
export const noResult: TestResult = { passes: 0, failures: 0, pending: 0, failed: [], retried: [] };

/** The variable that names the file a test run writes its result to. */
export const resultVariable = 'CBHTTP_TEST_RESULT';

/** Writes the result to the file the environment names; nothing when it names none. */
export async function writeTestResult(result: TestResult): Promise<void> {
  const file = process.env[resultVariable];
  if (file !== undefined) {
    await writeFile(file, JSON.stringify(result));
  }
}

/** Reads a result file; undefined when the run never came to write one. */
export async function readTestResult(file: string): Promise<TestResult | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as TestResult);
}

/** Why a run does not count as passed; undefined when it does. */
export function whyNotPassed(result: TestResult | undefined): string | undefined {
  if (result === undefined) {
    return 'it ended without a result';
  }
  const { passes, failures, pending } = result;
  if (failures > 0 || pending > 0) {
    return `${failures} failed, ${pending} skipped`;
  }
  return passes > 0 ? undefined : 'it contains no test';
}

/** Several runs as one. */
export function addResults(results: readonly TestResult[]): TestResult {
  return results.reduce(
    (sum, { passes, failures, pending, failed, retried }) => ({
      passes: sum.passes + passes,
      failures: sum.failures + failures,
      pending: sum.pending + pending,
      failed: [...sum.failed, ...failed],
      retried: [...sum.retried, ...retried],
    }),
    noResult,
  );
}

/**
 * The result that counts: as it was found, with one failure added when a run broke off without a failing test. Says
 * why when it did not pass.
 */
export function settleResult(
  title: string,
  found: TestResult | undefined,
  exitReason: string | undefined,
): TestResult {
  const reason = whyNotPassed(found) ?? exitReason;
  const result = found ?? noResult;
  if (reason === undefined) {
    return result;
  }
  console.error(`${title}: ${reason}`);
  return result.failures + result.pending > 0 ? result : { ...result, failures: 1 };
}
