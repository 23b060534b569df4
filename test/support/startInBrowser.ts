import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { isStopping } from './cleanUp.ts';
import { installHost } from './hosts.ts';
import { examplesDir, vsixFile } from './paths.ts';
import { startSampleFunctions } from './sampleFunctions.ts';
import { startVsCodeServer } from './vscodeServer.ts';

/**
 * Starts the sample functions and the newest VS Code with the packaged extension, on this machine's loopback interface
 * and behind a random token, and says where to click. Settles when the server ends; Ctrl-C ends all of it.
 */
export async function startInBrowser(): Promise<void> {
  const host = await installHost('newest');
  const functions = await startSampleFunctions({ ports: 'settings', folder: examplesDir });
  const server = await startVsCodeServer({
    host,
    vsix: vsixFile,
    settings: { 'security.workspace.trust.startupPrompt': 'always' },
    connectionToken: randomBytes(16).toString('hex'),
    workspaceTrust: true,
  });
  const openFile = path.join(examplesDir, 'stream.cbhttp');
  console.log(`
VS Code ${host.version} is ready. Open:

  ${server.pageUrl({ workspace: examplesDir, openFile })}

  1. Answer "Yes, I trust the authors".
  2. Click "Send" above the first request: its events arrive in the panel, one a second.
  3. Click the profile in the status bar to switch to dev or prod; the API key they ask for is: ${functions.apiKey}
  Ctrl-C ends everything.
`);
  const code = await server.exited;
  await functions.dispose();
  await server.dispose();
  if (isStopping()) {
    return;
  }
  throw new Error(`VS Code ended by itself (${code}).\n${server.lines.slice(-20).join('\n')}`);
}
