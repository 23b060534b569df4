import path from 'node:path';
import { cleanUpNow } from './cleanUp.ts';
import { findLeftovers, markDescendants } from './leftovers.ts';
import { startOwnedProcess } from './ownedProcess.ts';
import { repositoryDir } from './paths.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';
import { addResults, noResult, readTestResult, resultVariable, settleResult } from './testResult.ts';
import type { TestResult } from './testResult.ts';

/** One npm script; a check counts as one test, a suite as many as its result file says. */
interface Step {
  readonly title: string;
  readonly args: readonly string[];
  readonly kind: 'check' | 'suite';
}

/** What only reads the sources, at the same time. */
const checks: readonly Step[] = [
  { title: 'lint', args: ['lint'], kind: 'check' },
  { title: 'types', args: ['typecheck'], kind: 'check' },
  { title: 'hosts', args: ['hosts'], kind: 'check' },
];

/** One after another: they measure time limits and drive editors. */
const steps: readonly Step[] = [
  { title: 'package', args: ['package'], kind: 'check' },
  { title: 'unit', args: ['test:unit'], kind: 'suite' },
  { title: 'beside Chromium', args: ['test:compat'], kind: 'suite' },
  { title: 'webview content', args: ['test:webview'], kind: 'suite' },
  { title: 'integration, floor', args: ['test:integration', '--', 'floor', '--packaged'], kind: 'suite' },
  { title: 'integration, newest', args: ['test:integration', '--', 'newest', '--packaged'], kind: 'suite' },
  // The panel is a web page in both: on the floor, the way to it is tested, and it with the newest.
  {
    title: 'end to end, floor',
    args: ['test:e2e', '--', 'floor', '--packaged', '--ignore', 'test/e2e/panel/**'],
    kind: 'suite',
  },
  { title: 'end to end, newest', args: ['test:e2e', '--', 'newest', '--packaged'], kind: 'suite' },
  { title: 'start and demo', args: ['test:start'], kind: 'suite' },
];

/** `npm test`: everything, to its end even after a failure; the last line adds it all up. */
async function main(): Promise<void> {
  const mark = markDescendants();
  const summary: string[] = [];
  const results: TestResult[] = [];
  const add = (title: string, result: TestResult, seconds: number) => {
    const named = (tests: readonly string[]) => tests.map((test) => `${title}: ${test}`);
    results.push({ ...result, failed: named(result.failed), retried: named(result.retried) });
    const { passes, failures, pending } = result;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    summary.push(
      `${title.padEnd(20)} ${passes} passed, ${failures} failed${skipped} (${seconds.toFixed(1)} s)`,
    );
  };

  const run = async (step: Step, print: (line: string) => void): Promise<void> => {
    const started = performance.now();
    const result = await runStep(step, print);
    add(step.title, result, (performance.now() - started) / 1000);
  };
  await Promise.all(
    checks.map(async (step) => {
      const lines: string[] = [];
      await run(step, (line) => lines.push(line));
      console.log(`\n=== ${step.title}\n${lines.join('\n')}`);
    }),
  );
  for (const step of steps) {
    console.log(`\n=== ${step.title}`);
    await run(step, console.log);
  }
  const leftovers = await findLeftovers(mark);
  for (const leftover of leftovers) {
    console.error(`Still running: ${leftover}`);
  }
  add('nothing left running', leftovers.length === 0 ? passed : failure, 0);

  const { passes, failures, pending, failed, retried } = addResults(results);
  console.log(`\n${summary.join('\n')}\n`);
  for (const test of retried) console.log(`Tried twice in ${test}`);
  for (const test of failed) console.log(`Failed in ${test}`);
  process.exitCode = failures + pending > 0 ? 1 : 0;
  // A skipped test tested nothing, so it is not among those that passed.
  console.log(`${passes} passed, ${failures + pending} failed`);
}

const passed: TestResult = { ...noResult, passes: 1 };
const failure: TestResult = { ...noResult, failures: 1 };

async function runStep({ title, args, kind }: Step, print: (line: string) => void): Promise<TestResult> {
  const temporary = await makeTemporaryFolder();
  try {
    const resultFile = path.join(temporary.dir, 'result.json');
    const npm = await startOwnedProcess({
      name: title,
      command: 'npm',
      args: ['run', '--silent', ...args],
      cwd: repositoryDir,
      env: { ...process.env, [resultVariable]: resultFile },
      graceMs: 15_000,
    });
    npm.onLine(print);
    const code = await npm.exited;
    await npm.end();
    if (kind === 'check') {
      return code === 0 ? passed : failure;
    }
    const exitReason = code === 0 ? undefined : `it ended with ${code}`;
    return settleResult(title, await readTestResult(resultFile), exitReason);
  } finally {
    await temporary.dispose();
  }
}

main().catch(async (error: unknown) => {
  console.error(error);
  await cleanUpNow();
  process.exit(1);
});
