import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanUpOnSignal } from './cleanUp.ts';

/** A folder in the system's temp folder that goes when it is disposed, or when this process is told to stop. */
export interface TemporaryFolder {
  readonly dir: string;
  dispose(): Promise<void>;
}

/** Makes an empty temporary folder. */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const dir = await mkdtemp(path.join(tmpdir(), 'cbhttp-'));
  // Whoever wrote there may still be on the way out.
  const remove = () => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  const takeBack = cleanUpOnSignal(remove);
  const dispose = async () => {
    await remove();
    takeBack();
  };
  return { dir, dispose };
}

/** Copies a folder into `parent` under its own name, without installed packages, and returns the copy's path. */
export async function copyFolder(folder: string, parent: string): Promise<string> {
  const copy = path.join(parent, path.basename(folder));
  await cp(folder, copy, { recursive: true, filter: (source) => path.basename(source) !== 'node_modules' });
  return copy;
}
