import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { hostNames, installHost } from './hosts.ts';
import type { HostName } from './hosts.ts';
import { startOwnedProcess } from './ownedProcess.ts';
import { packageExtension } from './packageExtension.ts';
import { failuresDir, repositoryDir } from './paths.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';
import {
  addResults,
  readTestResult,
  resultVariable,
  settleResult,
  whyNotPassed,
  writeTestResult,
} from './testResult.ts';
import type { TestResult } from './testResult.ts';

/**
 * `npm run test:e2e [-- floor|newest] [mocha's options]`: the packaged extension in VS Code, used as a person does.
 * With `--packaged` the package in `dist/` is taken as it is.
 */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (!args.includes('--packaged')) {
    await packageExtension();
  }
  await rm(failuresDir, { recursive: true, force: true });
  const chosen = hostNames.filter((name) => args.includes(name));
  const mochaArgs = args.filter((arg) => arg !== '--packaged' && !chosen.some((name) => name === arg));
  const results: TestResult[] = [];
  for (const name of chosen.length === 0 ? hostNames : chosen) {
    results.push(await runOn(name, mochaArgs));
  }
  const total = addResults(results);
  await writeTestResult(total);
  process.exitCode = whyNotPassed(total) === undefined ? 0 : 1;
}

async function runOn(name: HostName, mochaArgs: readonly string[]): Promise<TestResult> {
  const host = await installHost(name);
  console.log(`\nVS Code ${host.version}, end to end`);
  const temporary = await makeTemporaryFolder();
  try {
    const resultFile = path.join(temporary.dir, 'result.json');
    const mocha = await startOwnedProcess({
      name: 'mocha',
      command: process.execPath,
      args: [await mochaProgram(), '--config', 'test/e2e/.mocharc.json', ...mochaArgs],
      cwd: repositoryDir,
      env: { ...process.env, [resultVariable]: resultFile, CBHTTP_TEST_HOST: name },
      graceMs: 10_000,
    });
    mocha.onLine((line) => {
      console.log(line);
    });
    const code = await mocha.exited;
    await mocha.end();
    const exitReason = code === 0 ? undefined : `mocha ended with ${code}`;
    return settleResult(`VS Code ${name}, end to end`, await readTestResult(resultFile), exitReason);
  } finally {
    await temporary.dispose();
  }
}

async function mochaProgram(): Promise<string> {
  const dir = path.join(repositoryDir, 'node_modules', 'mocha');
  const { bin } = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')) as {
    bin: { mocha: string };
  };
  return path.join(dir, bin.mocha);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
