/**
 * A process of its own that outlives the editor by a moment: it is told over its standard input which functions run,
 * and ends them where that input ends, which it does however the editor's process comes to its end.
 */
import { createInterface } from 'node:readline';
import { endTree, type TreeRoot } from './processTree.ts';

const held = new Map<number, TreeRoot>();

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [sign, pid, mark = ''] = line.split(' ');
    if (sign === '+') held.set(Number(pid), { pid: Number(pid), mark });
    else held.delete(Number(pid));
  })
  .on('close', () => {
    void Promise.allSettled([...held.values()].map((root) => endTree(root, { graceMs: 1500 }))).then(() =>
      process.exit(0),
    );
  });

// Where a whole session is told to end, the functions are not to be left alone.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
