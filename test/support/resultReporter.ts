import { writeFileSync } from 'node:fs';
import { reporters, Runner } from 'mocha';
import type { MochaOptions, Test } from 'mocha';
import { resultVariable } from './testResult.ts';
import type { TestResult } from './testResult.ts';

/** Mocha's own `spec` reporter, which also writes the result file that CBHTTP_TEST_RESULT names. */
class ResultReporter extends reporters.Spec {
  constructor(runner: Runner, options?: MochaOptions) {
    super(runner, options);
    const failed: string[] = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test) => failed.push(test.fullTitle()));
    const retried: string[] = [];
    runner.on(Runner.constants.EVENT_TEST_RETRY, (test: Test, error: Error) => {
      retried.push(test.fullTitle());
      console.log(`    tried again: ${test.title}\n${error.stack ?? error.message}`);
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const file = process.env[resultVariable];
      if (file !== undefined) {
        const { passes, failures, pending } = this.stats;
        const result: TestResult = { passes, failures, pending, failed, retried };
        writeFileSync(file, JSON.stringify(result));
      }
    });
  }
}

// Mocha takes the default export of the file it is told to use.
export { ResultReporter as default };
