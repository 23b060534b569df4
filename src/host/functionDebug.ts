import * as vscode from 'vscode';
import { waitForPort } from '../net/portProbe.ts';
import { DisposableStore } from './disposableStore.ts';

/** What is debugged. */
export interface DebugTarget {
  readonly name: string;
  readonly workspaceFolder: vscode.WorkspaceFolder | undefined;
  /** Where Node.js waits for a debugger. */
  readonly inspectorPort: number;
  /** The user has ended the session. */
  readonly onEnd: () => void;
}

/** Which of our functions a session is of; VS Code keeps what it does not know of a configuration. */
const KEY = '__cbhttpInspectorPort';

/**
 * Attaches VS Code's JavaScript debugger as soon as a function waits for it. The owner disposes it, which ends the
 * session.
 */
export function attachDebugger(target: DebugTarget, log: vscode.LogOutputChannel): vscode.Disposable {
  const { name, workspaceFolder, inspectorPort: port, onEnd } = target;
  const store = new DisposableStore();
  const ending = new AbortController();
  store.add({ dispose: () => ending.abort() });
  let session: vscode.DebugSession | undefined;
  const isOurs = (one: vscode.DebugSession): boolean =>
    one.configuration[KEY] === port && one.parentSession === undefined;
  store.add(
    vscode.debug.onDidStartDebugSession((started) => {
      if (isOurs(started)) session = started;
    }),
  );
  store.add(
    vscode.debug.onDidTerminateDebugSession((ended) => {
      if (!isOurs(ended)) return;
      session = undefined;
      onEnd();
    }),
  );
  store.add({
    dispose: () => {
      if (session !== undefined) void vscode.debug.stopDebugging(session);
    },
  });
  const configuration: vscode.DebugConfiguration = {
    type: 'node',
    request: 'attach',
    name,
    address: '127.0.0.1',
    port,
    skipFiles: ['<node_internals>/**'],
    [KEY]: port,
  };
  const attach = async (): Promise<void> => {
    if (!(await waitForPort(port, { signal: ending.signal }).opened)) return;
    if (await vscode.debug.startDebugging(workspaceFolder, configuration)) return;
    if (!ending.signal.aborted) onEnd(); // VS Code has said why
  };
  attach().catch((error: unknown) => {
    log.error(`${name} cannot be debugged: ${String(error)}`);
    onEnd();
  });
  return store;
}
