import * as vscode from 'vscode';
import { contextKeys, registerCommand, viewIds } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { History } from './history.ts';
import type { HistoryCommandsDeps } from './historyCommands.ts';
import type { RunSource } from './historySource.ts';
import type { HistoryNode, HistoryTree } from './historyTree.ts';
import type * as historyModule from './history.ts';
import type { Run } from './run.ts';
import type { KeptJournal } from './historyReplay.ts';

/** The history, loaded when it is first needed. */
export interface LazyHistory extends RunSource, vscode.Disposable {
  load(): Promise<{ readonly history: History; readonly module: typeof historyModule }>;
}

/** Whom the history gets its runs from. */
export interface LazyHistoryDeps {
  /** Of the workspace, else of the extension. */
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly replay: (kept: KeptJournal) => Promise<Run>;
}

/** Makes the history of this window's workspace; it is read when it is first asked for. */
export function createHistory({ storage, log, replay }: LazyHistoryDeps): LazyHistory {
  const store = new DisposableStore();
  let loading: ReturnType<LazyHistory['load']> | undefined;
  const load: LazyHistory['load'] = () => {
    loading ??= import('./history.ts').then((module) => {
      const { fsPath: folder } = vscode.Uri.joinPath(storage, 'runs');
      return { history: store.add(new module.History({ folder, log, replay })), module };
    });
    return loading;
  };
  return {
    load,
    open: async (id) => (await load()).history.open(id),
    reopen: async (id) => (await load()).history.reopen(id),
    previous: async (run) => (await load()).history.previous(run),
    dispose: () => store.dispose(),
  };
}

/** The view of the history and its commands. */
export function registerHistory(
  lazy: LazyHistory,
  panels: Pick<HistoryCommandsDeps, 'show' | 'reveal'>,
): vscode.Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<HistoryNode[] | undefined>());
  let shown: { readonly history: History; readonly tree: HistoryTree; readonly module: typeof historyModule } | undefined; // prettier-ignore
  const load = async (): Promise<NonNullable<typeof shown>> => {
    const { history, module } = await lazy.load();
    await history.load();
    if (shown === undefined) {
      shown = { history, module, tree: new module.HistoryTree(history) };
      store.add(history.onDidChange(update));
    }
    return shown;
  };
  const view = store.add(
    vscode.window.createTreeView<HistoryNode>(viewIds.history, {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getChildren: async (node) => {
          const { tree } = await load();
          describe();
          return tree.children(node);
        },
        getTreeItem: async (node) => (await load()).module.historyItem(node),
      },
    }),
  );
  const describe = (): void => {
    const { message = '', filter = '' } = shown?.tree ?? {};
    view.message = message;
    view.description = filter;
  };
  const update = (): void => {
    describe();
    const nodes = shown?.tree.changed();
    if (nodes?.length !== 0) changed.fire(nodes);
  };
  const setFilter = async (text: string): Promise<void> => {
    (await load()).tree.filter = text.trim();
    update();
    void vscode.commands.executeCommand('setContext', contextKeys.historyFiltered, text.trim() !== '');
  };
  const commands = async () => {
    const { history, module } = await lazy.load();
    return module.historyCommands({ history, ...panels });
  };
  for (const command of [
    registerCommand('cbhttp.openHistoryRun', async (item) => (await commands()).open(item)),
    registerCommand('cbhttp.saveHistoryRun', async (item) => (await commands()).save(item)),
    registerCommand('cbhttp.pinHistoryRun', async (...given) => (await commands()).setPinned(true, ...given)),
    registerCommand('cbhttp.unpinHistoryRun', async (...given) =>
      (await commands()).setPinned(false, ...given),
    ),
    registerCommand('cbhttp.deleteHistoryRun', async (...given) =>
      (await commands()).delete(...withSelection(given, view.selection)),
    ),
    registerCommand('cbhttp.clearHistory', async () => (await commands()).clear()),
    registerCommand('cbhttp.clearHistoryFilter', () => setFilter('')),
    registerCommand('cbhttp.filterHistory', async (text) => {
      if (text !== undefined) return setFilter(text);
      const { tree, module } = await load();
      return module.askHistoryFilter(tree.filter, (typed) => void setFilter(typed));
    }),
  ]) {
    store.add(command);
  }
  return store;
}

/** By its key a command comes without an item. */
function withSelection(
  given: Parameters<ReturnType<typeof historyModule.historyCommands>['delete']>,
  selection: readonly HistoryNode[],
): typeof given {
  const [first] = selection;
  return given[0] === undefined && first !== undefined ? [first, selection] : given;
}
