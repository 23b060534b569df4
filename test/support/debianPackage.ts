import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { runQuietly } from './quietCommand.ts';

/** The first of the programs that PATH, or one of the other folders, has; undefined where none does. */
export async function findProgram(
  names: readonly string[],
  otherFolders: readonly string[] = [],
): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of [...folders, ...otherFolders]) {
      const program = path.join(folder, name);
      if (await isExecutable(program)) return program;
    }
  }
  return undefined;
}

/** Installs packages where this is Debian and the user root; false elsewhere. Their services are not started. */
export async function installDebianPackages(packages: readonly string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || !(await isDebian())) return false;
  console.log(`Installing Debian's ${packages.join(', ')}; this happens once.`);
  // In run level 1 no service is started after its installation.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const run = (...args: readonly string[]) => runQuietly({ command: 'apt-get', args, cwd: '/', env });
  await run('update');
  await run('install', '-y', '--no-install-recommends', ...packages);
  return true;
}

/** True for a program that this user may run. */
export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(?:_LIKE)?=.*debian/m.test(release);
}
