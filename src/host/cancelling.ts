import * as vscode from 'vscode';

/** Runs something that VS Code can be told to end, and ends it when the signal aborts. */
export async function untilAborted<T>(
  signal: AbortSignal,
  run: (token: vscode.CancellationToken) => Thenable<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const onAbort = (): void => source.cancel();
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await run(source.token);
  } finally {
    signal.removeEventListener('abort', onAbort);
    source.dispose();
  }
}
