import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { until } from './until.ts';

const markVariable = 'CBHTTP_STARTED_BY';

/**
 * Marks the environment, so that every process started from here on, however far down and even in a session of its
 * own, can be recognised by {@link findLeftovers}. Returns the mark.
 */
export function markDescendants(): string {
  const mark = randomUUID();
  const outer = process.env[markVariable];
  process.env[markVariable] = outer === undefined ? mark : `${outer},${mark}`;
  return mark;
}

/**
 * The marked processes that still run after a moment's grace, one line each: id and command line. A listening port
 * has to belong to a process, so an empty answer means that no port is left either. Empty where there is no /proc.
 */
export async function findLeftovers(mark: string): Promise<readonly string[]> {
  let found: readonly string[] = [];
  await until(async () => {
    found = await marked(mark);
    return found.length === 0;
  }, 3000);
  return found;
}

async function marked(mark: string): Promise<readonly string[]> {
  const entries = await readdir('/proc').catch(() => []);
  const found: string[] = [];
  for (const pid of entries.filter((entry) => /^\d+$/.test(entry))) {
    // A process may end while it is read, and others' environments are not ours to read.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.includes(mark)) {
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      found.push(`${pid} ${commandLine.replaceAll('\0', ' ').trim()}`);
    }
  }
  return found;
}
