import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  openEditorSession,
  type EditorSession,
  type EditorSessionOptions,
} from '../support/editorSession.ts';
import { examplesDir } from '../support/paths.ts';
import { startSampleFunctions, type SampleFunctions } from '../support/sampleFunctions.ts';
import { copyFolder, makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { testHost } from '../support/testHost.ts';

/** VS Code on a copy of the examples, with the sample functions and the gateway double running. */
export interface SampleSession extends EditorSession {
  readonly functions: SampleFunctions;
  /** Writes a file of the workspace. */
  write(name: string, text: string): Promise<void>;
}

/** Starts all of it; `dispose` ends all of it. */
export async function openSampleSession(
  options: Omit<EditorSessionOptions, 'host' | 'folder'> = {},
): Promise<SampleSession> {
  const temporary = await makeTemporaryFolder();
  const folder = await copyFolder(examplesDir, temporary.dir);
  const functions = await startSampleFunctions({ folder, ports: 'free' });
  const session = await openEditorSession({ host: await testHost(), folder, ...options });
  session.page.setDefaultTimeout(30_000);
  return {
    ...session,
    functions,
    write: (name, text) => writeFile(path.join(folder, name), text),
    dispose: async () => {
      await session.dispose();
      await functions.dispose();
      await temporary.dispose();
    },
  };
}
