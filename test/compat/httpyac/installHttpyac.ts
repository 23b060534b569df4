import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir } from '../../support/paths.ts';
import { runQuietly } from '../../support/quietCommand.ts';

/**
 * Installs httpYac by its committed lock file into `.vscode-test/httpyac`, or finds it there. Built beside the final
 * folder and renamed at the end, so that an interrupted install leaves nothing that looks finished.
 * @returns the folder that holds its `node_modules`
 */
export async function installHttpyac(): Promise<string> {
  const dir = path.join(cacheDir, 'httpyac');
  const lock = await readFile(path.join(__dirname, 'package-lock.json'));
  const stamp = createHash('sha256').update(lock).digest('hex');
  const installed = await readFile(stampFile(dir), 'utf8').catch(() => undefined);
  if (installed === stamp) return dir;

  const workDir = `${dir}.installing-${process.pid}`;
  await mkdir(workDir, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      await copyFile(path.join(__dirname, file), path.join(workDir, file));
    }
    await runQuietly({
      command: 'npm',
      args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
      cwd: workDir,
    });
    await writeFile(stampFile(workDir), stamp);
    await rm(dir, { recursive: true, force: true });
    await rename(workDir, dir);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  return dir;
}

function stampFile(dir: string): string {
  return path.join(dir, 'installed.txt');
}
