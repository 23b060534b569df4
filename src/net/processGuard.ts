import { spawn, type ChildProcess } from 'node:child_process';
import type { TreeRoot } from './processTree.ts';

/**
 * Has processes ended with this one, however it ends: by a process beside it (`functionGuard.ts`), which is there as
 * long as something is held.
 */
export interface ProcessGuard {
  hold(root: TreeRoot): void;
  release(root: TreeRoot): void;
  /** Has all that is still held ended, now; this process need not wait for it. */
  dispose(): void;
}

/** @param command what runs `functionGuard.ts`: a program and its arguments */
export function createProcessGuard(command: readonly [string, ...string[]]): ProcessGuard {
  const held = new Map<number, TreeRoot>();
  let guard: ChildProcess | undefined;
  let isDisposed = false;
  const tell = (sign: '+' | '-', { pid, mark }: TreeRoot): void => {
    guard?.stdin?.write(`${sign} ${pid} ${mark}\n`);
  };
  const letGo = (): void => {
    guard?.stdin?.end();
    guard = undefined;
  };
  const start = (): void => {
    const [program, ...args] = command;
    const started = spawn(program, args, {
      // In a session of its own, so that no signal to this one's group meets it.
      detached: true,
      windowsHide: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    });
    guard = started;
    started.unref();
    started.stdin?.on('error', () => {}); // it is gone: `exit` follows
    for (const event of ['exit', 'error'] as const) {
      started.once(event, () => {
        if (guard !== started) return;
        guard = undefined;
        if (event === 'exit' && !isDisposed && held.size > 0) start();
      });
    }
    for (const root of held.values()) tell('+', root);
  };
  return {
    hold: (root) => {
      held.set(root.pid, root);
      if (guard === undefined) start();
      else tell('+', root);
    },
    release: (root) => {
      if (!held.delete(root.pid)) return;
      tell('-', root);
      if (held.size === 0) letGo();
    },
    dispose: () => {
      isDisposed = true;
      held.clear();
      letGo();
    },
  };
}
