import { execFile } from 'node:child_process';

/** ms that the command may take to say its version: it is a large program. */
const TIMEOUT_MS = 20_000;

/**
 * The version of the `tcb` command as it says itself, empty where it says none. Null where it is not installed.
 * @throws the signal's reason
 */
export async function readCliVersion(
  environment: NodeJS.ProcessEnv,
  { signal }: { readonly signal: AbortSignal },
): Promise<string | null> {
  const output = await new Promise<string | null>((resolve) => {
    // On Windows it is a script, which takes a shell; nothing of somebody's is in the command.
    const options = { env: environment, signal, timeout: TIMEOUT_MS, shell: process.platform === 'win32' };
    execFile('tcb', ['--version'], options, (error, stdout) => resolve(error === null ? stdout : null));
  });
  signal.throwIfAborted();
  return output === null ? null : (/\d+\.\d+\.\d+\S*/.exec(output)?.[0] ?? '');
}
