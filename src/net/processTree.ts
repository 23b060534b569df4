import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that was started as the head of a group of its own. */
export interface TreeRoot {
  readonly pid: number;
  /** What stands in the environment of everything it started; finds, on Linux, what left group and parents. */
  readonly mark: string;
}

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** ms between two looks at what is left: a process that is no child tells nobody of its end. */
const POLL_MS = 30;
/** ms that SIGKILL may take. */
const KILL_MS = 4000;

/**
 * Ends a process and whatever it started: SIGTERM, and SIGKILL for what is left after the grace; on Windows `taskkill`.
 * Resolves when nothing of it is left.
 * @throws Error where something cannot be ended
 */
export async function endTree(root: TreeRoot, { graceMs }: { readonly graceMs: number }): Promise<void> {
  if (process.platform === 'win32') {
    await run('taskkill', ['/pid', String(root.pid), '/T', '/F']);
    return;
  }
  if (await signalUntilGone(root, 'SIGTERM', graceMs)) return;
  if (await signalUntilGone(root, 'SIGKILL', KILL_MS)) return;
  throw new Error(`Process ${root.pid} cannot be ended.`);
}

/** Tells each member once; with SIGKILL also those that come meanwhile. */
async function signalUntilGone(root: TreeRoot, signal: NodeJS.Signals, limitMs: number): Promise<boolean> {
  const told = new Set<number>();
  const deadline = performance.now() + limitMs;
  for (;;) {
    const members = await treeMembers(root);
    if (members.length === 0) return true;
    for (const pid of members) {
      if (told.has(pid) && signal !== 'SIGKILL') continue;
      told.add(pid);
      send(pid, signal);
    }
    if (performance.now() >= deadline) return false;
    await delay(POLL_MS);
  }
}

/** Tells the group and waits for nothing: for the moment in which this process ends, too. */
export function signalGroup({ pid }: TreeRoot): void {
  send(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone meanwhile
  }
}

/** Ids of what lives of a tree: its group, all descendants, and what carries its mark. */
export async function treeMembers({ pid, mark }: TreeRoot): Promise<readonly number[]> {
  const entries = await (process.platform === 'linux' ? linuxProcesses() : listedProcesses());
  const members = new Set(
    entries.filter((one) => one.pid === pid || one.group === pid).map((one) => one.pid),
  );
  if (process.platform === 'linux') {
    const strangers = entries.filter((one) => !members.has(one.pid));
    const marked = await Promise.all(strangers.map(async (one) => (await hasMark(one.pid, mark)) && one.pid));
    for (const one of marked) if (one !== false) members.add(one);
  }
  const children = new Map<number, number[]>();
  for (const { pid: child, parent } of entries) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [child]);
    else siblings.push(child);
  }
  for (const member of members) {
    for (const child of children.get(member) ?? []) members.add(child); // the loop comes to them as well
  }
  members.delete(process.pid);
  return [...members];
}

async function linuxProcesses(): Promise<Entry[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(
    names.map(async (name): Promise<Entry[]> => {
      const stat = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '');
      // The name before stands in parentheses and may hold any character.
      const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const isGone = state === undefined || state === '' || state === 'Z' || state === 'X';
      return isGone ? [] : [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
    }),
  );
  return entries.flat();
}

async function hasMark(pid: number, mark: string): Promise<boolean> {
  // Others' environments are not ours to read.
  return (await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')).includes(mark);
}

async function listedProcesses(): Promise<Entry[]> {
  const output = await run('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=']);
  return output.split('\n').flatMap((line): Entry[] => {
    const [pid, parent, group, state = 'Z'] = line.trim().split(/\s+/);
    return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
  });
}

/** What a command printed; nothing where it failed. */
function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, { windowsHide: true }, (_error, stdout) => resolve(stdout));
  });
}
