import * as vscode from 'vscode';
import { contextKeys, registerCommand, walkthroughId } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { LocalFunctions } from './localFunctions.ts';
import type { Sender } from './sender.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** Whom the first steps are taken with. */
export interface FirstStepsDeps {
  readonly functions: WorkspaceFunctions;
  readonly local: LocalFunctions;
  readonly sender: Sender;
  readonly log: vscode.LogOutputChannel;
}

/** New HTTP Function, First Steps, and the context keys by which the walkthrough's steps are known to be done. */
export function registerFirstSteps({ functions, local, sender, log }: FirstStepsDeps): vscode.Disposable {
  const store = new DisposableStore();
  store.add(
    registerCommand('cbhttp.newFunction', async (given) =>
      (await import('./newFunction.ts')).newFunction(given ?? {}, { functions, log }),
    ),
  );
  store.add(
    registerCommand('cbhttp.openFirstSteps', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false),
    ),
  );
  const { hasFunctions, hasRunFunction, hasSent, hasStreamed } = contextKeys;
  const done = new Set<string>();
  const markDone = (key: string): void => {
    if (done.has(key)) return;
    done.add(key);
    void vscode.commands.executeCommand('setContext', key, true);
  };
  store.add(
    functions.onDidChange(() => {
      if (functions.known().some((folder) => folder.functions.length > 0)) markDone(hasFunctions);
    }),
  );
  store.add(
    local.onDidChange(() => {
      if (local.active().some(({ state }) => state?.kind === 'running')) markDone(hasRunFunction);
    }),
  );
  const sending = store.add(
    sender.onDidStartRun((run) => {
      const watching = run.onDidChange(() => {
        const received = run.stream?.store;
        if (run.response !== undefined) markDone(hasSent);
        if (received?.format === 'event-stream' && received.eventCount > 0) markDone(hasStreamed);
        if (!run.isRunning || done.has(hasStreamed)) watching.dispose();
      });
      if (done.has(hasStreamed)) sending.dispose(); // nothing more to learn
    }),
  );
  return store;
}
