import * as vscode from 'vscode';
import { comparisonViewType, registerCommand } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { Documents } from './documents.ts';
import type { RunSource } from './historySource.ts';
import type { LocalFunctions } from './localFunctions.ts';
import type { Comparisons } from './comparisons.ts';
import type { Sender } from './sender.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What comparing needs. */
export interface CompareDeps {
  readonly documents: Documents;
  readonly sender: Sender;
  readonly functions: WorkspaceFunctions;
  readonly local: LocalFunctions;
  readonly history: RunSource;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Compare Runs, Compare with Previous Run, Send Twice and Compare, and comparisons of the window before a reload: loaded
 * with the first of them.
 */
export function registerCompareCommands(deps: CompareDeps): vscode.Disposable {
  const store = new DisposableStore();
  let loading: Promise<Comparisons> | undefined;
  const load = (): Promise<Comparisons> =>
    (loading ??= import('./comparisons.ts').then(({ Comparisons }) => store.add(new Comparisons(deps))));
  store.add(
    registerCommand('cbhttp.compareRuns', async (item, items) => {
      await (await load()).compareKept(items ?? (item === undefined ? [] : [item]));
    }),
  );
  store.add(
    registerCommand('cbhttp.compareWithPrevious', async (run) => (await load()).compareWithPrevious(run)),
  );
  store.add(registerCommand('cbhttp.sendAndCompare', async (given) => (await load()).sendAndCompare(given)));
  store.add(
    vscode.window.registerWebviewPanelSerializer(comparisonViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await load()).restore(panel, state),
    }),
  );
  return store;
}
