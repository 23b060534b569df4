import { isStopping } from './cleanUp.ts';
import { examplesDir, repositoryDir } from './paths.ts';
import { startOwnedProcess } from './ownedProcess.ts';
import { startSampleFunctions } from './sampleFunctions.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

/**
 * Starts the sample functions and the desktop VS Code that the command `code` starts, with the extension from this
 * checkout and settings of its own. Settles when its window is closed; rejects when there is no `code`.
 */
export async function startDesktop(): Promise<void> {
  const temporary = await makeTemporaryFolder();
  try {
    const functions = await startSampleFunctions({ ports: 'settings', folder: examplesDir });
    try {
      const code = await startOwnedProcess({
        name: 'code',
        command: 'code',
        args: [
          `--extensionDevelopmentPath=${repositoryDir}`,
          `--user-data-dir=${temporary.dir}/user`,
          `--extensions-dir=${temporary.dir}/extensions`,
          '--new-window',
          '--wait',
          examplesDir,
        ],
        graceMs: 10_000,
      }).catch((cause: unknown) => {
        throw new Error(
          'The command "code" cannot be started. Install VS Code and its shell command, or leave out --desktop.',
          { cause },
        );
      });
      console.log(`
VS Code opens in a window of its own. Trust the folder, open stream.cbhttp, click "Send" above the first request.
The profiles dev and prod ask for an API key: ${functions.apiKey}
Close the window, or press Ctrl-C, to end everything.
`);
      const exit = await code.exited;
      await code.end();
      if (exit !== 0 && !isStopping()) {
        throw new Error(`code ended with ${exit}\n${code.lines.slice(-20).join('\n')}`);
      }
    } finally {
      await functions.dispose();
    }
  } finally {
    await temporary.dispose();
  }
}
