import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { compileIntegrationTests, integrationSuites } from './integrationSuites.ts';
import type { IntegrationSuite } from './integrationSuites.ts';
import { hostNames, installHost } from './hosts.ts';
import type { HostName } from './hosts.ts';
import { packageExtension } from './packageExtension.ts';
import { repositoryDir } from './paths.ts';
import { copyFolder, makeTemporaryFolder } from './temporaryFolder.ts';
import {
  addResults,
  readTestResult,
  resultVariable,
  settleResult,
  whyNotPassed,
  writeTestResult,
} from './testResult.ts';
import type { TestResult } from './testResult.ts';
import { writeUserSettings } from './vscodeServer.ts';

type Target = HostName | 'desktop';

/**
 * `npm run test:integration [-- floor|newest]` and `npm run test:desktop`: the suites of test/integration inside VS
 * Code, against the extension as it is built into `dist/`. With `--packaged` that is taken as it is.
 */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const targets = args.filter((arg) => arg !== '--packaged');
  if (!args.includes('--packaged')) {
    await packageExtension();
  }
  const results: TestResult[] = [];
  await compileIntegrationTests();
  for (const target of targets.length === 0 ? hostNames : targets.map(parseTarget)) {
    for (const suite of await integrationSuites()) {
      // A desktop VS Code would need a language pack, and switches trust off whenever it runs a suite.
      if (target !== 'desktop' || suite.name === 'main') {
        results.push(await runSuite(target, suite));
      }
    }
  }
  const total = addResults(results);
  await writeTestResult(total);
  if (whyNotPassed(total) !== undefined) {
    process.exitCode = 1;
  }
}

async function runSuite(target: Target, suite: IntegrationSuite): Promise<TestResult> {
  const temporary = await makeTemporaryFolder();
  try {
    const workspace = await copyFolder(
      path.join(repositoryDir, 'test', 'fixtures', suite.fixture),
      temporary.dir,
    );
    const userDataDir = path.join(temporary.dir, 'user');
    await writeUserSettings(userDataDir, {
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    });
    const extensionsDir = path.join(temporary.dir, 'extensions');
    await mkdir(extensionsDir);
    const resultFile = path.join(temporary.dir, 'result.json');
    const host = target === 'desktop' ? undefined : await installHost(target);
    console.log(`\nVS Code ${host?.version ?? 'stable, desktop'}, suite ${suite.name}`);

    const exitReason = await runTests({
      ...(host === undefined
        ? { version: 'stable' }
        : { vscodeExecutablePath: path.join(repositoryDir, 'test', 'support', 'code') }),
      extensionDevelopmentPath: repositoryDir,
      extensionTestsPath: path.join(repositoryDir, 'out', 'integration', 'index.cjs'),
      launchArgs: [
        suite.workspace === undefined ? workspace : path.join(workspace, suite.workspace),
        `--user-data-dir=${userDataDir}`,
        `--extensions-dir=${extensionsDir}`,
        ...suite.launchArgs,
      ],
      extensionTestsEnv: {
        ...suite.env,
        [resultVariable]: resultFile,
        CBHTTP_TEST_FILES: suite.outDir,
        CBHTTP_TEST_HOST: target,
        ...(host === undefined ? {} : { CBHTTP_TEST_VSCODE_VERSION: host.version }),
      },
    }).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

    return settleResult(
      `VS Code ${target}, suite ${suite.name}`,
      await readTestResult(resultFile),
      exitReason,
    );
  } finally {
    await temporary.dispose();
  }
}

function parseTarget(text: string): Target {
  const target = [...hostNames, 'desktop' as const].find((name) => name === text);
  if (target === undefined) {
    throw new Error(`Unknown VS Code "${text}": floor, newest or desktop.`);
  }
  return target;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
