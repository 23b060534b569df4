import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeTestResult } from '../support/testResult.ts';
import { emptyScratch } from './editor.ts';

/**
 * What VS Code calls in its extension host: runs the compiled tests of one suite, writes the result file, and rejects
 * when a test failed or a promise was rejected with nobody there to handle it.
 */
export async function run(): Promise<void> {
  const folder = process.env['CBHTTP_TEST_FILES'];
  if (folder === undefined) {
    throw new Error('CBHTTP_TEST_FILES does not name the folder of the tests.');
  }
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, retries: 1, color: false, forbidOnly: true });
  for (const name of (await readdir(folder)).sort()) {
    if (name.endsWith('.test.cjs')) {
      mocha.addFile(path.join(folder, name));
    }
  }

  if (vscode.workspace.workspaceFolders !== undefined) await emptyScratch();
  let unhandled = 0;
  const countUnhandled = (reason: unknown) => {
    unhandled += 1;
    console.error('Unhandled rejection:', reason);
  };
  process.on('unhandledRejection', countUnhandled);
  try {
    const failed: string[] = [];
    const retried: string[] = [];
    const { passes, failures, pending } = await new Promise<Mocha.Stats>((resolve) => {
      const runner = mocha.run(() => {
        resolve(runner.stats ?? { ...noStats });
      });
      runner.on('fail', (test) => failed.push(test.fullTitle()));
      runner.on('retry', (test: Mocha.Test, error: Error) => {
        retried.push(test.fullTitle());
        console.log(`    tried again: ${test.title}\n${error.stack ?? error.message}`);
      });
    });
    await writeTestResult({ passes, failures: failures + unhandled, pending, failed, retried });
    if (failures + unhandled > 0) {
      throw new Error(`${failures} tests failed, ${unhandled} rejections were not handled.`);
    }
  } finally {
    process.off('unhandledRejection', countUnhandled);
  }
}

const noStats: Mocha.Stats = { suites: 0, tests: 0, passes: 0, pending: 0, failures: 1 };
