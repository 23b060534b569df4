import type * as vscode from 'vscode';
import { registerCommand } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { FunctionLogs } from './functionLogs.ts';
import type { LogsDeps } from './logs/panelLogs.ts';

/** The command that shows a deployed function's log; what it does comes with the panel. */
export function registerFunctionLogs(
  deps: LogsDeps & { readonly extensionUri: vscode.Uri },
): vscode.Disposable {
  const store = new DisposableStore();
  let loading: Promise<FunctionLogs> | undefined;
  const load = (): Promise<FunctionLogs> =>
    (loading ??= import('./streamPanel.ts').then(({ FunctionLogs, StreamPanel }) =>
      store.add(new FunctionLogs({ ...deps, makePanel: (...made) => new StreamPanel(...made) })),
    ));
  store.add(
    registerCommand('cbhttp.viewFunctionLogs', async ({ reference }) => (await load()).show(reference)),
  );
  return store;
}
