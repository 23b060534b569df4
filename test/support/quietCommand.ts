import { spawn } from 'node:child_process';
import type { ProcessEnvOptions } from 'node:child_process';
import { cleanUpOnSignal } from './cleanUp.ts';

/** How to run one command whose output matters only when it fails. */
export interface QuietCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: ProcessEnvOptions['env'];
}

/**
 * Runs a command to its end and returns what it printed (stdout and stderr together). Rejects with that output in
 * the message when the command cannot be started or does not exit with 0.
 */
export async function runQuietly({ command, args, cwd, env }: QuietCommand): Promise<string> {
  const shown = [command, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const takeBack = cleanUpOnSignal(() => {
      child.kill();
    });
    let output = '';
    const collect = (chunk: string) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (cause) => {
      takeBack();
      reject(new Error(`${shown}: cannot be started`, { cause }));
    });
    child.on('close', (code, signal) => {
      takeBack();
      if (code === 0) {
        resolve(output);
      } else {
        reject(new Error(`${shown} (in ${cwd}) ended with ${String(code ?? signal)}\n${output}`));
      }
    });
  });
}
