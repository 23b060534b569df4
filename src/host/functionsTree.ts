import * as vscode from 'vscode';
import { contextKeys, registerCommand, viewIds } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { TreeNode } from './functionNodes.ts';
import type { FunctionsView, FunctionsViewDeps } from './functionsView.ts';

/** ms between two looks at how old a listing is. */
const AGE_MS = 30_000;

/** The view of the functions and its commands; what they do is loaded when the view is first shown. */
export function registerFunctionsTree(deps: FunctionsViewDeps): vscode.Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>());
  let loading: Promise<FunctionsView> | undefined;
  let loaded: FunctionsView | undefined;
  const load = (): Promise<FunctionsView> => {
    loading ??= import('./functionsView.ts').then(({ FunctionsView }) => {
      loaded = store.add(new FunctionsView(deps));
      store.add(loaded.tree.onDidChangeTreeData((nodes) => changed.fire(nodes)));
      store.add(loaded.tree.onDidDescribe(describe));
      return loaded;
    });
    return loading;
  };
  const view = store.add(
    vscode.window.createTreeView<TreeNode>(viewIds.functions, {
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getTreeItem: async (node) => (loaded ?? (await load())).tree.getTreeItem(node),
        getChildren: async (node) => {
          deps.functions.known(); // read while the rest is loaded
          return (await load()).tree.getChildren(node);
        },
        resolveTreeItem: async (item, node) => (await load()).tree.resolveTreeItem(item, node),
      },
    }),
  );
  const known = new Map<string, boolean>();
  const setContext = (key: string, value: boolean): void => {
    if ((known.get(key) ?? false) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const describe = (): void => {
    if (loaded === undefined) return;
    const { description, message, badge, isFiltered, isOnlyCredentialMissing } = loaded.tree;
    view.description = description;
    view.message = message;
    view.badge = badge;
    setContext(contextKeys.functionsFiltered, isFiltered);
    setContext(contextKeys.credentialMissing, isOnlyCredentialMissing);
  };
  const timer = setInterval(() => {
    if (view.visible) describe();
  }, AGE_MS);
  store.add({ dispose: () => clearInterval(timer) });
  store.add(
    view.onDidChangeVisibility(({ visible }) => {
      if (!visible || loaded === undefined) return;
      describe();
      void loaded.tree.refreshDeployed({ onlyIfOld: true });
    }),
  );
  const commands = async () => (await load()).commands();
  for (const command of [
    registerCommand('cbhttp.refreshFunctions', async () => {
      deps.functions.refresh();
      await (await load()).tree.refreshDeployed();
    }),
    registerCommand('cbhttp.retryDeployed', async (reference) => (await load()).retry(reference)),
    registerCommand('cbhttp.filterFunctions', async (given) => (await load()).filter(given)),
    registerCommand('cbhttp.clearFunctionFilter', async () => (await load()).filter({})),
    registerCommand('cbhttp.openFunction', async (item) => (await commands()).openCode(item)),
    registerCommand('cbhttp.openBootstrap', async (item) => (await commands()).openBootstrap(item)),
    registerCommand('cbhttp.openInConsole', async (item) => (await commands()).openInConsole(item)),
    registerCommand('cbhttp.revealFunction', async (item) => (await commands()).reveal(item)),
    registerCommand('cbhttp.copyFunctionUrl', async (item) => (await commands()).copyUrl(item)),
    registerCommand('cbhttp.deployFunction', async (item) => (await commands()).deploy(item)),
    registerCommand('cbhttp.sendSaved', async (item) => (await commands()).sendSaved(item)),
    registerCommand('cbhttp.showRun', async (run) => (await commands()).showRun(run)),
  ]) {
    store.add(command);
  }
  return store;
}
