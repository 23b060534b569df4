import path from 'node:path';
import { cleanUpNow } from './cleanUp.ts';
import { startOwnedProcess } from './ownedProcess.ts';
import { packageExtension } from './packageExtension.ts';
import { examplesDir, repositoryDir } from './paths.ts';
import { startSampleFunctions } from './sampleFunctions.ts';
import { copyFolder, makeTemporaryFolder } from './temporaryFolder.ts';

/** The exit code of the command-line tool when the time limit ended the stream, as it should here. */
const timeoutExitCode = 3;

/** `npm run demo`: the main job in a terminal. Runs beside `npm start`, on ports of its own. */
async function main(): Promise<void> {
  await packageExtension();
  const temporary = await makeTemporaryFolder();
  try {
    const folder = await copyFolder(examplesDir, temporary.dir);
    const functions = await startSampleFunctions({ ports: 'free', folder });
    try {
      const args = [
        'send',
        'examples/stream.cbhttp',
        '--name',
        'clock',
        '--profile',
        'local',
        '--timeout',
        '4500',
      ];
      console.log(`$ cbhttp ${args.join(' ')}\n`);
      const cli = await startOwnedProcess({
        name: 'cbhttp',
        command: process.execPath,
        args: [path.join(repositoryDir, 'dist', 'cli.cjs'), ...args],
        cwd: temporary.dir,
      });
      cli.onLine((line) => {
        console.log(line);
      });
      const code = await cli.exited;
      await cli.end();
      console.log(
        `\nexit code ${code}${code === timeoutExitCode ? ': the time limit ended the stream' : ''}`,
      );
      process.exitCode = code === timeoutExitCode ? 0 : 1;
    } finally {
      await functions.dispose();
    }
  } finally {
    await temporary.dispose();
  }
}

main().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  await cleanUpNow();
  process.exit(1);
});
